import { dirname, join, relative } from 'node:path';
import type { CheckedRoot } from '../config/check-paths';
import { CDK8S_FILE } from '../config/cdk8s-yaml';
import { CONFIG_FILE } from '../config/config-schema';
import { readConfig, type PathChecks } from '../config/load-config';
import { settingsOf, type Project } from '../config/project';
import { FindingsError, fail } from '../findings/findings-error';
import { directoryOf, isBelow, joinPath } from '../tree/path';
import type { Git } from './git';
import type { GitEntry } from './list-files';
import { readBlobs } from './read-blobs';
import type { Revision } from './resolve-revision';
import { withSlashes } from '../plain/with-slashes';

/** The maximum size of a configuration file, in bytes. */
const MAX_CONFIG_BYTES = 1024 * 1024;

/** What a revision's own configuration says, and where its repository lies. */
export interface RevisionProject {
  /** What it says; `root` is where the repository would be checked out. */
  readonly project: Project;
  /** The root from the top of git's repository, `''` where they are one. */
  readonly folder: string;
  /** Whether a file of the revision says where the root is. */
  readonly isNamed: boolean;
}

/**
 * The project that a folder of a revision belongs to, as `findProject` finds it on disk: by the nearest `cdk8s-flux.yaml`
 * or `cdk8s.yaml`, without either the top of git's repository. Only files of the revision count.
 *
 * @param entries - all files of the revision
 * @param from - the folder, from the top
 * @throws FindingsError where the configuration is not right: see `loadConfig`
 */
export function revisionProject(
  git: Git,
  { name }: Revision,
  entries: readonly GitEntry[],
  from: string,
): RevisionProject {
  const names = entries.filter(({ path }) => path.endsWith(CONFIG_FILE) || path.endsWith(CDK8S_FILE));
  const files = new Map(names.map((entry) => [entry.path, entry]));
  const configFile = nearest(CONFIG_FILE, files, from);
  const cdk8sFile = nearest(CDK8S_FILE, files, from);
  const { config, root }: ReturnType<typeof readConfig> = configFile
    ? readEntry(git, name, configFile, entries)
    : { config: { version: 1 }, root: join(git.top, directoryOf(cdk8sFile?.path ?? '')) };
  return {
    folder: withSlashes(relative(git.top, root)),
    isNamed: configFile !== undefined || cdk8sFile !== undefined,
    project: {
      root,
      configFile: configFile && join(git.top, configFile.path),
      ...settingsOf(config),
    },
  };
}

function nearest(name: string, files: ReadonlyMap<string, GitEntry>, from: string): GitEntry | undefined {
  for (let folder = from; ; folder = directoryOf(folder)) {
    const found = files.get(joinPath(folder, name));
    if (found || folder === '') return found;
  }
}

function readEntry(
  git: Git,
  revision: string,
  entry: GitEntry,
  entries: readonly GitEntry[],
): ReturnType<typeof readConfig> {
  const { path, type, size, id } = entry;
  if (type !== 'file' || size > MAX_CONFIG_BYTES) {
    fail({
      code: type === 'file' ? 'file-too-large' : 'config-unreadable',
      message: `${JSON.stringify(path)} of ${JSON.stringify(revision)} ${
        type === 'file'
          ? `has ${size} bytes; the limit is ${MAX_CONFIG_BYTES}`
          : 'is a symbolic link; expected a regular file'
      }`,
      hint: 'commit a regular file there',
      locations: [{ file: path }],
    });
  }
  const text = readBlobs(git, [entry]).get(id)?.toString('utf8') ?? '';
  try {
    return readConfig(join(git.top, path), text, pathChecks(git.top, entries));
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    throw new FindingsError(
      error.findings.map((found) => ({ ...found, message: `${found.message} (in ${revision})` })),
    );
  }
}

/** Paths are checked against the files of the revision: the disk may contain another one. */
function pathChecks(top: string, entries: readonly GitEntry[]): PathChecks {
  const isFolder = (path: string) =>
    entries.some((entry) => entry.path !== path && isBelow(entry.path, path));
  const fromTop = (path: string) => withSlashes(relative(top, path));
  return {
    root: (file, given) => checkedRoot(top, file, given, isFolder),
    written: () => [],
    isFolder: (path, root) => isFolder(fromTop(join(root, path))),
  };
}

function checkedRoot(
  top: string,
  file: string,
  given: string,
  isFolder: (path: string) => boolean,
): CheckedRoot {
  const root = join(dirname(file), given);
  const path = withSlashes(relative(top, root));
  const refuse = (message: string): CheckedRoot => ({
    problem: { code: 'config-invalid', path: ['root'], message, hint: 'use a folder inside the repository' },
  });
  if (path === '..' || path.startsWith('../'))
    return refuse(`the path ${JSON.stringify(given)} leads out of the git repository`);
  if (path !== '' && !isFolder(path)) return refuse(`the folder ${JSON.stringify(path)} does not exist`);
  const folder = withSlashes(relative(top, dirname(file)));
  return isBelow(folder, path)
    ? { root: join(top, path) }
    : refuse(`${JSON.stringify(path)} does not contain this file`);
}
