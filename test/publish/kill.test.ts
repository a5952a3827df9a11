import { spawn, spawnSync } from 'node:child_process';
import { Child } from './child';
import { Repository, removeRepositories } from './repository';

const child = new Child();

afterAll(() => {
  removeRepositories();
  child.remove();
});

type OwnedPlan = Record<string, { owner: string; content: string }>;

const HAND_WRITTEN = {
  'out/flux/flux-system/gotk-components.yaml': 'kind: Namespace\n'.repeat(2000),
  'out/flux/flux-system/gotk-sync.yaml': 'kind: GitRepository\n',
  'out/services/app3/README.md': '# by hand\n',
  'out/notes.yaml': 'mine: true\n',
};

/** Apps, of which a later edition drops some, adds some, and changes some. */
function edition(number: number): OwnedPlan {
  const plan: OwnedPlan = {};
  for (let app = number * 4; app < number * 4 + 14; app += 1) {
    const owner = `out/services/app${app}`;
    const add = (path: string, content: string): void => void (plan[path] = { owner, content });
    add(`out/flux/app${app}.yaml`, `kind: Kustomization\nname: app${app}\n`);
    add(
      `${owner}/release.yaml`,
      `edition: ${app % 2 === 0 ? number : 0}\n${`value: ${app}\n`.repeat(app * 40)}`,
    );
    add(`${owner}/nested/app.yaml`, `tag: ${number}.0 # {"$imagepolicy": "ns:app${app}"}\n`);
  }
  return plan;
}

function start(): Repository {
  const repository = new Repository();
  for (const [path, content] of Object.entries(HAND_WRITTEN)) repository.write(path, content);
  return repository;
}

function fresh(plan: OwnedPlan): Record<string, string> {
  const repository = start();
  repository.publish(plan);
  return repository.snapshot();
}

/** A small generator (mulberry32), so that a failure can be repeated from its seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const editions = [edition(0), edition(1), edition(2)];
const [first, second, third] = editions as [OwnedPlan, OwnedPlan, OwnedPlan];
const wanted = { second: fresh(second), third: fresh(third) };
const seed = Number(process.env['KILL_SEED'] ?? 20261123);

function runUntil(repository: Repository, plan: OwnedPlan, stopAt: number): string | null {
  const task = child.task('kill', { root: repository.root, output: 'out', plan, stopAt });
  return spawnSync(process.execPath, [child.script, task], { env: child.environment }).signal;
}

/** How many operations the change from the first to the second edition takes. */
function operations(): number {
  const repository = start();
  repository.publish(first);
  const task = child.task('count', { root: repository.root, output: 'out', plan: second, stopAt: -1 });
  const { stdout } = spawnSync(process.execPath, [child.script, task], {
    env: child.environment,
    encoding: 'utf8',
  });
  return (JSON.parse(stdout.replace('ready', '')) as { count: number }).count;
}

describe(`a run that is killed (KILL_SEED=${seed})`, () => {
  const next = random(seed);
  const total = operations();
  const points = [0, 1, 2, 3, 4, total - 3, total - 2, total - 1];
  while (points.length < 40) points.push(Math.floor(next() * total));

  it.each(points)(`before operation %i of ${total} is completed by the next`, (point) => {
    const repository = start();
    repository.publish(first);
    expect(runUntil(repository, second, point)).toBe('SIGKILL');
    // The next run comes at once, after the code has changed again, or is killed as well.
    const again = point % 3;
    if (again === 2) expect(runUntil(repository, third, Math.floor(point / 2))).toBe('SIGKILL');
    const plan = again === 0 ? second : third;
    const result = repository.publish(plan);
    expect(result.findings).toEqual([]);
    expect(repository.snapshot()).toEqual(again === 0 ? wanted.second : wanted.third);
  });

  it.each(Array.from({ length: 12 }, () => next()))(
    'at a random time (%f) is completed by the next',
    async (part) => {
      const repository = start();
      repository.publish(first);
      const task = child.task('time', { root: repository.root, output: 'out', plan: second, stopAt: -1 });
      const running = spawn(process.execPath, [child.script, task], { env: child.environment });
      const closed = new Promise((resolve) => running.once('close', resolve));
      await new Promise((resolve) => running.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, part * 15));
      running.kill('SIGKILL');
      await closed;
      expect(repository.publish(second).findings).toEqual([]);
      expect(repository.snapshot()).toEqual(wanted.second);
    },
  );

  it('on an empty repository is completed by the next', () => {
    for (const point of [0, 1, 5, 9, 30, 60]) {
      const repository = start();
      expect(runUntil(repository, first, point)).toBe('SIGKILL');
      expect(repository.publish(second).findings).toEqual([]);
      expect(repository.snapshot()).toEqual(wanted.second);
    }
  });

  it('leaves its journal to a run that looks at those files, when a part run comes first', () => {
    const repository = start();
    repository.publish(first);
    expect(runUntil(repository, second, Math.floor(total / 2))).toBe('SIGKILL');
    const part = Object.fromEntries(Object.entries(second).filter(([, { owner }]) => owner.endsWith('app5')));
    expect(repository.publish(part, { complete: false }).findings).toEqual([]);
    expect(repository.publish(third).findings).toEqual([]);
    expect(repository.snapshot()).toEqual(wanted.third);
  });
});

describe('two runs at once', () => {
  it('take turns', async () => {
    const repository = start();
    repository.publish(first);
    const outputs = await Promise.all(
      [second, second, third].map(async (plan, index) => {
        const task = child.task(`both${index}`, { root: repository.root, output: 'out', plan, stopAt: -1 });
        const running = spawn(process.execPath, [child.script, task], { env: child.environment });
        let text = '';
        running.stdout.on('data', (data: Buffer) => (text += data.toString()));
        await new Promise((resolve) => running.once('close', resolve));
        return JSON.parse(text.replace('ready', '')) as { codes: string[] };
      }),
    );
    for (const { codes } of outputs) expect(codes).toEqual([]);
    expect([wanted.second, wanted.third]).toContainEqual(repository.snapshot());
  });
});
