/** A file of an archive. */
export interface ArchivedFile {
  /** The path from the root of the archive, with `/` between its parts. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;
const NAME_BYTES = 100;
const PREFIX_BYTES = 155;

/** The largest size that fits the eleven octal digits of a header. */
const MAX_SIZE = 0o77777777777;

/**
 * A tar archive of files that depends on their paths and bytes alone: sorted by path, without folders, owners, times and
 * rights of their own. Every file is readable by all and writable by its owner.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06
 */
export function tarOf(files: readonly ArchivedFile[]): Buffer {
  const sorted = files.map((file) => ({ ...file, name: Buffer.from(file.path, 'utf8') }));
  // By bytes, as Go and git sort; code units would order some rare characters differently.
  sorted.sort((a, b) => Buffer.compare(a.name, b.name));
  const parts = sorted.flatMap(({ name, bytes }) => entryOf(name, bytes));
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

function entryOf(name: Buffer, bytes: Uint8Array): Uint8Array[] {
  const place = ustarName(name);
  if (place) return [header(place, '0', bytes.length), bytes, padding(bytes.length)];
  const record = paxRecord('path', name);
  const short = { prefix: Buffer.alloc(0), name: name.subarray(0, NAME_BYTES) };
  const extended = { prefix: Buffer.alloc(0), name: Buffer.from('pax_header') };
  return [
    ...[header(extended, 'x', record.length), record, padding(record.length)],
    ...[header(short, '0', bytes.length), bytes, padding(bytes.length)],
  ];
}

interface UstarName {
  readonly prefix: Buffer;
  readonly name: Buffer;
}

/** A path in the two fields of a header; `undefined` if it is too long, or not ASCII. */
function ustarName(path: Buffer): UstarName | undefined {
  if (path.some((byte) => byte > 0x7e || byte < 0x20)) return undefined;
  if (path.length <= NAME_BYTES) return { prefix: Buffer.alloc(0), name: path };
  const start = Math.max(0, path.length - NAME_BYTES - 1);
  const slash = path.indexOf('/', start);
  if (slash < 1 || slash > PREFIX_BYTES || slash === path.length - 1) return undefined;
  return { prefix: path.subarray(0, slash), name: path.subarray(slash + 1) };
}

function header({ prefix, name }: UstarName, type: '0' | 'x', size: number): Buffer {
  if (size > MAX_SIZE) throw new RangeError('an archive cannot contain a file of 8 GiB or more');
  const block = Buffer.alloc(BLOCK);
  name.copy(block, 0);
  block.write('0000644\0', 100, 'latin1');
  block.write('0000000\0', 108, 'latin1');
  block.write('0000000\0', 116, 'latin1');
  block.write(`${octal(size, 11)}\0`, 124, 'latin1');
  block.write(`${octal(0, 11)}\0`, 136, 'latin1');
  // The sum is computed as if its own field contained spaces.
  block.write('        ', 148, 'latin1');
  block.write(type, 156, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  prefix.copy(block, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148, 'latin1');
  return block;
}

/** `<length> <key>=<value>\n`, where the length counts itself. */
function paxRecord(key: string, value: Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from('\n')]);
  let length = rest.length;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
