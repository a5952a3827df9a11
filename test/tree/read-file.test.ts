import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_FILE_BYTES, readFile } from '../../lib/tree/read-file';
import { hasFifos, makeFifo } from '../tools/fifo';

describe('readFile', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'read-file-'));
    writeFileSync(join(root, 'file'), 'content');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const read = (name: string, options = {}) => readFile(join(root, name), options);

  it('reads a file, an empty one, and one at the limit', () => {
    writeFileSync(join(root, 'empty'), '');
    expect(read('file').bytes?.toString()).toBe('content');
    expect(read('empty').bytes).toEqual(Buffer.alloc(0));
    expect(read('file', { maxBytes: 7 }).bytes?.toString()).toBe('content');
  });

  it('fails on a file over the limit before it reads it', () => {
    writeFileSync(join(root, 'sparse'), '');
    truncateSync(join(root, 'sparse'), 1_900_000_000);
    const before = process.memoryUsage().rss;
    expect(read('sparse').problem).toEqual({
      code: 'file-too-large',
      message: `has 1900000000 bytes; the limit is ${MAX_FILE_BYTES}`,
      isMissing: false,
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    expect(read('file', { maxBytes: 6 }).problem?.code).toBe('file-too-large');
  });

  it('follows links only if they are allowed', () => {
    symlinkSync('file', join(root, 'link'));
    symlinkSync('gone', join(root, 'dangling'));
    symlinkSync('loop', join(root, 'loop'));
    expect(read('link').bytes?.toString()).toBe('content');
    for (const name of ['link', 'dangling', 'loop'])
      expect(read(name, { refuseLinks: true }).problem?.message).toBe(
        'is a symbolic link; expected a regular file',
      );
    expect(read('dangling').problem?.isMissing).toBe(true);
    expect(read('loop').problem?.code).toBe('file-unreadable');
  });

  it('fails on what is not a regular file', () => {
    mkdirSync(join(root, 'folder'));
    expect(read('folder').problem?.message).toBe('is a folder; expected a regular file');
    expect(read('gone').problem).toMatchObject({ message: 'does not exist', isMissing: true });
    expect(read('file/x').problem?.isMissing).toBe(true);
    expect(read('x'.repeat(300)).problem?.code).toBe('file-unreadable');
    expect(read('a\0b').problem?.code).toBe('file-unreadable');
  });

  (hasFifos ? it : it.skip)('fails on a FIFO and a device, without waiting for them', () => {
    makeFifo(join(root, 'fifo'));
    expect(read('fifo').problem?.message).toBe('is a FIFO; expected a regular file');
    expect(readFile('/dev/zero').problem?.message).toBe('is a device; expected a regular file');
  });

  (process.getuid?.() === 0 ? it.skip : it)('fails on an unreadable file', () => {
    chmodSync(join(root, 'file'), 0);
    expect(read('file').problem?.message).toBe('cannot be read: permission denied (EACCES)');
  });

  (process.platform === 'linux' ? it : it.skip)('reads files without a size to the end', () => {
    expect(readFile('/proc/self/stat').bytes?.length).toBeGreaterThan(20);
    expect(readFile('/proc/self/stat', { maxBytes: 5 }).problem?.code).toBe('file-too-large');
  });
});
