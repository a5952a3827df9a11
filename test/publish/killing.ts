import { spawn, spawnSync } from 'node:child_process';
import type { Child } from './child';
import { kustomization, Repository } from './repository';

export type OwnedPlan = Record<string, { owner: string; content: string }>;

export const HAND_WRITTEN = {
  'out/flux/flux-system/gotk-components.yaml': 'kind: Namespace\n'.repeat(2000),
  'out/flux/flux-system/gotk-sync.yaml': 'kind: GitRepository\n',
  'out/services/app3/README.md': '# by hand\n',
  'out/notes.yaml': 'mine: true\n',
};

/** Apps; a later edition removes, adds and changes some of them. */
export function edition(number: number): OwnedPlan {
  const plan: OwnedPlan = {};
  for (let app = number * 4; app < number * 4 + 14; app += 1) {
    const owner = `out/services/app${app}`;
    const add = (path: string, content: string): void => void (plan[path] = { owner, content });
    add(`out/flux/app${app}.yaml`, kustomization(owner));
    add(
      `${owner}/release.yaml`,
      `edition: ${app % 2 === 0 ? number : 0}\n${`value: ${app}\n`.repeat(app * 40)}`,
    );
    add(`${owner}/nested/app.yaml`, `tag: ${number}.0 # {"$imagepolicy": "ns:app${app}"}\n`);
  }
  return plan;
}

/** A repository with files that people wrote into it. */
export function start(git = false): Repository {
  const repository = new Repository('out', { git });
  for (const [path, content] of Object.entries(HAND_WRITTEN)) repository.write(path, content);
  return repository;
}

/** The contents of a repository to which a plan was published in one run. */
export function fresh(plan: OwnedPlan): Record<string, string> {
  const repository = start();
  repository.publish(plan);
  return repository.snapshot();
}

/** A small generator (mulberry32), so that a failure can be reproduced from its seed. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How a run is killed. */
export interface Kill {
  readonly plan: OwnedPlan;
  /** Before which operation; below zero means never. */
  readonly stopAt: number;
  readonly overwrite?: readonly string[];
}

/** Runs that publish in a separate process, and are killed. */
export class Killer {
  private tasks = 0;

  constructor(private readonly child: Child) {}

  /** Runs until it is killed, or to its end; then it returns the number of operations. */
  run(repository: Repository, kill: Kill): { signal: string | null; count?: number } {
    const { signal, stdout } = spawnSync(process.execPath, [this.child.script, this.task(repository, kill)], {
      env: this.child.environment,
      encoding: 'utf8',
    });
    return { signal, count: signal === null ? countOf(stdout) : undefined };
  }

  /** The same without waiting. */
  async start(repository: Repository, kill: Kill, milliseconds?: number): Promise<string[] | undefined> {
    const running = spawn(process.execPath, [this.child.script, this.task(repository, kill)], {
      env: this.child.environment,
    });
    let text = '';
    running.stdout.on('data', (data: Buffer) => (text += data.toString()));
    const closed = new Promise((resolve) => running.once('close', resolve));
    if (milliseconds !== undefined) {
      await new Promise((resolve) => running.stdout.once('data', resolve));
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      running.kill('SIGKILL');
    }
    await closed;
    const report = text.replace('ready', '');
    return report === '' ? undefined : (JSON.parse(report) as { codes: string[] }).codes;
  }

  /** Replaces files by others; returns what ended the process. */
  replace(repository: Repository, replace: readonly object[], stopAt: number): string | null {
    this.tasks += 1;
    const task = this.child.task(`replace${this.tasks}`, { root: repository.root, replace, stopAt });
    return spawnSync(process.execPath, [this.child.script, task], { env: this.child.environment }).signal;
  }

  private task(repository: Repository, kill: Kill): string {
    this.tasks += 1;
    return this.child.task(`kill${this.tasks}`, { root: repository.root, output: 'out', ...kill });
  }
}

function countOf(stdout: string): number {
  return (JSON.parse(stdout.replace('ready', '')) as { count: number }).count;
}

/** A person's change of a file, which must not be lost. */
export interface Edit {
  readonly path: string;
  readonly content: string;
}

/** Changes a file that a killed run was writing: longer, truncated, or new if there is none yet. */
export function editByHand(repository: Repository, plan: OwnedPlan, next: () => number): Edit {
  const paths = Object.keys(plan);
  const path = paths[Math.floor(next() * paths.length)] as string;
  const found = repository.has(path) ? repository.read(path) : (plan[path]?.content ?? '');
  // As short as the file of a run that is killed in the middle of it.
  const content =
    next() < 0.5 ? found.slice(0, Math.max(1, Math.floor(found.length * next()))) : `${found}# by hand\n`;
  repository.write(path, content);
  return { path, content };
}

/** The files of a snapshot, except records and some paths. */
export function withoutRecords(snapshot: Record<string, string>, ...left: string[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(snapshot).filter(
      ([path, content]) => content !== '' && !path.endsWith('.cdk8s-flux.json') && !left.includes(path),
    ),
  );
}
