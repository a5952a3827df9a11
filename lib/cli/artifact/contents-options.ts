import type { Command } from 'commander';
import { finding, type Finding } from '../../findings/finding';
import { fail } from '../../findings/findings-error';
import { plural } from '../../findings/summary';
import type { ArtifactFacts } from '../../oci/artifact';
import type { ArchivedFile } from '../../oci/tar';
import type { Io } from '../io';
import { note, printFindings } from '../print-findings';
import { commitFacts } from './commit-facts';
import { judgeContents } from './judge-contents';
import { openContents, type Contents, type ContentsWish } from './open-contents';
import { uncommitted } from './uncommitted';

/** How many files a message names. */
const NAMED = 5;

/** The options that choose what an artifact holds. */
export interface ContentsOptions extends ContentsWish {
  readonly uncommitted?: true;
}

/** Files that may go into an artifact, and where they come from. */
export interface ReadyContents {
  readonly files: readonly ArchivedFile[];
  readonly facts: ArtifactFacts;
}

/** Adds the options that choose what an artifact holds. */
export function addContentsOptions(command: Command): Command {
  return command
    .option('--path <folder>', 'use this whole folder as the artifact (default: the files that Flux reads)')
    .option('--cluster <name>', 'include only the files that one cluster reads')
    .option('--entry <paths...>', 'the paths that Flux starts from (default: found from the files)')
    .option('--at <revision>', 'read the files from a commit instead of from disk')
    .option('--uncommitted', 'use the files on disk even if they are not committed');
}

/**
 * Reads the files that the options choose, and refuses what should not get into a registry.
 *
 * @returns undefined where findings forbid it; they are printed
 * @throws FindingsError `option-invalid`, and as `openContents` does
 */
export function readyContents(options: ContentsOptions, io: Io): ReadyContents | undefined {
  refuseClashes(options);
  const contents = openContents(options, io);
  const changed = options.at === undefined ? uncommitted(contents) : [];
  const isRefused = changed.length > 0 && options.uncommitted !== true;
  const judged = [...contents.findings, ...judgeContents(contents)];
  const findings = isRefused ? [uncommittedFinding(changed), ...judged] : judged;
  const errors = findings.filter(({ severity }) => severity === 'error');
  printFindings(errors.length > 0 ? errors : findings.filter(isOfContents), io);
  if (errors.length > 0) {
    note(`the artifact was not created: ${plural(errors.length, 'error')}`, io);
    return undefined;
  }
  const source = changed.length > 0 ? undefined : contents.git;
  return { files: filesOf(contents), facts: commitFacts(source, io.env) };
}

/** Only what was left out matters here; `check` reports all other warnings. */
function isOfContents({ code }: Finding): boolean {
  return code === 'symlink-ignored' || code === 'file-too-large' || code === 'folder-too-deep';
}

function filesOf({ tree, paths }: Contents): ArchivedFile[] {
  return paths.flatMap((path) => {
    const bytes = tree.get(path)?.bytes;
    return bytes ? [{ path, bytes }] : [];
  });
}

function refuseClashes({ path, cluster, entry, at, uncommitted: wanted }: ContentsOptions): void {
  const clash =
    path !== undefined && (cluster !== undefined || entry !== undefined)
      ? ['--path', cluster === undefined ? '--entry' : '--cluster']
      : at !== undefined && wanted
        ? ['--at', '--uncommitted']
        : undefined;
  if (clash) {
    fail({
      code: 'option-invalid',
      field: clash[0],
      message: `${clash.join(' and ')} cannot be used together`,
      hint: `remove ${String(clash[1])}`,
    });
  }
}

function uncommittedFinding(changed: readonly string[]): Finding {
  const named = changed
    .slice(0, NAMED)
    .map((path) => JSON.stringify(path))
    .join(', ');
  const more = changed.length > NAMED ? ` and ${changed.length - NAMED} more` : '';
  return finding({
    code: 'artifact-uncommitted',
    message: `${plural(changed.length, 'file')} on disk ${changed.length === 1 ? 'differs' : 'differ'} from the last commit: ${named}${more}`,
    hint: 'commit the changes, use --at HEAD for the committed files, or --uncommitted for the files on disk',
    locations: [{ file: changed[0] }],
  });
}
