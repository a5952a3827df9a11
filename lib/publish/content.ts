import { hash } from 'node:crypto';
import { maskMarks } from './marks';
import { sectionOf } from './section';

const CARRIAGE_RETURN = 13;

/** The bytes with `\n` at each line's end, however git checked them out. */
export function normalised(bytes: Buffer): Buffer {
  if (!bytes.includes(CARRIAGE_RETURN)) return bytes;
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

/** Whether two contents mean the same: equal but for the line endings. */
export function sameContent(a: Buffer, b: Buffer): boolean {
  return a.equals(b) || (a.includes(CARRIAGE_RETURN) && normalised(a).equals(normalised(b)));
}

/**
 * The SHA-256 by which a record knows a content, in hex. It sees neither line endings nor the values of fields that
 * Flux's image automation may rewrite, so that it is a function of the code alone; of a Markdown file with a section of
 * ours it sees that alone.
 */
export function fingerprint(bytes: Buffer, path: string): string {
  return hash('sha256', maskMarks(normalised(sectionOf(bytes, path) ?? bytes)), 'hex');
}

/** The shortest prefix of a fingerprint that identifies the whole: 96 bits. */
const SHORTEST = 24;

/** Whether a record means a fingerprint: it may have the beginning alone. */
export function isFingerprint(recorded: string, fingerprint: string): boolean {
  return recorded.length >= SHORTEST && fingerprint.startsWith(recorded);
}
