import type { Finding } from '../../findings/finding';
import { FindingsError } from '../../findings/findings-error';
import type { ManifestDocument } from '../../tree/manifest';
import type { TreeFile } from '../../tree/tree-file';

const MASK = '***';

/** Names of fields whose value may be a secret. */
const SENSITIVE =
  /(?:pass(?:word|wd|phrase)?|token|secret|credentials?|(?:api|private|access)[-_]?key)["']?\s*[:=]/i;

/** A line of a file as it may be shown: without what is or may be a secret. */
export function maskLine(file: TreeFile, line: number, text: string, found: Finding): string {
  const isSecret = found.code === 'plaintext-secret' || holdsSecret(file, line);
  if (isSecret) return maskValue(text);
  return SENSITIVE.test(text) ? maskValue(text) : text;
}

/** The key of a line; all of it is masked where there is none, as in a text of several lines. */
function maskValue(text: string): string {
  const [, key, value] = /^(\s*(?:- )?(?:"[^"]*"|'[^']*'|[\w.\-/]+)\s*:)\s*(\S?)/.exec(text) ?? [];
  if (key === undefined) return text.replace(/\S.*/, MASK);
  return value === '' ? key : `${key} ${MASK}`;
}

/** Whether a line stands in a document that is a Secret, where any value may be one. */
function holdsSecret(file: TreeFile, line: number): boolean {
  const before = documentsOf(file).filter((candidate) => (candidate.line ?? 1) <= line);
  const object = before.at(-1)?.object;
  if (typeof object !== 'object' || object === null) return false;
  if (object.kind === 'Secret') return true;
  const { items } = object as { items?: readonly { kind?: unknown }[] };
  return Array.isArray(items) && items.some((item) => item?.kind === 'Secret');
}

/** What cannot be read may hold anything, but its own finding is about its form. */
function documentsOf(file: TreeFile): readonly ManifestDocument[] {
  try {
    return file.documents;
  } catch (error) {
    if (FindingsError.isFindingsError(error)) return [];
    throw error;
  }
}
