import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { tarOf, type ArchivedFile } from '../../lib/oci/tar';
import { hasTool, skipped } from '../tools/find-tool';

function file(path: string, text = ''): ArchivedFile {
  return { path, bytes: Buffer.from(text) };
}

/** What the program `tar` unpacks. */
function unpacked(tar: Buffer): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-flux-tar-'));
  try {
    writeFileSync(join(folder, 'archive.tar'), tar);
    execFileSync('tar', ['-xf', 'archive.tar'], { cwd: folder });
    const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'archive.tar')
      .map((entry) => join(entry.parentPath, entry.name));
    return Object.fromEntries(
      paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]).sort(),
    ) as Record<string, string>;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a tar archive', () => {
  it('has the same bytes for every order of the files', () => {
    const files = ['b', 'a/c', 'a-b', 'ä', 'a'].map((path) => file(path, path));
    expect(tarOf(files)).toEqual(tarOf([...files].reverse()));
  });

  it('has no owner, no time and the rights 0644 in its headers', () => {
    const header = tarOf([file('a.yaml', 'a: 1\n')])
      .subarray(0, 512)
      .toString('latin1');
    expect(header.slice(100, 148)).toBe('0000644\x000000000\x000000000\x0000000000005\x0000000000000\x00');
    expect(header.slice(156, 157)).toBe('0');
    expect(header.slice(257, 265)).toBe('ustar\x0000');
    expect(header.slice(265)).toMatch(/^\0+$/);
  });

  it('ends in two empty blocks', () => {
    const tar = tarOf([file('a', 'x'.repeat(512))]);
    expect(tar).toHaveLength(512 + 512 + 1024);
    expect(tar.subarray(1024)).toEqual(Buffer.alloc(1024));
  });

  if (!hasTool('tar', '--version')) skipped('tar unpacks it', 'tar is missing');
  else {
    const long = (length: number): string => 'p'.repeat(length);
    it.each([
      ['a short path', 'apps/home/web.yaml'],
      ['a name of a hundred bytes', long(100)],
      ['a name of a hundred and one bytes', long(101)],
      ['a folder and a name of a hundred bytes', `${long(3)}/${long(100)}`],
      ['a prefix of 155 bytes', `${long(155)}/${long(100)}`],
      ['a prefix of 156 bytes', `${long(156)}/${long(99)}`],
      ['a path of many folders', Array.from({ length: 60 }, () => 'folder').join('/')],
      ['letters beside ASCII', 'äpfel/naïve.yaml'],
      ['letters beside ASCII in a long path', `${long(90)}/äpfel.yaml`],
      ['a record of which the length has one digit more', `${long(82)}é`],
    ])('is unpacked by tar with %s', (_, path) => {
      const files = [file(path, 'one'), file('zzz.yaml', 'two')];
      expect(unpacked(tarOf(files))).toEqual({ [path]: 'one', 'zzz.yaml': 'two' });
    });

    it('is unpacked to the original files', () => {
      const names = fc.array(fc.stringMatching(/^[a-zé]{1,40}$/), { minLength: 1, maxLength: 6 });
      const texts = fc.string({ maxLength: 1100 });
      const trees = fc.uniqueArray(fc.tuple(names, texts), { maxLength: 5, selector: ([[first]]) => first });
      const equal = (tree: readonly (readonly [string[], string])[]) => {
        const files = tree.map(([parts, text]) => [parts.join('/'), text] as const);
        const tar = tarOf(files.map(([path, text]) => file(path, text)));
        expect(unpacked(tar)).toEqual(
          Object.fromEntries(files.map(([path, text]) => [path, Buffer.from(text).toString()])),
        );
      };
      fc.assert(fc.property(trees, equal), { numRuns: 25 });
    });
  }
});
