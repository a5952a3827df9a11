import {
  EVENT_ID,
  getScalarValue,
  parseEvents,
  type DocumentEvent,
  type Event,
  type PopEvent,
} from 'js-yaml';

/** A mapping or list that is open while events are read: where it is, and what comes next in it. */
interface Open {
  readonly pointer: string;
  readonly isList: boolean;
  index: number;
  key?: string;
}

/**
 * The lines (from 1) of all fields of a YAML document by their JSON pointer (RFC 6901), for messages that name a line.
 * A field of a mapping is at its key. The text must be well-formed, and hold one document.
 */
export function fieldLines(text: string): Map<string, number> {
  const lineAt = lineCounter(text);
  const lines = new Map<string, number>();
  const open: Open[] = [];
  for (const event of parseEvents(text, {})) {
    const parent = open.at(-1);
    if (event.type === EVENT_ID.DOCUMENT) open.push({ pointer: '', isList: true, index: -1 });
    else if (event.type === EVENT_ID.POP) open.pop();
    else if (parent !== undefined) {
      const isKey = !parent.isList && parent.key === undefined;
      if (isKey) parent.key = event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : '';
      const pointer = below(parent);
      if (!lines.has(pointer)) lines.set(pointer, lineAt(startOf(event)));
      if (!isKey) {
        parent.key = undefined;
        parent.index += 1;
      }
      if ('start' in event) open.push({ pointer, isList: event.type === EVENT_ID.SEQUENCE, index: 0 });
    }
  }
  return lines;
}

/** The JSON pointer of a path. */
export function pointerOf(path: readonly string[]): string {
  return path.map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function startOf(event: Exclude<Event, DocumentEvent | PopEvent>): number {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart;
  return event.type === EVENT_ID.ALIAS ? event.anchorStart : event.start;
}

/** The pointer of what comes next; the document's own content has the empty one. */
function below(parent: Open): string {
  if (parent.index < 0) return '';
  return `${parent.pointer}${pointerOf([parent.isList ? String(parent.index) : (parent.key ?? '')])}`;
}

/** Counts lines up to offsets, which only grow. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let counted = 0;
  return (offset) => {
    for (; counted < offset; counted += 1) if (text[counted] === '\n') line += 1;
    return line;
  };
}
