import type { Git } from './git';
import { readBlobs } from './read-blobs';

/** A file as a commit made it. */
export interface FileVersion {
  /** The full id of the commit. */
  readonly commit: string;
  /** When it was committed, in seconds since 1970. */
  readonly time: number;
  /**
   * The content.
   *
   * @default - the commit has no such file, or one of more than 1 MiB
   */
  readonly text?: string;
}

/** How many versions are read together. */
const BATCH = 64;
/** The maximum size of a version, in bytes. */
const MAX_BYTES = 1024 * 1024;

/**
 * The versions of a file on the first parents of a commit, the newest first: on a main branch, what it held and not what
 * the branches did that were merged. They are read while they are asked for.
 *
 * @param path - from the top of the repository
 * @throws FindingsError `git-failed`
 */
export function* fileVersions(git: Git, commit: string, path: string): Generator<FileVersion> {
  const args = ['rev-list', '--timestamp', '--first-parent', '--end-of-options', commit, '--', path];
  const lines = git.output(args).toString('utf8').trim().split('\n');
  const commits = lines.flatMap((line) => {
    const [time, id] = line.split(' ');
    return id === undefined ? [] : [{ commit: id, time: Number(time) }];
  });
  for (let at = 0; at < commits.length; at += BATCH)
    yield* readVersions(git, commits.slice(at, at + BATCH), path);
}

function readVersions(git: Git, commits: readonly FileVersion[], path: string): FileVersion[] {
  const asked = commits.map(({ commit }) => `${commit}:${path}\n`).join('');
  const answers = git.output(['cat-file', '--batch-check'], asked).toString('utf8').split('\n');
  // `<id> blob <size>`, or `<request> missing`
  const entries = commits.map((_, index) => {
    const match = /^([0-9a-f]{40,64}) blob (\d+)$/.exec(answers[index] ?? '');
    const size = Number(match?.[2]);
    return match && size <= MAX_BYTES ? { path, type: 'file' as const, id: match[1] ?? '', size } : undefined;
  });
  const blobs = readBlobs(
    git,
    entries.filter((entry) => entry !== undefined),
  );
  return commits.map((one, index) => {
    const text = blobs.get(entries[index]?.id ?? '')?.toString('utf8');
    return text === undefined ? one : { ...one, text };
  });
}
