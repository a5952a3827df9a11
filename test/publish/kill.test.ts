import { Child } from './child';
import { countOperations, expectNothingLost, first, killOnce, second, third } from './kill-scenario';
import { Killer, random, start } from './killing';
import { Repository, removeRepositories } from './repository';

const child = new Child();
const killer = new Killer(child);

afterAll(() => {
  removeRepositories();
  child.remove();
});

const seed = Number(process.env['KILL_SEED'] ?? 20261123);

describe(`a run that is killed (KILL_SEED=${seed})`, () => {
  const next = random(seed);
  const total = countOperations(killer);
  const points = [0, 1, 2, 3, 4, 5, total - 3, total - 2, total - 1];
  while (points.length < 32) points.push(Math.floor(next() * total));

  it.each(points)(
    `before operation %i of ${total} is completed by the next, which loses no edit`,
    (point) => {
      killOnce(killer, total, point, random(seed + point));
    },
  );

  it.each(Array.from({ length: 6 }, () => next()))(
    'at a random time (%f) is completed by the next',
    async (part) => {
      const repository = start(part < 0.5);
      repository.publish(first);
      await killer.start(repository, { plan: second, stopAt: -1 }, part * 15);
      expect(repository.publish(second).findings).toEqual([]);
      expectNothingLost(repository, second);
    },
  );

  it('leaves its journal to a run that looks at those files, if a part run comes first', () => {
    const repository = start();
    repository.publish(first);
    killer.run(repository, { plan: second, stopAt: Math.floor(total / 2) });
    const part = Object.fromEntries(Object.entries(second).filter(([, { owner }]) => owner.endsWith('app5')));
    expect(repository.publish(part, { complete: false }).findings).toEqual([]);
    expect(repository.publish(third).findings).toEqual([]);
    expectNothingLost(repository, third);
  });
});

describe('simultaneous runs', () => {
  it('take turns', async () => {
    const repository = start(true);
    repository.publish(first);
    const runs = [second, second, third].map((plan) => killer.start(repository, { plan, stopAt: -1 }));
    for (const codes of await Promise.all(runs)) expect(codes).toEqual([]);
    expect(repository.publish(third).findings).toEqual([]);
    expectNothingLost(repository, third);
  });

  it.each([3, 40, 90])('continue if one of them is killed before operation %i', async (stopAt) => {
    const repository = start(true);
    repository.publish(first);
    const runs = [
      killer.start(repository, { plan: third, stopAt }),
      killer.start(repository, { plan: second, stopAt: -1 }),
    ];
    const [, codes] = await Promise.all(runs);
    expect(codes).toEqual([]);
    expect(repository.publish(second).findings).toEqual([]);
    expectNothingLost(repository, second);
  });
});

describe('a killed run that replaces files', () => {
  const before = Object.fromEntries(
    ['a', 'b', 'c'].map((name) => [`${name}.yaml`, `old ${name}\n`.repeat(50)]),
  );
  const after = Object.fromEntries(
    ['a', 'b', 'c'].map((name) => [`${name}.yaml`, `new ${name}\n`.repeat(50)]),
  );

  it.each([0, 1, 2, 3, 5, 7, 9, 10, 11])('before operation %i leaves each file old or new', (stopAt) => {
    const repository = new Repository('', { git: stopAt % 2 === 0 });
    for (const [path, content] of Object.entries(before)) repository.write(path, content);
    const replace = (from: Record<string, string>): void => {
      const files = Object.entries(after).map(([path, to]) => ({ path, from: from[path], to }));
      expect(killer.replace(repository, files, from === before ? stopAt : -1)).toBe(
        from === before ? 'SIGKILL' : null,
      );
    };
    replace(before);
    const left = Object.fromEntries(Object.keys(before).map((path) => [path, repository.read(path)]));
    for (const [path, content] of Object.entries(left))
      expect([before[path], after[path]]).toContain(content);
    replace(left);
    expect(repository.snapshot()).toEqual(after);
  });

  it('fails without writing if a file has changed since it was read', () => {
    const repository = new Repository('', { git: true });
    for (const [path, content] of Object.entries(before)) repository.write(path, content);
    repository.write('b.yaml', 'by hand\n');
    const files = Object.entries(after).map(([path, to]) => ({ path, from: before[path], to }));
    expect(killer.replace(repository, files, -1)).toBeNull();
    expect(repository.snapshot()).toEqual({ ...before, 'b.yaml': 'by hand\n' });
    expect(repository.has(repository.state)).toBe(false);
  });
});
