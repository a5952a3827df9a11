import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, utimesSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { takeLock } from '../../lib/publish/lock';
import type { PublishResult } from '../../lib/publish/publish';
import { StateFolder } from '../../lib/publish/state-folder';
import { Repository, removeRepositories } from './repository';

afterAll(removeRepositories);

const FILE = 'out/a/a.yaml';

describe.each([{ git: true }, { git: false }])('a lock (%j)', (options) => {
  const create = (): { repository: Repository; lock: string } => {
    const repository = new Repository('out', options);
    return { repository, lock: join(repository.state, 'lock') };
  };
  const holder = (pid: number | undefined, host = hostname(), started = ''): string =>
    JSON.stringify({ pid, host, started });

  it('of a dead process is taken over', () => {
    const { repository, lock } = create();
    repository.write(lock, holder(spawnSync('true').pid));
    expect(repository.publish({ [FILE]: 'a\n' }).written).toHaveLength(2);
    expect(repository.has(lock)).toBe(false);
  });

  it('fails a run if a living process holds it, and stays', () => {
    const { repository, lock } = create();
    const text = holder(process.ppid);
    repository.write(lock, text);
    expect(() => repository.publish({ [FILE]: 'a\n' })).toThrow(`process ${process.ppid} on`);
    expect(repository.read(lock)).toBe(text);
    expect(repository.has(FILE)).toBe(false);
  });

  it('fails a run if it belongs to another host, whose processes are unknown', () => {
    const { repository, lock } = create();
    repository.write(lock, holder(1, 'elsewhere'));
    expect(() => repository.publish({ [FILE]: 'a\n' })).toThrow(`delete ${lock}`);
  });

  it('of an earlier process with the same number is taken over', () => {
    const { repository, lock } = create();
    repository.write(lock, holder(process.pid, hostname(), process.platform === 'linux' ? '1' : ''));
    const attempt = (): PublishResult => repository.publish({ [FILE]: 'a\n' });
    if (process.platform === 'linux') expect(attempt().written).toHaveLength(2);
    else expect(attempt).toThrow('publish-locked'); // Elsewhere, the start of a process cannot be read.
  });

  it('is waited for', () => {
    const { repository, lock } = create();
    const running = spawn('sleep', ['0.1']);
    repository.write(lock, holder(running.pid));
    // This process is blocked when the child ends, and notices it later: a zombie counts as alive until it is reaped.
    const remover = spawn('sh', ['-c', `sleep 0.1; rm '${repository.path(lock)}'`]);
    expect(remover.pid).toBeDefined();
    expect(repository.publish({ [FILE]: 'a\n' }, {}, 10_000).written).toHaveLength(2);
  });

  it('is not needed for a check', () => {
    const { repository, lock } = create();
    repository.write(lock, holder(process.ppid));
    expect(repository.publish({ [FILE]: 'a\n' }, { check: true }).written).toHaveLength(2);
  });

  it.each(['a link that leads nowhere', 'a link to a file', 'a folder', 'a FIFO'])(
    'fails a run immediately if it is %s',
    (what) => {
      const { repository, lock } = create();
      mkdirSync(repository.path(repository.state), { recursive: true });
      if (what === 'a folder') mkdirSync(repository.path(lock));
      else if (what === 'a FIFO') spawnSync('mkfifo', [repository.path(lock)]);
      else symlinkSync(what === 'a link to a file' ? '/etc/hostname' : 'nowhere', repository.path(lock));
      expect(() => repository.publish({ [FILE]: 'a\n' })).toThrow(
        `delete ${lock}, and run the command again`,
      );
      expect(repository.has(FILE)).toBe(false);
      expect(repository.has(lock)).toBe(true);
    },
  );

  it('fails a run whose state folder is a file, or a link to another place', () => {
    const { repository } = create();
    repository.write('elsewhere/mine', 'mine\n');
    mkdirSync(join(repository.path(repository.state), '..'), { recursive: true });
    symlinkSync(repository.path('elsewhere'), repository.path(repository.state));
    expect(() => repository.publish({ [FILE]: 'a\n' })).toThrow('path-blocked');
    spawnSync('rm', [repository.path(repository.state)]);
    repository.write(repository.state, 'mine\n');
    expect(() => repository.publish({ [FILE]: 'a\n' })).toThrow('path-blocked');
    expect(readdirSync(repository.path('elsewhere'))).toEqual(['mine']);
  });

  it('is removed if a killed run had moved it away', () => {
    const { repository } = create();
    const aside = join(repository.state, `lock.${spawnSync('true').pid}`);
    const running = join(repository.state, `lock.${process.ppid}`);
    repository.write(aside, '');
    repository.write(running, '');
    repository.publish({ [FILE]: 'a\n' });
    expect([repository.has(aside), repository.has(running)]).toEqual([false, true]);
  });
});

describe('the text of a lock', () => {
  const SECOND = 1000;

  /** Takes a lock that has a text and an age. */
  const take = (text: string, age: number, wait = 0): (() => void) => {
    const repository = new Repository();
    const lock = join(repository.state, 'lock');
    repository.write(lock, text);
    const time = (Date.now() - age) / SECOND;
    utimesSync(repository.path(lock), time, time);
    return () => {
      takeLock(StateFolder.find(repository.root, 'out'), wait).release();
      expect(repository.has(repository.state)).toBe(false);
    };
  };
  const dead = spawnSync('true').pid;

  it.each([
    ['nothing', ''],
    ['no JSON', '{"pid":1,"ho'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['a number that is a text', '{"pid":"1","host":"elsewhere"}'],
    ['no host', '{"pid":1}'],
    ['a host that is a number', '{"pid":1,"host":1}'],
  ])('may be torn (%s): it is taken over after a second', (_, text) => {
    expect(take(text, 2 * SECOND)).not.toThrow();
  });

  it('may not be written yet: a new one is waited for', () => {
    const start = Date.now();
    expect(take('', 0)).not.toThrow();
    expect(Date.now() - start).toBeGreaterThan(0.9 * SECOND);
    expect(take('', -3600 * SECOND)).toThrow('another process is writing to the same repository');
  });

  it.each([
    ['a dead process of this host', dead, hostname(), '', true],
    ['a dead process of another host', dead, 'elsewhere', '', false],
    ['a process that runs', process.ppid, hostname(), '', false],
    ['process 1, which may belong to another user', 1, hostname(), '', false],
    ['a process that runs, and has started then', process.ppid, hostname(), startOf(process.ppid), false],
  ])('is that of %s', (_, pid, host, started, isTaken) => {
    const attempt = take(JSON.stringify({ pid, host, started }), 3600 * SECOND);
    if (isTaken) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(`process ${pid} on "${host}" is writing to the same repository`);
  });

  it('is what shows that it is still held', () => {
    const repository = new Repository();
    const lock = takeLock(StateFolder.find(repository.root, 'out'), 0);
    expect(lock.isHeld()).toBe(true);
    repository.write(join(repository.state, 'lock'), '{"pid":1,"host":"elsewhere"}');
    expect(lock.isHeld()).toBe(false);
    lock.release();
    expect(repository.has(join(repository.state, 'lock'))).toBe(true);
  });
});

/** When a process started, as the system says it; empty where it does not. */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return '';
  return (
    readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')[19] ?? ''
  );
}
