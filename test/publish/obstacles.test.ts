import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { PublishResult } from '../../lib/publish/publish';
import { Repository, removeRepositories } from './repository';

afterAll(removeRepositories);

const FILE = 'out/a/a.yaml';
const LOCK = 'out/.cdk8s-flux.lock';
const JOURNAL = 'out/.cdk8s-flux.journal';
const codes = (result: PublishResult): string[] => result.findings.map(({ code }) => code);

describe('what stands in the way', () => {
  it('fails with all of it before anything is written', () => {
    const repository = new Repository();
    mkdirSync(repository.path(FILE), { recursive: true });
    repository.write('out/b', 'a file\n');
    const before = repository.snapshot();
    const result = repository.publish({ [FILE]: 'a\n', 'out/b/b.yaml': 'b\n', 'out/c/c.yaml': 'c\n' });
    expect(new Set(codes(result))).toEqual(new Set(['path-blocked']));
    expect(result.findings.map(({ message }) => message)).toEqual([
      '"out/a/a.yaml" is no file on disk, but a folder or a device',
      '"out/b/b.yaml" needs a folder where "out/b" is a file',
      '"out/b/.cdk8s-flux.json" needs a folder where "out/b" is a file',
    ]);
    expect(result).toMatchObject({ written: [], removed: [] });
    expect(repository.snapshot()).toEqual(before);
  });

  it('fails on a link that leads out of the repository', () => {
    const repository = new Repository();
    const outside = new Repository();
    mkdirSync(repository.path('out'));
    symlinkSync(outside.root, repository.path('out/a'));
    expect(new Set(codes(repository.publish({ [FILE]: 'a\n' })))).toEqual(
      new Set(['link-outside-repository']),
    );
    expect(outside.snapshot()).toEqual({});
  });

  it('fails when the published folder itself is such a link', () => {
    const repository = new Repository();
    const outside = new Repository();
    symlinkSync(outside.root, repository.path('out'));
    expect(() => repository.publish({ [FILE]: 'a\n' })).toThrow('link-outside-repository');
    expect(outside.snapshot()).toEqual({});
  });

  it('is no link that stays within the repository', () => {
    const repository = new Repository();
    mkdirSync(repository.path('real'));
    mkdirSync(repository.path('out'));
    symlinkSync('../real', repository.path('out/a'));
    repository.publish({ [FILE]: 'a\n' });
    expect(repository.read('real/a.yaml')).toBe('a\n');
    expect(repository.publish({ [FILE]: 'a\n' })).toMatchObject({ written: [], unchanged: 1 });
  });

  it('fails with what could not be done when the file system refuses, and the next run completes it', () => {
    const repository = new Repository();
    const plan = { [FILE]: 'a: 1\n', 'out/b/b.yaml': 'b: 1\n' };
    repository.publish(plan);
    const changed = { [FILE]: 'a: 2\n', 'out/b/b.yaml': 'b: 2\n' };
    // A folder in the place of the temporary file serves also for a user whom no permission stops.
    mkdirSync(repository.path('out/b/.cdk8s-flux.tmp'));
    expect(() => repository.publish(changed)).toThrow(/publish-failed at out\/b\/b.yaml\n.*could not write/);
    expect(repository.has(LOCK)).toBe(false);
    expect(repository.has(JOURNAL)).toBe(true);
    spawnSync('rmdir', [repository.path('out/b/.cdk8s-flux.tmp')]);
    expect(repository.publish(changed).findings).toEqual([]);
    expect(repository.has(JOURNAL)).toBe(false);
    expect(repository.read('out/b/b.yaml')).toBe('b: 2\n');
  });

  it('fails when a folder cannot be written to', () => {
    if (process.getuid?.() === 0) return expect(process.getuid()).toBe(0); // nothing is refused to root
    const repository = new Repository();
    repository.publish({ [FILE]: 'a: 1\n' });
    chmodSync(repository.path('out/a'), 0o555);
    const attempt = (): unknown => repository.publish({ [FILE]: 'a: 2\n' });
    expect(attempt).toThrow('permission is denied (EACCES)');
    chmodSync(repository.path('out/a'), 0o755);
    expect(attempt()).toMatchObject({ findings: [] });
  });
});

describe('a journal', () => {
  const cutOff = (size: number, content: string): Repository => {
    const repository = new Repository();
    repository.publish({ [FILE]: 'first: 1\nsecond: 2\n' });
    const { files } = JSON.parse(repository.read('out/a/.cdk8s-flux.json')) as {
      files: Record<string, string>;
    };
    spawnSync('rm', [repository.path('out/a/.cdk8s-flux.json')]);
    repository.write(FILE, content);
    const entry = { owner: 'out/a', hashes: [files[FILE]], size };
    repository.write(JOURNAL, JSON.stringify({ version: 1, files: { [FILE]: entry } }));
    return repository;
  };

  it('tells a file that was cut off in mid-write', () => {
    const repository = cutOff(19, 'first: 1\nsec');
    expect(repository.publish({ [FILE]: 'first: 1\nsecond: 2\n' }).findings).toEqual([]);
    expect(repository.read(FILE)).toBe('first: 1\nsecond: 2\n');
  });

  it('tells it also when the code has changed since, or makes the file no more', () => {
    expect(cutOff(19, 'first: 1\nsec').publish({ [FILE]: 'other: 1\n' }).findings).toEqual([]);
    expect(cutOff(19, 'first: 1\nsec').publish({}).removed).toEqual([FILE]);
  });

  it.each(['by hand\n', 'first: 1\nsecond: 2\nthird: 3\n'])('does not hide a hand edit (%j)', (content) => {
    const repository = cutOff(19, content);
    expect(codes(repository.publish({ [FILE]: 'first: 1\nsecond: 2\n' }))).toEqual(['file-edited']);
    expect(repository.read(FILE)).toBe(content);
  });

  it('that is not ours is of no interest', () => {
    const repository = new Repository();
    const outside = new Repository();
    outside.write('x', 'x');
    const up = `${'../'.repeat(20)}${outside.path('x').slice(1)}`;
    repository.write(
      JOURNAL,
      JSON.stringify({ version: 1, files: { [up]: { owner: 'out', hashes: [], size: 99 } } }),
    );
    expect(repository.publish({ [FILE]: 'a\n' }).findings).toEqual([]);
    expect(outside.has('x')).toBe(true);
    repository.write(JOURNAL, 'no journal');
    expect(repository.publish({ [FILE]: 'a\n' }).findings).toEqual([]);
  });
});

describe('a lock', () => {
  const holder = (pid: number | undefined, host = hostname(), started = ''): string =>
    JSON.stringify({ pid, host, started });

  it('of a dead process is taken over', () => {
    const repository = new Repository();
    repository.write(LOCK, holder(spawnSync('true').pid));
    expect(repository.publish({ [FILE]: 'a\n' }).written).toHaveLength(2);
    expect(repository.has(LOCK)).toBe(false);
  });

  it('fails a run when it is held by a living process, and stays', () => {
    const repository = new Repository();
    const text = holder(process.ppid);
    repository.write(LOCK, text);
    expect(() => repository.publish({ [FILE]: 'a\n' })).toThrow(`process ${process.ppid} on`);
    expect(repository.read(LOCK)).toBe(text);
    expect(repository.has(FILE)).toBe(false);
  });

  it('fails a run when it is of another host, whose processes cannot be seen', () => {
    const repository = new Repository();
    repository.write(LOCK, holder(1, 'elsewhere'));
    expect(() => repository.publish({ [FILE]: 'a\n' })).toThrow(`delete ${LOCK}`);
  });

  it('of an earlier process with the same number is taken over', () => {
    const repository = new Repository();
    repository.write(LOCK, holder(process.pid, hostname(), process.platform === 'linux' ? '1' : ''));
    const attempt = (): PublishResult => repository.publish({ [FILE]: 'a\n' });
    if (process.platform === 'linux') expect(attempt().written).toHaveLength(2);
    else expect(attempt).toThrow('publish-locked'); // elsewhere the start of a process cannot be read
  });

  it('is waited for', () => {
    const repository = new Repository();
    const running = spawn('sleep', ['0.1']);
    repository.write(LOCK, holder(running.pid));
    // The child's end is noticed while this process is blocked: a zombie counts as living until it is reaped.
    const remover = spawn('sh', ['-c', `sleep 0.1; rm '${repository.path(LOCK)}'`]);
    expect(remover.pid).toBeDefined();
    expect(repository.publish({ [FILE]: 'a\n' }).written).toHaveLength(2);
  });

  it('is not needed to check', () => {
    const repository = new Repository();
    repository.write(LOCK, holder(process.ppid));
    expect(repository.publish({ [FILE]: 'a\n' }, { check: true }).written).toHaveLength(2);
  });
});
