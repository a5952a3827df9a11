import { execFileSync } from 'node:child_process';
import type { PublishOptions } from '../../lib/publish/publish';
import { Repository, type Plan } from './repository';

function git(repository: Repository, ...words: string[]): void {
  const settings = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'init.defaultBranch=main'];
  execFileSync('git', [...settings, ...words], { cwd: repository.root, stdio: 'pipe' });
}

/** Publishes on two branches from a common base, and merges the second into the first. */
export function merged(
  base: Plan,
  ours: Plan,
  theirs: Plan,
  style = 'merge',
  options: Partial<PublishOptions> = {},
): Repository {
  const repository = new Repository();
  const commit = (plan: Plan): void => {
    expect(repository.publish(plan, options).findings).toEqual([]);
    git(repository, 'add', '.');
    git(repository, 'commit', '-qm', 'synth');
  };
  git(repository, 'init', '-q');
  git(repository, 'config', 'merge.conflictStyle', style);
  commit(base);
  git(repository, 'checkout', '-qb', 'theirs');
  commit(theirs);
  git(repository, 'checkout', '-q', 'main');
  commit(ours);
  try {
    git(repository, 'merge', '-q', 'theirs');
  } catch {
    // Most of the tests need a conflict.
  }
  return repository;
}
