import { comparableText } from '../../plain/comparable-text';
import type { FieldChange } from '../change';

/** The maximum length of a field's value before it is cut. */
const MAX_VALUE = 72;
/** How much of the common part of two long values stays before their difference. */
const CONTEXT = 16;

/** The two values of a field as short texts. */
export interface FieldText {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Whether values may not be shown, so that both texts are empty. */
  readonly isHidden: boolean;
}

/** A field with its values as JSON, cut to what differs. */
export function fieldText({ path, before, after }: FieldChange): FieldText {
  if (before === undefined && after === undefined) return { path, before: '', after: '', isHidden: true };
  const [was, is] = [valueText(before), valueText(after)];
  const isCut = was !== undefined && is !== undefined && Math.max(was.length, is.length) > MAX_VALUE;
  const start = isCut ? Math.max(0, commonStart(was, is) - CONTEXT) : 0;
  const shown = (text: string | undefined): string =>
    text === undefined ? 'not set' : shortened(text, MAX_VALUE, start);
  return { path, before: shown(was), after: shown(is), isHidden: false };
}

/** A text of at most so many characters; three dots stand for what is cut off. */
export function shortened(text: string, limit: number, start = 0): string {
  // A surrogate pair is one character: a cut in its middle would leave half of it.
  const from = isInPair(text, start) ? start - 1 : start;
  const head = from > 0 ? '...' : '';
  if (text.length - from + head.length <= limit) return head + text.slice(from);
  const end = from + limit - head.length - 3;
  return `${head}${text.slice(from, isInPair(text, end) ? end - 1 : end)}...`;
}

function valueText(value: unknown): string | undefined {
  return value === undefined ? undefined : comparableText(value) || 'not set';
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

function isInPair(text: string, index: number): boolean {
  return (
    index > 0 && /[\udc00-\udfff]/.test(text[index] ?? '') && /[\ud800-\udbff]/.test(text[index - 1] ?? '')
  );
}
