import { finding, type Finding, type FindingLocation } from '../findings/finding';
import { FindingsError } from '../findings/findings-error';

/** Why a file is kept as it is. */
export type KeptReason = 'file-edited' | 'file-not-ours' | 'merge-conflict';

/** How a file on disk differs from the one that the code makes. */
export interface Difference {
  /** Whether both hold the same objects. */
  readonly onlyFormatting: boolean;
  /** What differs, a line each. */
  readonly details: readonly string[];
}

const MESSAGES: Readonly<Record<KeptReason, (path: string, removal: boolean) => string>> = {
  'file-edited': (path, removal) =>
    `${path} was changed by hand since it was last written, and is kept${removal ? ', although the code no longer makes it' : ''}`,
  'file-not-ours': (path) =>
    `${path} is there already with other content, and no record says that cdk8s-flux wrote it`,
  'merge-conflict': (path) =>
    `${path} has merge-conflict markers, and not all of its lines were written by the code`,
};

const SAME_OBJECTS = '; it contains the same objects with other formatting';

const HINTS: Readonly<Record<KeptReason, (path: string, removal: boolean) => string>> = {
  'file-edited': (path, removal) =>
    removal
      ? `delete the file, or run again with --overwrite ${path}`
      : `put the change into the code, then run again with --overwrite ${path}`,
  'file-not-ours': (path) =>
    `move the file away, give the construct another id, or run again with --overwrite ${path}`,
  'merge-conflict': (path) => `resolve the conflict in the code, then run again with --overwrite ${path}`,
};

/** The finding for a file that is kept. */
export function keptFinding(
  reason: KeptReason,
  path: string,
  options: { readonly removal: boolean; readonly constructPath?: string; readonly difference?: Difference },
): Finding {
  const { removal, constructPath, difference } = options;
  const isFormatting = difference?.onlyFormatting === true;
  return finding({
    code: reason,
    message: `${MESSAGES[reason](JSON.stringify(path), removal)}${isFormatting ? SAME_OBJECTS : ''}`,
    details: difference?.details,
    hint: isFormatting
      ? `run again with --overwrite ${path}, which is safe: Flux applies the same`
      : HINTS[reason](path, removal),
    locations: [{ constructPath, file: path }],
  });
}

/** The finding for a planned file whose place is taken by a folder, or by a file or a link above it. */
export function blockedFinding(
  path: string,
  obstacle: { readonly state: 'file' | 'outside' | 'folder'; readonly cause: string },
  constructPath?: string,
): Finding {
  const cause = JSON.stringify(obstacle.cause);
  const text = JSON.stringify(path);
  const locations: FindingLocation[] = [{ constructPath, file: path }];
  if (obstacle.state === 'outside') {
    return finding({
      code: 'link-outside-repository',
      message: `${text} would be written through ${cause}, a symbolic link that leads out of the repository`,
      hint: 'replace the link by a folder, or publish to another one',
      locations,
    });
  }
  return finding({
    code: 'path-blocked',
    message:
      obstacle.state === 'folder'
        ? `${text} is not a file on disk, but a folder, a link or a device`
        : `${text} needs a folder where ${cause} is a file`,
    hint: `move ${obstacle.cause} away, or give the construct another id`,
    locations,
  });
}

/** The finding for something else where we keep our state. */
export function notFileFinding(path: string, wanted: 'a file' | 'a folder'): Finding {
  return finding({
    code: 'path-blocked',
    message: `${JSON.stringify(path)} is not ${wanted}; cdk8s-flux keeps there what tells a killed run from a hand edit`,
    hint: `delete ${path} and run again`,
    locations: [{ file: path }],
  });
}

/** The finding for a planned file where git, records or our state are. */
export function reservedFinding(path: string, location: FindingLocation, field?: string): Finding {
  return finding({
    code: 'path-reserved',
    message: `${JSON.stringify(path)} is in a folder of git, or where cdk8s-flux keeps its own files`,
    hint: 'give the file another path',
    field,
    locations: [location],
  });
}

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the quota of the disk is used up',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  EEXIST: 'something appeared there in the meantime, or differs only in the case of letters',
  EMFILE: 'too many files are open',
};

/** Whether an error of the file system has one of these codes. */
export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(codeOf(error));
}

/** Not with `instanceof`: under Jest, errors of Node's own modules come from another realm. */
function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** An error of the file system as a finding that says what could not be done. */
export function failedOperation(operation: string, path: string, cause: unknown): FindingsError {
  const code = codeOf(cause);
  const reason = WORDS[code] ?? String(cause);
  const found = finding({
    code: 'publish-failed',
    message: `could not ${operation} ${JSON.stringify(path)}: ${reason}${code ? ` (${code})` : ''}`,
    hint: 'fix the cause and run again: the next run completes this one',
    locations: [{ file: path }],
  });
  return new FindingsError([found], { cause });
}
