import { lstatSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import type { PublishOptions, PublishResult } from '../../lib/publish/publish';
import { kustomization, Repository, removeRepositories, type Plan } from './repository';

afterAll(removeRepositories);

const FILE = 'out/a/a.yaml';
const RECORD = 'out/a/.cdk8s-flux.json';
const TOKEN = '0123456789abcdef0123456789abcdef';
const codes = (result: PublishResult): string[] => result.findings.map(({ code }) => code);

describe('a link in place of a planned file', () => {
  it.each([
    ['the planned content', 'a: 1\n', [], 1],
    ['the planned content with Windows line ends', 'a: 1\r\n', [], 1],
    ['another content', 'a: mine\n', ['file-not-ours'], 0],
    ['nothing', undefined, ['file-not-ours'], 0],
  ])('stays, and is reported unless it leads to that content: %s', (_, content, found, unchanged) => {
    const repository = new Repository();
    if (content !== undefined) repository.write('out/mine', content);
    mkdirSync(repository.path('out/a'), { recursive: true });
    symlinkSync('../mine', repository.path(FILE));
    const result = repository.publish({ [FILE]: 'a: 1\n', 'out/a/b.yaml': 'b: 1\n' });
    expect([codes(result), result.unchanged]).toEqual([found, unchanged]);
    expect(lstatSync(repository.path(FILE)).isSymbolicLink()).toBe(true);
  });

  it('counts as an edit if the file was ours', () => {
    const repository = new Repository();
    repository.publish({ [FILE]: 'a: 1\n' });
    rmSync(repository.path(FILE));
    symlinkSync('../mine', repository.path(FILE));
    expect(codes(repository.publish({ [FILE]: 'a: 2\n' }))).toEqual(['file-edited']);
  });
});

describe('the difference of a file that is kept', () => {
  const asked: string[] = [];
  const compareFiles: PublishOptions['compareFiles'] = (found, { path }) => {
    asked.push(`${path}: ${found.toString()}`);
    return { onlyFormatting: true, details: ['a: 1 -> 2'] };
  };

  it.each([
    ['is shown for a hand edit', 'a: 2\n', ['a: 1 -> 2']],
    ['is not asked for with conflict markers', '<<<<<<< a\na: x\n=======\na: y\n>>>>>>> b\n', undefined],
  ])('%s', (_, content, details) => {
    const repository = new Repository();
    repository.publish({ [FILE]: 'a: 1\n' });
    repository.write(FILE, content);
    asked.length = 0;
    const { findings } = repository.publish({ [FILE]: 'a: 3\n' }, { compareFiles });
    expect(findings.map((finding) => finding.details)).toEqual([details]);
    expect(new Set(asked)).toEqual(new Set(details ? [`${FILE}: ${content}`] : []));
    expect(findings[0]?.message.includes('in another format')).toBe(details !== undefined);
  });
});

describe('a marked value of the other layout', () => {
  const marked = (tag: string): string => `tag: ${tag} # {"$imagepolicy": "ns:app"}\n`;

  it.each([
    ['is kept below a folder whose name has the same ending', 'out/a.yaml.d/a.yaml', '1.5'],
    ['is kept from a patch', 'out/a/a.yaml', '1.5'],
  ])('%s', (_, file, tag) => {
    const patch = file.replace(/yaml$/, 'patch.yaml');
    for (const [before, after] of [
      [file, patch],
      [patch, file],
    ] as const) {
      const repository = new Repository();
      repository.publish({ [before]: marked('1.0') });
      repository.write(before, marked(tag));
      repository.publish({ [after]: marked('1.0') });
      expect(repository.read(after)).toBe(marked(tag));
    }
  });

  it.each<[string, (repository: Repository) => void]>([
    ['is gone', (repository) => rmSync(repository.path(FILE))],
    ['is a link now', replaceByLink],
    ['has another value in the code', () => undefined],
  ])('is not kept if the former file %s', (name, prepare) => {
    const repository = new Repository();
    repository.publish({ [FILE]: marked(name.startsWith('has') ? '0.9' : '1.0') });
    repository.write(FILE, marked('1.5'));
    prepare(repository);
    repository.publish({ 'out/a/a.patch.yaml': marked('1.0') });
    expect(repository.read('out/a/a.patch.yaml')).toBe(marked('1.0'));
  });

  function replaceByLink(repository: Repository): void {
    rmSync(repository.path(FILE));
    repository.write('mine', marked('1.5'));
    symlinkSync('../../mine', repository.path(FILE));
  }
});

describe('a folder that is no longer published to', () => {
  const flux = 'out/flux/a.yaml';
  const at = (folder: string): Plan => ({
    [flux]: { owner: folder, content: kustomization(folder) },
    [`${folder}/a.yaml`]: { owner: folder, content: 'a: 1\n' },
  });
  const moved = (change: (repository: Repository) => void = () => undefined): PublishResult => {
    const repository = new Repository();
    repository.publish(at('former/a'), { folders: ['out', 'former'] });
    change(repository);
    const result = repository.publish(at('out/a'), { folders: ['out'], overwrite: [flux] });
    expect(repository.read('former/a/a.yaml')).toBe('a: 1\n');
    return result;
  };

  it('is reported if the Kustomization in place of a new one applied it, and stays', () => {
    const result = moved();
    expect(codes(result)).toEqual(['record-entry-ignored']);
    expect(result.findings[0]).toMatchObject({
      message: '"former/a" is no longer a folder of the app; synth does not change its files',
      locations: [{ file: 'former/a/.cdk8s-flux.json' }],
    });
  });

  it.each<[string, (repository: Repository) => void]>([
    ['it has no record', (repository) => rmSync(repository.path('former/a/.cdk8s-flux.json'))],
    ['the Kustomization is gone', (repository) => rmSync(repository.path(flux))],
    ['the Kustomization is the new one', (repository) => repository.write(flux, kustomization('out/a'))],
    ['the Kustomization applies another', (repository) => repository.write(flux, kustomization('other'))],
  ])('is not reported if %s', (_, change) => {
    expect(codes(moved(change))).toEqual([]);
  });

  it('is not reported if a file in the folder of its owner names it', () => {
    const repository = new Repository();
    const folders = ['out', 'former'];
    repository.publish({ 'former/a/a.yaml': 'a: 1\n' }, { folders });
    repository.publish({ [FILE]: kustomization('former/a') }, { folders: ['out'] });
    expect(codes(repository.publish({ [FILE]: 'a: 1\n' }, { folders: ['out'] }))).toEqual([]);
  });
});

describe('a journal whose changes are made', () => {
  it.each([
    ['out/a/a.yaml', 'out/a', false],
    ['docs/a.svg', 'docs', true],
  ])('goes, with the empty folder of a removed file if that is published to (%s)', (path, folder, stays) => {
    const repository = new Repository();
    repository.publish({ 'out/b/b.yaml': 'b: 1\n' });
    mkdirSync(repository.path(folder), { recursive: true });
    const files = { [path]: { owner: 'out', hashes: [] } };
    repository.write(repository.journal, JSON.stringify({ version: 1, token: TOKEN, files }));
    const result = repository.publish({ 'out/b/b.yaml': 'b: 1\n' });
    expect(result).toMatchObject({ written: [], removed: [], findings: [] });
    expect(repository.has(folder)).toBe(stays);
    expect(repository.has(repository.journal)).toBe(false);
  });

  it('stays for what a part run does not look at', () => {
    const repository = new Repository();
    const files = { [FILE]: { owner: 'out/a', hashes: [] } };
    repository.write(repository.journal, JSON.stringify({ version: 1, token: TOKEN, files }));
    repository.publish({ 'out/b/b.yaml': 'b: 1\n' }, { complete: false });
    expect(Object.keys((JSON.parse(repository.read(repository.journal)) as { files: object }).files)).toEqual(
      [FILE],
    );
  });
});

describe('the record of an owner', () => {
  it('is neither written nor removed if its only file is not ours', () => {
    const repository = new Repository();
    repository.write(FILE, 'a: mine\n');
    const result = repository.publish({ [FILE]: 'a: 1\n' });
    expect(result).toMatchObject({ written: [], removed: [] });
    expect(repository.has(RECORD)).toBe(false);
  });

  it('lists files of any name, and recognizes them', () => {
    const repository = new Repository();
    repository.publish({ 'out/a/Makefile': 'a: 1\n' });
    expect(codes(repository.publish({ 'out/a/Makefile': 'a: 2\n' }))).toEqual([]);
    expect(repository.read('out/a/Makefile')).toBe('a: 2\n');
  });

  it('cannot list what is behind a link', () => {
    const repository = new Repository();
    repository.publish({ 'out/a/b/b.yaml': { owner: 'out/a', content: 'b: 1\n' } });
    rmSync(repository.path('out/a/b'), { recursive: true });
    repository.write('elsewhere/b.yaml', 'b: 1\n');
    symlinkSync('../../elsewhere', repository.path('out/a/b'));
    expect(codes(repository.publish({}))).toEqual(['record-entry-ignored']);
    expect(repository.read('elsewhere/b.yaml')).toBe('b: 1\n');
  });
});

describe('a run', () => {
  it('fails if another run takes its lock while it plans, and writes nothing', () => {
    const repository = new Repository();
    repository.publish({ [FILE]: 'a: 1\n' });
    repository.write(FILE, 'a: mine\n');
    const lock = `${repository.state}/lock`;
    const before = repository.snapshot();
    const compareFiles = (): undefined => {
      if (repository.has(lock)) repository.write(lock, '{"pid":1,"host":"elsewhere"}');
    };
    const plan = { [FILE]: 'a: 2\n', 'out/b/b.yaml': 'b: 1\n' };
    expect(() => repository.publish(plan, { compareFiles })).toThrow(
      expect.objectContaining({
        findings: [
          expect.objectContaining({
            code: 'publish-locked',
            message: expect.stringContaining('another run took the lock'),
            locations: [{ file: lock }],
          }),
        ],
      }),
    );
    expect(repository.read(lock)).toBe('{"pid":1,"host":"elsewhere"}');
    rmSync(repository.path(repository.state), { recursive: true });
    expect(repository.snapshot()).toEqual(before);
  });
});
