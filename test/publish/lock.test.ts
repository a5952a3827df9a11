import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { PublishResult } from '../../lib/publish/publish';
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
