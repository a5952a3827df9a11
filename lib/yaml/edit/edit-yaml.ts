import { isDeepStrictEqual } from 'node:util';
import type { Document, Scalar, YAMLSeq } from 'yaml';
import { intoFlow, newEntry, withoutPair, type NewEntry } from './edit-map';
import { appended, valueSet, withoutEntryAt, withoutItem, type Path } from './plain-edits';
import { afterLine, columnOf, endOf, nextLine, rangeOf } from './text-places';
import { yamlLibrary } from './yaml-library';
import { flowText, indented, spliced, type Splice } from './yaml-text';
import { escapeRegex } from '../../plain/escape-regex';

/** A change of one value in a YAML document. */
export type YamlEdit =
  /** Sets a value; maps on the way are made where there are none. */
  | ({ readonly type: 'set' } & NewEntry)
  /** Takes an entry out of a map, and each map around it that is left empty. */
  | { readonly type: 'delete'; readonly path: Path }
  /** Adds a value at the end of a list, which is made where there is none. */
  | { readonly type: 'append'; readonly path: Path; readonly value: unknown }
  /** Takes the value at an index out of a list. */
  | { readonly type: 'remove'; readonly path: Path; readonly index: number }
  /** Changes one line of a text of several lines. */
  | { readonly type: 'line'; readonly path: Path; readonly before: string; readonly after: string };

/**
 * Changes one value in the text of a YAML file. Every other character stays as it is: comments, order, quotes and layout.
 *
 * @param index - which document of the file is changed
 * @returns undefined where the value cannot be changed without touching others: behind an alias, in text that is not valid
 */
export function editYaml(text: string, index: number, edit: YamlEdit): string | undefined {
  const documents = parse(text);
  const document = documents?.[index];
  if (!documents || !document) return undefined;
  const wanted = documents.map(
    (one, at) => (at === index ? applied(one.toJS(), edit) : one.toJS()) as unknown,
  );
  const ways = [[spliceOf(text, document, edit)], anchorSplices(text, document, edit)];
  const edited = ways.flatMap((splices) =>
    splices.every((splice) => splice !== undefined) ? [spliced(text, splices)] : [],
  );
  return edited.find((one) =>
    isDeepStrictEqual(
      parse(one)?.map((document) => document.toJS() as unknown),
      wanted,
    ),
  );
}

/** A value that others share gets its own copy: its anchor moves to the first of the others. */
function anchorSplices(text: string, document: Document.Parsed, edit: YamlEdit): (Splice | undefined)[] {
  const node = edit.type === 'set' ? document.getIn(edit.path, true) : undefined;
  if (edit.type !== 'set' || !yamlLibrary().isScalar(node) || !node.range || node.anchor === undefined)
    return [undefined];
  const [start, end] = node.range;
  const anchor = new RegExp(`&${escapeRegex(node.anchor)}\\s+$`).exec(text.slice(0, start))?.[0];
  let alias: readonly number[] | undefined;
  const { visit } = yamlLibrary();
  visit(document, {
    Alias: (_, { source, range }) => {
      if (source !== node.anchor || !range) return undefined;
      alias = range;
      return visit.BREAK;
    },
  });
  if (anchor === undefined || !alias) return [undefined];
  const [from = 0, to = 0] = alias;
  return [
    { start: start - anchor.length, end, text: flowText(edit.value) },
    { start: from, end: to, text: anchor + text.slice(start, end) },
  ];
}

/** Which document of a file has a line, counted from 1. */
export function documentAt(text: string, line: number): number {
  const starts = (parse(text) ?? []).map(
    ({ contents }) => text.slice(0, contents?.range?.[0] ?? 0).split('\n').length,
  );
  return Math.max(0, starts.filter((start) => start <= line).length - 1);
}

function applied(data: unknown, edit: YamlEdit): unknown {
  if (edit.type === 'line') return valueSet(data, edit.path, edit.after);
  if (edit.type === 'set') return valueSet(data, edit.path, edit.value);
  if (edit.type === 'delete') return withoutEntryAt(data, edit.path);
  return edit.type === 'append'
    ? appended(data, edit.path, edit.value)
    : withoutItem(data, edit.path, edit.index);
}

function parse(text: string): readonly Document.Parsed[] | undefined {
  const documents = yamlLibrary().parseAllDocuments(text, { merge: true, logLevel: 'silent' });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
  return documents;
}

function spliceOf(text: string, document: Document.Parsed, edit: YamlEdit): Splice | undefined {
  const node = document.getIn(edit.path, true);
  if (edit.type === 'delete') return deletion(text, document, edit.path);
  if (edit.type === 'remove') return yamlLibrary().isSeq(node) ? removal(text, node, edit.index) : undefined;
  if (edit.type === 'append' && yamlLibrary().isSeq(node)) return addition(text, node, edit.value);
  if (edit.type === 'line')
    return yamlLibrary().isScalar(node) ? lineSplice(text, node.range, edit) : undefined;
  const value = edit.type === 'append' ? [edit.value] : edit.value;
  if (yamlLibrary().isScalar(node) && node.range)
    return { start: node.range[0], end: node.range[1], text: inQuotesOf(node, value) };
  if (node !== undefined && node !== null) return undefined;
  return newEntry(text, document, { sorted: false, ...edit, value });
}

const QUOTES: ReadonlyMap<string, string> = new Map([
  ['QUOTE_DOUBLE', '"'],
  ['QUOTE_SINGLE', "'"],
]);

/** A plain word keeps the quotes of the previous one. */
function inQuotesOf({ type }: Scalar, value: unknown): string {
  const quote = QUOTES.get(type ?? '');
  const isWord = typeof value === 'string' && /^[\w.:/@+-]+$/.test(value);
  return quote !== undefined && isWord ? `${quote}${value}${quote}` : flowText(value);
}

/** Removes the outermost map that would become empty, otherwise the entry itself. */
function deletion(text: string, document: Document.Parsed, path: Path): Splice | undefined {
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const map = document.getIn(path.slice(0, depth), true);
    if (!yamlLibrary().isMap(map)) return undefined;
    if (map.items.length > 1) return withoutPair(text, map, path[depth]);
  }
  return undefined;
}

/** The line of a text block that differs: the block has the same lines, indented, below its first. */
function lineSplice(
  text: string,
  range: readonly number[] | null | undefined,
  { before, after }: { readonly before: string; readonly after: string },
): Splice | undefined {
  const [was, is] = [before.split('\n'), after.split('\n')];
  const index = was.findIndex((line, at) => line !== is[at]);
  if (!range) return undefined;
  const [start = 0, last = 0] = range;
  const block = text.slice(start, last).split('\n');
  const source = block[index + 1];
  const old = was[index];
  if (source === undefined || old === undefined || !source.endsWith(old)) return undefined;
  const offset = block.slice(0, index + 1).reduce((sum, line) => sum + line.length + 1, 0);
  const end = start + offset + source.length;
  return { start: end - old.length, end, text: is[index] ?? '' };
}

function addition(text: string, seq: YAMLSeq, value: unknown): Splice | undefined {
  if (seq.flow || seq.items.length === 0) return intoFlow(text, seq, flowText(value));
  const end = endOf(seq.items.at(-1));
  if (!seq.range || end === undefined) return undefined;
  return afterLine(text, end, indented([value], columnOf(text, seq.range[0])));
}

/** Removes an item of a list: its own lines, or its part of a flow list. */
function removal(text: string, list: YAMLSeq, index: number): Splice | undefined {
  const { flow, items } = list;
  const [start, end] = [rangeOf(items[index])?.[0], endOf(items[index])];
  if (start === undefined || end === undefined) return undefined;
  if (items.length === 1) return emptied(text, list, end);
  if (!flow) return { start: text.lastIndexOf('\n', start) + 1, end: nextLine(text, end), text: '' };
  const next = rangeOf(items[index + 1])?.[0];
  if (next !== undefined) return { start, end: next, text: '' };
  return { start: endOf(items[index - 1]) ?? start, end, text: '' };
}

/** An empty list instead of one whose only item ends at an offset. */
function emptied(text: string, { flow, range }: YAMLSeq, end: number): Splice | undefined {
  if (!range) return undefined;
  if (flow) return { start: range[0], end: range[1], text: '[]' };
  const lineStart = text.lastIndexOf('\n', range[0]) + 1;
  const isOwnLine = text.slice(lineStart, range[0]).trim() === '' && lineStart > 0;
  if (!isOwnLine) return { start: range[0], end, text: '[]' };
  const eol = text[lineStart - 2] === '\r' ? 2 : 1;
  return { start: lineStart - eol, end, text: ' []' };
}
