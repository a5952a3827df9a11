/** The values of the marked fields of a file: by policy, for example `flux-system:podinfo:tag`. */
export type Marks = ReadonlyMap<string, string>;

const NONE: Marks = new Map();

const MARKER = '$imagepolicy';

/** The text before the value of a line: blanks, the dashes of list items, and the key. */
const BEFORE_VALUE = /^\s*(?:- +)*(?:(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#][^#]*?):\s+)?/s;

/** A marker, with the policy in it. */
const MARKED = /(?<=\s)#\s*\{\s*"\$imagepolicy"\s*:\s*"([^"]+)"\s*\}/;

/** A line that Flux's image automation may rewrite. */
interface MarkedLine {
  readonly before: string;
  readonly value: string;
  /** From the end of the value on. */
  readonly marker: string;
  readonly policy: string;
}

/** @see https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources */
function markedLine(line: string): MarkedLine | undefined {
  const found = line.includes(MARKER) ? MARKED.exec(line) : null;
  if (!found) return undefined;
  const head = line.slice(0, found.index);
  const before = BEFORE_VALUE.exec(head)?.[0] ?? '';
  const end = head.trimEnd().length;
  // If there is no value, a blank stays before the marker.
  const start = Math.min(before.length, Math.max(end, head.length - 1));
  return {
    before: head.slice(0, start),
    value: head.slice(start, Math.max(start, end)),
    marker: line.slice(Math.max(start, end)),
    policy: found[1] ?? '',
  };
}

/** The marked fields of a file with their values, without quotes. A policy's second field is `<policy>#2`. */
export function marksOf(bytes: Buffer): Marks {
  if (!bytes.includes(MARKER)) return NONE;
  const marks = new Map<string, string>();
  rewrite(bytes, (policy, value) => {
    marks.set(policy, unquoted(value));
    return value;
  });
  return marks;
}

/** The bytes with the marked values left out. */
export function maskMarks(bytes: Buffer): Buffer {
  return bytes.includes(MARKER) ? rewrite(bytes, () => '') : bytes;
}

/**
 * The planned bytes with the values that image automation has put into the committed file. A committed value wins
 * where the code's own value is still one of those that the records know; otherwise the code has changed, and wins. So it
 * does over a value that a killed run has written.
 */
export function withCommittedMarks(
  planned: Buffer,
  committed: Buffer,
  recorded: ReadonlyMap<string, readonly string[]>,
  written: ReadonlyMap<string, readonly string[]> = new Map(),
): Buffer {
  if (recorded.size === 0 || !planned.includes(MARKER) || !committed.includes(MARKER)) return planned;
  const values = new Map<string, string>();
  rewrite(committed, (policy, value) => {
    if (!written.get(policy)?.includes(unquoted(value))) values.set(policy, value);
    return value;
  });
  return rewrite(planned, (policy, value) => {
    const kept = recorded.get(policy)?.includes(unquoted(value)) ? values.get(policy) : undefined;
    return kept === undefined || unquoted(kept) === unquoted(value) ? value : kept;
  });
}

/** Whether both contents have the same markers in the same order. */
export function sameMarkers(a: Buffer, b: Buffer): boolean {
  return [...marksOf(a).keys()].join('\n') === [...marksOf(b).keys()].join('\n');
}

function rewrite(bytes: Buffer, replace: (policy: string, value: string) => string): Buffer {
  const seen = new Map<string, number>();
  const lines = bytes.toString('utf8').split('\n');
  lines.forEach((line, index) => {
    const marked = markedLine(line);
    if (!marked) return;
    const { before, value, marker, policy } = marked;
    const count = (seen.get(policy) ?? 0) + 1;
    seen.set(policy, count);
    lines[index] = before + replace(count === 1 ? policy : `${policy}#${count}`, value) + marker;
  });
  return Buffer.from(lines.join('\n'));
}

function unquoted(scalar: string): string {
  if (/^'.*'$/.test(scalar)) return scalar.slice(1, -1).replaceAll("''", "'");
  return /^".*"$/.test(scalar) ? scalar.slice(1, -1) : scalar;
}
