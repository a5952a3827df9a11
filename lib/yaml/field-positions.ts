import { pointerOf } from '../plain/json-pointer';
import {
  EVENT_ID,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  type DocumentEvent,
  type Event,
  type PopEvent,
  type ScalarEvent,
} from 'js-yaml';
import { MAX_PARSE_DEPTH } from './parse';
import { withShallowCloses } from './shallow-close';
import { Lines } from './lines';

/** Where a field stands in a text. */
export interface FieldPosition {
  /** The line, from 1. */
  readonly line: number;
  /** The first column, from 1. */
  readonly column: number;
  /** The column behind the last character: of the value where it is a scalar on the same line, else of the key. */
  readonly endColumn: number;
  /**
   * The last line of the value where it is a scalar.
   *
   * @default - the value is a map or a list
   */
  readonly lastLine?: number;
}

/** The offsets of a field while it is read. */
interface Range {
  readonly start: number;
  readonly end: number;
  valueEnd?: number;
  /** The first field of a block mapping, which starts at the same offset as the mapping. */
  first?: Range;
}

/** An open mapping or list while events are read: its position, and what comes next in it. */
interface Open {
  readonly pointer: string;
  readonly isList: boolean;
  index: number;
  key?: string;
}

/**
 * Where all fields of a YAML file's documents stand: for each document, by the field's JSON pointer (RFC 6901). A field
 * of a mapping is at its key. The text must be one that `parseDocuments` reads; keys that no JSON pointer names have no
 * place.
 */
export function fieldPositions(text: string): ReadonlyMap<string, FieldPosition>[] {
  return withShallowCloses(text, positionsIn);
}

function positionsIn(text: string): ReadonlyMap<string, FieldPosition>[] {
  const lines = new Lines(text);
  return fieldRanges(text).map(
    (ranges) => new Map([...ranges].map(([pointer, range]) => [pointer, position(range, lines)])),
  );
}

function position(range: Range, lines: Lines): FieldPosition {
  const { start, end, valueEnd } = range;
  const line = lines.at(start);
  if (range.first) return { ...position(range.first, lines), lastLine: undefined };
  const lastLine = valueEnd === undefined ? undefined : lines.at(Math.max(valueEnd - 1, start));
  const last = lastLine === line ? Math.max(end, valueEnd ?? end) : end;
  const offset = lines.startOf(line) - 1;
  return { line, column: start - offset, endColumn: last - offset, lastLine };
}

function fieldRanges(text: string): Map<string, Range>[] {
  const documents: Map<string, Range>[] = [];
  const open: Open[] = [];
  for (const event of parseEvents(text, { maxDepth: MAX_PARSE_DEPTH })) {
    if (event.type === EVENT_ID.DOCUMENT) {
      documents.push(new Map());
      open.push({ pointer: '', isList: true, index: -1 });
    } else if (event.type === EVENT_ID.POP) open.pop();
    else addNode(event, text, open, documents.at(-1) as Map<string, Range>);
  }
  return documents;
}

function addNode(
  event: Exclude<Event, DocumentEvent | PopEvent>,
  text: string,
  open: Open[],
  ranges: Map<string, Range>,
): void {
  const parent = open.at(-1) as Open;
  const isKey = !parent.isList && parent.key === undefined;
  if (isKey) parent.key = event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : '';
  const pointer = below(parent);
  const [start, end] = extent(event);
  const isValue = !isKey && !('start' in event);
  const known = ranges.get(pointer);
  if (known && isValue) known.valueEnd ??= end;
  if (!known) {
    const range = { start, end, valueEnd: isValue ? end : undefined };
    ranges.set(pointer, range);
    const outer = ranges.get(parent.pointer);
    if (outer && outer !== range && outer.start === start) outer.first = range;
  }
  if (!isKey) {
    parent.key = undefined;
    parent.index += 1;
  }
  if ('start' in event) open.push({ pointer, isList: event.type === EVENT_ID.SEQUENCE, index: 0 });
}

/**
 * The start and end of a node, including quotes. For a mapping or list, only the first character counts, because its key
 * shows the position.
 */
function extent(event: Exclude<Event, DocumentEvent | PopEvent>): [start: number, end: number] {
  if (event.type === EVENT_ID.SCALAR) return scalarExtent(event);
  if (event.type === EVENT_ID.ALIAS) return [event.anchorStart - 1, event.anchorEnd];
  return [event.start, event.start + 1];
}

function scalarExtent({ valueStart, valueEnd, style }: ScalarEvent): [start: number, end: number] {
  const quote = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED ? 1 : 0;
  return [valueStart - quote, valueEnd + quote];
}

/** The pointer of what comes next; the document's own content has the empty pointer. */
function below(parent: Open): string {
  if (parent.index < 0) return '';
  return `${parent.pointer}${pointerOf([parent.isList ? String(parent.index) : (parent.key ?? '')])}`;
}
