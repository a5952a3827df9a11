import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { publish, type PublishResult } from '../../lib/publish/publish';
import { initialize, Repository, removeRepositories, treeOf } from './repository';

afterAll(removeRepositories);

const FILE = 'out/a/a.yaml';
const RECORD = 'out/a/.cdk8s-flux.json';
const codes = (result: PublishResult): string[] => result.findings.map(({ code }) => code);

describe('an obstacle', () => {
  it('fails with all others before anything is written', () => {
    const repository = new Repository();
    mkdirSync(repository.path(FILE), { recursive: true });
    repository.write('out/b', 'a file\n');
    const before = repository.snapshot();
    const result = repository.publish({ [FILE]: 'a\n', 'out/b/b.yaml': 'b\n', 'out/c/c.yaml': 'c\n' });
    expect(new Set(codes(result))).toEqual(new Set(['path-blocked']));
    expect(result.findings.map(({ message }) => message)).toEqual([
      'cannot write "out/a/a.yaml": a folder, a link or a device is there',
      'cannot write "out/b/b.yaml": "out/b" is a file, and must be a folder',
      'cannot write "out/b/.cdk8s-flux.json": "out/b" is a file, and must be a folder',
    ]);
    expect(result).toMatchObject({ written: [], removed: [] });
    expect(repository.snapshot()).toEqual(before);
  });

  it('fails if it is a link that leads out of the repository', () => {
    const repository = new Repository();
    const outside = new Repository();
    mkdirSync(repository.path('out'));
    symlinkSync(outside.root, repository.path('out/a'));
    expect(new Set(codes(repository.publish({ [FILE]: 'a\n' })))).toEqual(
      new Set(['link-outside-repository']),
    );
    expect(outside.snapshot()).toEqual({});
  });

  it('fails if the published folder itself is such a link', () => {
    const repository = new Repository();
    const outside = new Repository();
    symlinkSync(outside.root, repository.path('out'));
    expect(() => repository.publish({ [FILE]: 'a\n' })).toThrow('link-outside-repository');
    expect(outside.snapshot()).toEqual({});
  });

  it('is not a link that stays inside the repository', () => {
    const repository = new Repository();
    mkdirSync(repository.path('real'));
    mkdirSync(repository.path('out'));
    symlinkSync('../real', repository.path('out/a'));
    repository.publish({ [FILE]: 'a\n' });
    expect(repository.read('real/a.yaml')).toBe('a\n');
    expect(repository.publish({ [FILE]: 'a\n' })).toMatchObject({ written: [], unchanged: 1 });
  });

  it('fails with the failed operation if the file system refuses, and the next run completes it', () => {
    const repository = new Repository();
    const plan = { [FILE]: 'a: 1\n', 'out/b/b.yaml': 'b: 1\n' };
    repository.publish(plan);
    const changed = { [FILE]: 'a: 2\n', 'out/b/b.yaml': 'b: 2\n' };
    const hook = (operation: string, path: string): void => {
      if (operation === 'fill' && path === 'out/b/b.yaml')
        throw Object.assign(new Error(), { code: 'ENOSPC' });
    };
    const options = { root: repository.root, output: 'out', tree: treeOf(changed) };
    expect(() => publish(options, { hook })).toThrow(
      /publish-failed at out\/b\/b.yaml\n.*could not write .*no space is left on the disk/,
    );
    expect(repository.has(join(repository.state, 'lock'))).toBe(false);
    expect(repository.has(repository.journal)).toBe(true);
    expect(readdirSync(repository.path('out/b')).sort()).toEqual(['.cdk8s-flux.json', 'b.yaml']);
    expect(repository.publish(changed).findings).toEqual([]);
    expect(repository.has(repository.state)).toBe(false);
    expect(repository.read('out/b/b.yaml')).toBe('b: 2\n');
  });

  it('fails if it is a read-only folder', () => {
    if (process.getuid?.() === 0) return expect(process.getuid()).toBe(0); // Root is refused nothing.
    const repository = new Repository();
    repository.publish({ [FILE]: 'a: 1\n' });
    chmodSync(repository.path('out/a'), 0o555);
    const attempt = (): unknown => repository.publish({ [FILE]: 'a: 2\n' });
    expect(attempt).toThrow('permission denied (EACCES)');
    chmodSync(repository.path('out/a'), 0o755);
    expect(attempt()).toMatchObject({ findings: [] });
  });
});

describe('a symbolic link', () => {
  it('fails if it leads into the git directory', () => {
    const repository = new Repository('out', { git: true });
    mkdirSync(repository.path('out'));
    mkdirSync(repository.path('.git/hooks'));
    symlinkSync('../.git/hooks', repository.path('out/a'));
    expect(codes(repository.publish({ [FILE]: 'a\n' }))).toContain('link-outside-repository');
    expect(readdirSync(repository.path('.git/hooks'))).toEqual([]);
  });

  it('fails in place of a record, and stays', () => {
    const repository = new Repository();
    repository.write('mine.json', '{}');
    mkdirSync(repository.path('out/a'), { recursive: true });
    symlinkSync('../../mine.json', repository.path(RECORD));
    expect(codes(repository.publish({ [FILE]: 'a\n' }))).toEqual(['path-blocked']);
    expect(repository.read('mine.json')).toBe('{}');
  });

  it('without a target is kept, and replaced on request', () => {
    const repository = new Repository();
    mkdirSync(repository.path('out/a'), { recursive: true });
    symlinkSync('nowhere', repository.path(FILE));
    expect(codes(repository.publish({ [FILE]: 'a\n' }))).toEqual(['file-not-ours']);
    repository.publish({ [FILE]: 'a\n' }, { overwrite: true });
    expect(repository.read(FILE)).toBe('a\n');
    expect(repository.has('out/a/nowhere')).toBe(false);
  });
});

describe('a file that is too large to be read', () => {
  it('is kept if a file is planned, and replaced on request', () => {
    const repository = new Repository();
    repository.write(FILE, '');
    truncateSync(repository.path(FILE), 300 * 1024 * 1024); // A sparse file: it takes no space on the disk.
    expect(codes(repository.publish({ [FILE]: 'a\n' }))).toEqual(['file-not-ours']);
    expect(statSync(repository.path(FILE)).size).toBe(300 * 1024 * 1024);
    repository.publish({ [FILE]: 'a\n' }, { overwrite: true });
    expect(repository.read(FILE)).toBe('a\n');
  });
});

describe('a FIFO', () => {
  const fifo = (repository: Repository, path: string): void => {
    mkdirSync(join(repository.path(path), '..'), { recursive: true });
    spawnSync('mkfifo', [repository.path(path)]);
  };

  it.each([FILE, RECORD])('fails at %s, without waiting for a writer', (path) => {
    const repository = new Repository();
    fifo(repository, path);
    expect(codes(repository.publish({ [FILE]: 'a\n' }))).toEqual(['path-blocked']);
  });

  it('does not matter if nothing is planned', () => {
    const repository = new Repository();
    fifo(repository, 'out/b/.cdk8s-flux.json');
    expect(repository.publish({ [FILE]: 'a\n' }).findings).toEqual([]);
  });

  it('fails at the end of a link', () => {
    const repository = new Repository();
    fifo(repository, 'pipe');
    mkdirSync(repository.path('out/a'), { recursive: true });
    symlinkSync('../../pipe', repository.path(FILE));
    expect(codes(repository.publish({ [FILE]: 'a\n' }))).toEqual(['file-not-ours']);
  });
});

describe('a planned file', () => {
  it.each([
    '.git/hooks/a.yaml',
    'out/.GIT/a.yaml',
    'out/git~1/a.yaml',
    'out/a/.cdk8s-flux.json',
    'out/.cdk8s-flux.state/lock',
  ])('fails at %s', (path) => {
    const repository = new Repository();
    initialize(repository.path('.git'));
    const plan = { [path]: { owner: 'out', content: 'a\n' } };
    expect(() => repository.publish(plan)).toThrow(`path-reserved at ${path}`);
    expect(repository.has(path)).toBe(false);
  });

  it.each(['.cdk8s-flux.lock.notes', '.cdk8s-flux.tmp', '.cdk8s-flux.lock', '.cdk8s-flux.notes'])(
    'leaves a person’s file %s alone',
    (name) => {
      const repository = new Repository();
      repository.write(`out/${name}`, 'mine\n');
      repository.write(`out/a/${name}`, 'mine\n');
      repository.publish({ [FILE]: 'a: 1\n' });
      expect(repository.publish({}).findings).toEqual([]);
      expect([repository.read(`out/${name}`), repository.read(`out/a/${name}`)]).toEqual([
        'mine\n',
        'mine\n',
      ]);
    },
  );
});
