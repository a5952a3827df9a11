import { SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { ConstructProblem } from './construct-problem';

/** A block whose first line with content begins with spaces and a tab. */
const LEADING_TAB = /(?: *\n)* +\t/y;

/** A list entry that contains only a tab, after the entry before. */
const TAB_BEHIND_DASH = /(?:[^-\n]*\n)?[- ]*- *\t/y;

/** A tag as Go reads it. */
const TAG =
  /^(?:|!<(?:[-\w;/?:@&=+$,.!~*'()[\]]|%[\da-f]{2})+>|!|!(?:[\w-]*!)?(?:[-\w;/?:@&=+$,.~*'()[\]]|%[\da-f]{2})+)$/i;

/** What yaml.v2 does not read of a tag. */
export function tagProblem(tag: string, offset: number): ConstructProblem | undefined {
  if (TAG.test(tag)) return undefined;
  return {
    message: 'a tag (!name) has a character that Flux does not support',
    hint: 'quote the value',
    offset,
  };
}

/** Behind a key and a tag or anchor, a block mapping may not start on the same line. */
export function mappingProblem(
  start: number,
  keyStart: number,
  source: string,
): ConstructProblem | undefined {
  if (source[start] === '{' || source.slice(keyStart, start).includes('\n')) return undefined;
  const message = 'a mapping cannot start on the same line as its key';
  return { message, hint: 'quote the value', offset: start };
}

/**
 * What yaml.v2 does not read of a scalar: a tab behind a dash, or where the indentation of a block is to be found, and
 * `\/` in quotes.
 *
 * @param before - where the scalar before it ends, for an entry of a list
 */
export function scalarProblem(
  { valueStart, valueEnd, style }: ScalarEvent,
  source: string,
  before: number | undefined,
): ConstructProblem | undefined {
  const isTab =
    valueStart < 0
      ? before !== undefined && testAt(TAB_BEHIND_DASH, source, before)
      : isBlock(style)
        ? !/[|>][-+]?\d/.test(lineUpTo(valueStart - 1, source)) && testAt(LEADING_TAB, source, valueStart)
        : /^[- ]*- *\t\s*$/.test(lineUpTo(valueStart, source));
  const offset = valueStart < 0 ? (before ?? 0) : valueStart;
  if (isTab) return { message: 'a tab is not allowed here', hint: 'use spaces', offset };
  const hasSlash =
    style === SCALAR_STYLE.DOUBLE_QUOTED && /(?<!\\)(?:\\\\)*\\\//.test(source.slice(valueStart, valueEnd));
  return hasSlash
    ? {
        message: 'Flux does not support the escape sequence \\/',
        hint: 'write / without the backslash',
        offset,
      }
    : undefined;
}

function isBlock(style: ScalarEvent['style']): boolean {
  return style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
}

function testAt(sticky: RegExp, source: string, start: number): boolean {
  sticky.lastIndex = start;
  return sticky.test(source);
}

/** The text on a line before an offset. */
function lineUpTo(end: number, source: string): string {
  return source.slice(source.lastIndexOf('\n', end - 1) + 1, end);
}
