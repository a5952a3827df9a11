import { lstatSync, rmSync, symlinkSync } from 'node:fs';
import type { PublishResult } from '../../lib/publish/publish';
import { Repository, removeRepositories } from './repository';

afterAll(removeRepositories);

const FILE = 'out/a/a.yaml';
const RECORD = 'out/a/.cdk8s-flux.json';
const codes = (result: PublishResult): string[] =>
  result.findings.map(({ code, severity }) => `${severity} ${code}`);

function edited(content: string | Buffer = 'a: by hand\n'): Repository {
  const repository = new Repository();
  repository.publish({ [FILE]: 'a: 1\n', 'out/b/b.yaml': 'b: 1\n' });
  repository.write(FILE, content);
  return repository;
}

describe('a file of ours that was edited by hand', () => {
  it('is kept and reported, and the other files are published', () => {
    const repository = edited();
    const result = repository.publish({ [FILE]: 'a: 2\n', 'out/b/b.yaml': 'b: 2\n' });
    expect(codes(result)).toEqual(['error file-edited']);
    expect(result.kept).toEqual([{ path: FILE, finding: result.findings[0] }]);
    expect(result.findings[0]?.hint).toContain(`--overwrite ${FILE}`);
    expect(result.written).toEqual(['out/b/.cdk8s-flux.json', 'out/b/b.yaml']);
    expect(repository.read(FILE)).toBe('a: by hand\n');
  });

  it('is kept and reported in each run until it is resolved', () => {
    const repository = edited();
    const plan = { [FILE]: 'a: 2\n', 'out/b/b.yaml': 'b: 1\n' };
    repository.publish(plan);
    expect(codes(repository.publish(plan))).toEqual(['error file-edited']);
    repository.write(FILE, 'a: 1\n'); // The edit is undone.
    expect(repository.publish(plan)).toMatchObject({ written: [RECORD, FILE], findings: [] });
    expect(repository.read(FILE)).toBe('a: 2\n');
  });

  it('is ours again if the code generates the same', () => {
    const repository = edited();
    const plan = { [FILE]: 'a: by hand\n', 'out/b/b.yaml': 'b: 1\n' };
    expect(repository.publish(plan)).toMatchObject({ written: [RECORD], findings: [] });
    expect(codes(repository.publish({ ...plan, [FILE]: 'a: 3\n' }))).toEqual([]);
  });

  it.each([[true], [[FILE]], [['out/a']], [['./out/a/']]])(
    'is overwritten with overwrite %j',
    (overwrite) => {
      const repository = edited();
      const result = repository.publish({ [FILE]: 'a: 2\n' }, { overwrite });
      expect(result.findings).toEqual([]);
      expect(repository.read(FILE)).toBe('a: 2\n');
    },
  );

  it('is kept if others are overwritten', () => {
    const repository = edited();
    expect(codes(repository.publish({ [FILE]: 'a: 2\n' }, { overwrite: ['out/b', 'out/a/a'] }))).toEqual([
      'error file-edited',
    ]);
  });

  it('is kept if it would be removed, with its record', () => {
    const repository = edited();
    const result = repository.publish({ 'out/b/b.yaml': 'b: 1\n' });
    expect(codes(result)).toEqual(['error file-edited']);
    expect(result.removed).toEqual([]);
    expect(repository.read(FILE)).toBe('a: by hand\n');
    expect(repository.has(RECORD)).toBe(true);
    expect(codes(repository.publish({ 'out/b/b.yaml': 'b: 1\n' }))).toEqual(['error file-edited']);
    const removed = repository.publish({ 'out/b/b.yaml': 'b: 1\n' }, { overwrite: [FILE] }).removed;
    expect(removed).toEqual([RECORD, FILE]);
    expect(repository.has('out/a')).toBe(false);
  });

  it.each([
    ['a hand edit', 'a: by hand\n', 'error file-edited'],
    ['a conflict with other lines', '<<<<<<< a\na: x\n=======\na: y\n>>>>>>> b\n', 'error merge-conflict'],
  ])('is kept with %s if it would be removed, and what is in its way is said', (_, content, code) => {
    const repository = edited(content);
    expect(codes(repository.publish({ 'out/b/b.yaml': 'b: 1\n' }))).toEqual([code]);
    expect(repository.read(FILE)).toBe(content);
  });

  it('is kept if a link has replaced it and it would be removed', () => {
    const repository = edited();
    rmSync(repository.path(FILE));
    symlinkSync('../b/b.yaml', repository.path(FILE));
    const result = repository.publish({ 'out/b/b.yaml': 'b: 1\n' });
    expect(codes(result)).toEqual(['error file-edited']);
    expect(result.findings[0]?.message).toContain('does not delete it');
    expect(lstatSync(repository.path(FILE)).isSymbolicLink()).toBe(true);
    expect(repository.has(RECORD)).toBe(true);
  });

  it('does not matter if a folder has replaced it and it would be removed', () => {
    const repository = edited();
    rmSync(repository.path(FILE));
    repository.write(`${FILE}/mine.txt`, 'mine\n');
    expect(repository.publish({ 'out/b/b.yaml': 'b: 1\n' }).findings).toEqual([]);
    expect(repository.read(`${FILE}/mine.txt`)).toBe('mine\n');
  });

  it('has its line in the record at its place among the others', () => {
    const repository = edited();
    repository.publish({ 'out/a/0.yaml': 'x: 1\n', 'out/a/b.yaml': 'x: 1\n', 'out/b/b.yaml': 'b: 1\n' });
    const files = Object.keys((JSON.parse(repository.read(RECORD)) as { files: object }).files);
    expect(files).toEqual(['out/a/0.yaml', FILE, 'out/a/b.yaml']);
  });

  it('is written again if it was emptied, because nothing is lost', () => {
    const repository = edited('');
    expect(repository.publish({ [FILE]: 'a: 2\n' })).toMatchObject({ findings: [] });
    expect(repository.read(FILE)).toBe('a: 2\n');
  });

  it('is reported if a symbolic link has replaced it', () => {
    const repository = edited();
    repository.write('elsewhere.yaml', 'mine\n');
    repository.publish({ [FILE]: 'a: 2\n' }, { overwrite: true });
    const link = repository.path('out/b/b.yaml');
    repository.publish({ 'out/b/c.yaml': 'c\n' });
    symlinkSync(repository.path('elsewhere.yaml'), link);
    expect(codes(repository.publish({ 'out/b/b.yaml': 'b: 1\n' }))).toEqual(['error file-not-ours']);
    repository.publish({ 'out/b/b.yaml': 'b: 1\n' }, { overwrite: true });
    expect(repository.read('out/b/b.yaml')).toBe('b: 1\n');
    expect(repository.read('elsewhere.yaml')).toBe('mine\n');
  });
});

describe('a file that is not ours', () => {
  it('is kept and reported if the code has another content, and is in no record', () => {
    const repository = new Repository();
    repository.write(FILE, 'a: mine\n');
    const result = repository.publish({ [FILE]: 'a: 1\n', 'out/a/b.yaml': 'b: 1\n' });
    expect(codes(result)).toEqual(['error file-not-ours']);
    expect(repository.read(FILE)).toBe('a: mine\n');
    expect(repository.read(RECORD)).not.toContain(FILE);
    expect(repository.publish({}).removed).toEqual([RECORD, 'out/a/b.yaml']);
    expect(repository.read(FILE)).toBe('a: mine\n');
  });

  it('is adopted if it is equal to the code’s', () => {
    const repository = new Repository();
    repository.write(FILE, 'a: 1\n');
    expect(repository.publish({ [FILE]: 'a: 1\n' })).toMatchObject({
      written: [RECORD],
      unchanged: 1,
      findings: [],
    });
    expect(repository.publish({}).removed).toEqual([RECORD, FILE]);
  });

  it('is overwritten on request', () => {
    const repository = new Repository();
    repository.write(FILE, 'a: mine\n');
    expect(repository.publish({ [FILE]: 'a: 1\n' }, { overwrite: true }).written).toEqual([RECORD, FILE]);
  });
});

describe('line endings', () => {
  it('are not an edit, and stay as git checked them out', () => {
    const repository = new Repository();
    const plan = { [FILE]: 'a: 1\nb: 2\n' };
    repository.publish(plan);
    repository.write(FILE, repository.read(FILE).replaceAll('\n', '\r\n'));
    repository.write(RECORD, repository.read(RECORD).replaceAll('\n', '\r\n'));
    const before = repository.stamps();
    expect(repository.publish(plan)).toMatchObject({ written: [], unchanged: 1, findings: [] });
    expect(repository.stamps()).toEqual(before);
    expect(repository.publish({ [FILE]: 'a: 1\nb: 3\n' })).toMatchObject({
      written: [RECORD, FILE],
      findings: [],
    });
  });

  it('do not hide an edit', () => {
    const repository = edited('a: by hand\r\n');
    expect(codes(repository.publish({ [FILE]: 'a: 2\n' }))).toEqual(['error file-edited']);
  });

  it('do not prevent the removal of a file', () => {
    const repository = edited('a: 1\r\n');
    expect(repository.publish({}).removed).toContain(FILE);
  });
});
