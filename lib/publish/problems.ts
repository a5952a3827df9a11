import { codeOf } from '../plain/error-code';
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
    `${path} was changed by hand after cdk8s-flux wrote it, so synth does not ${removal ? 'delete it, although the code no longer creates it' : 'overwrite it'}`,
  'file-not-ours': (path) =>
    `${path} already exists with other content, and is not recorded as written by cdk8s-flux`,
  'merge-conflict': (path) =>
    `${path} has merge-conflict markers, and some of its lines do not come from the code`,
};

const SAME_OBJECTS = '; it contains the same objects in another format';

const HINTS: Readonly<Record<KeptReason, (path: string, removal: boolean) => string>> = {
  'file-edited': (path, removal) =>
    removal
      ? `delete the file, or run again with --overwrite ${path}`
      : `make the same change in the code, then run again with --overwrite ${path}`,
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
      ? `run again with --overwrite ${path}; this is safe, because Flux applies the same objects`
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
      message: `${text} is behind ${cause}, a symbolic link that leads out of the repository`,
      hint: 'replace the link with a folder, or write to another folder',
      locations,
    });
  }
  return finding({
    code: 'path-blocked',
    message:
      obstacle.state === 'folder'
        ? `cannot write ${text}: a folder, a link or a device is there`
        : `cannot write ${text}: ${cause} is a file, and must be a folder`,
    hint: `move ${obstacle.cause} away, or give the construct another id`,
    locations,
  });
}

/** The finding for something else where we keep our state. */
export function notFileFinding(path: string, wanted: 'a file' | 'a folder'): Finding {
  return finding({
    code: 'path-blocked',
    message: `${JSON.stringify(path)} is not ${wanted}; cdk8s-flux keeps its state there`,
    hint: `delete ${path}, and run the command again`,
    locations: [{ file: path }],
  });
}

/** The finding for a planned file where git, records or our state are. */
export function reservedFinding(path: string, location: FindingLocation, field?: string): Finding {
  return finding({
    code: 'path-reserved',
    message: `${JSON.stringify(path)} is reserved: git or cdk8s-flux keeps its own files there`,
    hint: 'use another path for the file',
    field,
    locations: [location],
  });
}

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is exceeded',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  EEXIST: 'a file of that name now exists there; it may differ only in upper and lower case',
  EMFILE: 'too many files are open',
};

/** An error of the file system as a finding that says what could not be done. */
export function failedOperation(operation: string, path: string, cause: unknown): FindingsError {
  const code = codeOf(cause);
  const reason = WORDS[code] ?? String(cause);
  const found = finding({
    code: 'publish-failed',
    message: `could not ${operation} ${JSON.stringify(path)}: ${reason}${code ? ` (${code})` : ''}`,
    hint: 'fix the cause, and run the command again: the next run completes this one',
    locations: [{ file: path }],
  });
  return new FindingsError([found], { cause });
}
