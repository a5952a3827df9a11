import type { Random } from './random';
import { oddValues, words } from './words';

/** The maximum size of an input: a defect that takes more time with size also shows with less. In bytes. */
const LARGEST = 128 * 1024;

type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

/** Changes bytes in one to five places; foreign parts come from `other`. */
export function mutate(bytes: Buffer, random: Random, other: Buffer): Buffer {
  let mutated = bytes;
  for (let left = 1 + random.skewed(5); left > 0; left -= 1) {
    mutated = random.pick(mutations)(mutated, random, other).subarray(0, LARGEST);
  }
  return mutated;
}

const mutations: readonly Mutation[] = [
  flipBit,
  insertWord,
  insertWord,
  insertOddValue,
  insertOddValue,
  insertBytes,
  removeSlice,
  repeatSlice,
  copyFromOther,
  swapLines,
  indentLine,
  renameKey,
  nest,
  longRun,
  cutOff,
];

function splice(bytes: Buffer, at: number, removed: number, inserted: string | Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(inserted), bytes.subarray(at + removed)]);
}

function flipBit(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes);
  const at = random.below(copy.length);
  if (copy.length > 0) copy[at] = (copy[at] as number) ^ (1 << random.below(8));
  return copy;
}

function insertWord(bytes: Buffer, random: Random): Buffer {
  return splice(
    bytes,
    random.below(bytes.length + 1),
    random.oneIn(2) ? 0 : random.skewed(8),
    random.pick(words),
  );
}

function insertBytes(bytes: Buffer, random: Random): Buffer {
  return splice(bytes, random.below(bytes.length + 1), 0, random.bytes(1 + random.skewed(16)));
}

function removeSlice(bytes: Buffer, random: Random): Buffer {
  return splice(bytes, random.below(bytes.length), random.skewed(Math.max(2, bytes.length)), '');
}

function repeatSlice(bytes: Buffer, random: Random): Buffer {
  const slice = sliceOf(bytes, random);
  const wanted = 1 + random.skewed(random.oneIn(10) ? 3_000 : 10);
  // More than the largest input would be cut off again.
  const times = Math.min(wanted, Math.ceil(LARGEST / Math.max(slice.length, 1)));
  return splice(
    bytes,
    random.below(bytes.length + 1),
    0,
    Buffer.concat(Array.from({ length: times }, () => slice)),
  );
}

function copyFromOther(bytes: Buffer, random: Random, other: Buffer): Buffer {
  return splice(bytes, random.below(bytes.length + 1), random.skewed(40), sliceOf(other, random));
}

function cutOff(bytes: Buffer, random: Random): Buffer {
  return bytes.subarray(0, random.below(bytes.length + 1));
}

/** Puts a value that does not fit after the colon of a line. */
function insertOddValue(bytes: Buffer, random: Random): Buffer {
  return changeLine(bytes, random, (line) => {
    const key = /^(\s*(?:- )?[\w$"'./-]+:)/.exec(line)?.[1];
    return key === undefined ? random.pick(oddValues) : `${key} ${random.pick(oddValues)}`;
  });
}

function renameKey(bytes: Buffer, random: Random): Buffer {
  return changeLine(bytes, random, (line) =>
    line.replace(/^(\s*(?:- )?)[\w$./-]+(?=:)/, (_, before: string) => before + random.pick(words)),
  );
}

function indentLine(bytes: Buffer, random: Random): Buffer {
  return changeLine(bytes, random, (line) => (random.oneIn(2) ? `  ${line}` : line.replace(/^ {1,2}/, '')));
}

function swapLines(bytes: Buffer, random: Random): Buffer {
  const lines = bytes.toString('latin1').split('\n');
  const [from, to] = [random.below(lines.length), random.below(lines.length)];
  [lines[from], lines[to]] = [lines[to] as string, lines[from] as string];
  return Buffer.from(lines.join('\n'), 'latin1');
}

function changeLine(bytes: Buffer, random: Random, change: (line: string) => string): Buffer {
  const lines = bytes.toString('latin1').split('\n');
  const at = random.below(lines.length);
  lines[at] = Buffer.from(change(lines[at] as string)).toString('latin1');
  return Buffer.from(lines.join('\n'), 'latin1');
}

/** Nested brackets, deeper than any parser should recurse. */
function nest(bytes: Buffer, random: Random): Buffer {
  const [open, close] = random.pick([
    ['[', ']'],
    ['{a: ', '}'],
    ['- ', ''],
    ['(', ')'],
    ['${a:-', '}'],
    ['!', ''],
    ['a.', ''],
  ] as const);
  const depth = random.skewed(random.oneIn(4) ? 40_000 : 300);
  const closed = random.oneIn(2) ? close.repeat(depth) : '';
  return splice(bytes, random.below(bytes.length + 1), 0, `${open.repeat(depth)}${closed}`);
}

/** One text repeated many times, to find quadratic time. */
function longRun(bytes: Buffer, random: Random): Buffer {
  const run = random.oneIn(3)
    ? random.pick(words)
    : random.pick([' ', 'a', ',', '\n', '/', '$', '(', '\\', '# ', '-', '1']);
  return splice(
    bytes,
    random.below(bytes.length + 1),
    0,
    run.repeat(1 + random.skewed(random.oneIn(4) ? 30_000 : 1_000)),
  );
}

function sliceOf(bytes: Buffer, random: Random): Buffer {
  const start = random.below(bytes.length);
  return bytes.subarray(start, start + 1 + random.skewed(Math.max(2, bytes.length - start)));
}
