import { readdirSync } from 'node:fs';
import {
  edition,
  editByHand,
  fresh,
  HAND_WRITTEN,
  start,
  withoutRecords,
  type Edit,
  type Killer,
  type OwnedPlan,
} from './killing';
import type { Repository } from './repository';

export const first = edition(0);
export const second = edition(1);
export const third = edition(2);
const wanted = { second: fresh(second), third: fresh(third) };

/** How many operations the change from the first to the second edition takes. */
export function countOperations(killer: Killer): number {
  const repository = start();
  repository.publish(first);
  return killer.run(repository, { plan: second, stopAt: -1 }).count as number;
}

/** Kills a run at an operation, changes the repository at random, and checks the result of the next run. */
export function killOnce(killer: Killer, total: number, point: number, next: () => number): void {
  const repository = start(next() < 0.5);
  const overwritten = prepare(repository, next);
  const overwrite = overwritten && [overwritten.path];
  expect(killer.run(repository, { plan: second, stopAt: point, overwrite }).signal).toBe('SIGKILL');
  if (next() < 0.3) killer.run(repository, { plan: third, stopAt: Math.floor(next() * total), overwrite });
  const edit = next() < 0.4 ? editByHand(repository, second, next) : undefined;
  const last = next() < 0.5 ? second : third;
  repository.publish(last, { overwrite });
  expectNothingLost(repository, last, edit?.path === overwritten?.path ? undefined : edit);
}

/** The first edition, or nothing; and sometimes an edit that the run must overwrite. */
function prepare(repository: Repository, next: () => number): Edit | undefined {
  if (next() < 0.2) return undefined;
  repository.publish(first);
  // A truncated Kustomization is no longer recognized as its app's, and stays when the app is removed.
  const own = Object.fromEntries(Object.entries(first).filter(([path]) => path.startsWith('out/services/')));
  return next() < 0.3 ? editByHand(repository, own, next) : undefined;
}

/** A person's files and edits are unchanged, and the rest is as if no run had been killed. */
export function expectNothingLost(repository: Repository, last: OwnedPlan, edit?: Edit): void {
  const found = repository.snapshot();
  expect(found).toMatchObject(HAND_WRITTEN);
  const goal = last === second ? wanted.second : wanted.third;
  if (edit) {
    const known = Object.values({ ...first, ...second, ...third }).some(
      ({ content }) => content === edit.content,
    );
    if (!known) expect(found[edit.path]).toBe(edit.content);
    expect(withoutRecords(found, edit.path)).toEqual(withoutRecords(goal, edit.path));
  } else {
    expect(found).toEqual(goal);
  }
  const state = repository.path(repository.state);
  expect(repository.has(repository.state) ? readdirSync(state) : []).toEqual([]);
}
