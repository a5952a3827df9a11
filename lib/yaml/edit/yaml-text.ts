import { printDocuments } from '../print';
import { formatString } from '../scalar';
import { yamlLibrary } from './yaml-library';

/** A part of a text, and what takes its place. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A text with parts replaced, none of which lies in another. */
export function spliced(text: string, splices: readonly Splice[]): string {
  return [...splices]
    .sort((a, b) => b.start - a.start)
    .reduce((done, { start, end, text: part }) => done.slice(0, start) + part + done.slice(end), text);
}

/** A value on one line. */
export function flowText(value: unknown): string {
  if (typeof value === 'string') return formatString(value);
  return yamlLibrary().stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}

/** A map or list in block style, each line indented. */
export function indented(value: unknown, column: number): string {
  const lines = printDocuments([{ object: value }])
    .trimEnd()
    .split('\n');
  return lines.map((line) => ' '.repeat(column) + line).join('\n');
}
