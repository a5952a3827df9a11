import { createHash } from 'node:crypto';
import { FindingsError } from '../../../lib/findings/findings-error';
import { FORMER_JOURNAL, RECORD_FILE, STATE_FOLDER } from '../../../lib/publish/names';
import { publish, type PublishResult } from '../../../lib/publish/publish';
import { journalName } from '../../../lib/publish/state-folder';
import { treeOf, type Plan } from '../../publish/repository';
import { mutate } from '../mutate';
import { replaceEntry } from '../place-input';
import type { Random } from '../random';
import { sameSnapshot, Sandbox, snapshot } from '../sandbox';
import type { Entry, Input, Target } from '../target';

const file = (owner: string, content: string) => ({ owner, content });

/** What an earlier run published, and what this one generates. */
const EARLIER: Plan = {
  'out/kustomization.yaml': file('out', 'resources: [a.yaml]\n'),
  'out/a.yaml': file('out/apps', 'a: 1\n'),
  'out/apps/a/map.yaml': file('out/apps', 'b: 1\n'),
  'out/apps/old.yaml': file('out/apps', 'c: 1\n'),
};
const PLAN: Plan = {
  'out/kustomization.yaml': file('out', 'resources: [a.yaml, b.yaml]\n'),
  'out/a.yaml': file('out/apps', 'a: 2\n'),
  'out/apps/a/map.yaml': file('out/apps', 'b: 1\n'),
  'out/infra/new.yaml': file('out/infra', 'd: 1\n'),
};

/** Files of people that no run may touch, whatever records and journals say. */
export const KEPT: Readonly<Record<string, string>> = {
  '.env': 'KEY=value\n',
  'main.js': '',
  'src/hand.yaml': 'hand: made\n',
  '.github/workflows/ci.yaml': 'on: push\n',
  'out/notes.txt': 'notes\n',
  'out/apps/.hidden.yaml': 'hidden: true\n',
};

let sandbox: Sandbox | undefined;
let published: ReadonlyMap<string, string> | undefined;

/** Publishing over records, a journal and a lock that somebody else may have written. */
export const publishing: Target = {
  name: 'publishing',
  cost: 3,
  input: (random): Input => {
    const texts = [...(published ??= publishEarlier()), ...Object.entries(KEPT)];
    let files: Input = Object.fromEntries(texts.map(([path, text]) => [path, Buffer.from(text)]));
    for (let left = 1 + random.below(3); left > 0; left -= 1)
      files = replaceEntry(files, ...random.pick(changes)(random, files));
    return files;
  },
  run: (input) => {
    const { root } = (sandbox ??= new Sandbox());
    sandbox.fill(input);
    const first = run(root, PLAN);
    const second = run(root, PLAN);
    const repeated = [...(second?.written ?? []), ...(second?.removed ?? [])];
    // If a link leads two owners to one folder, they replace each other's record.
    const hasLink = Object.values(input).some((entry) => typeof entry === 'object' && 'link' in entry);
    if (first && !hasLink && repeated.length > 0)
      throw new Error(`a second run changes ${JSON.stringify(repeated)}`);
    sandbox.checkAround();
    checkKept(root, input);
  },
};

function run(root: string, plan: Plan): PublishResult | undefined {
  try {
    return publish({ root, output: 'out', tree: treeOf(plan) }, { wait: 50 });
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return undefined;
  }
}

/**
 * @throws Error if a file that no run may touch has changed
 */
export function checkKept(root: string, input: Input): void {
  const isKept = (path: string): boolean => Object.hasOwn(KEPT, path) && Object.hasOwn(input, path);
  const found = [...snapshot(root)].filter(([path]) => isKept(path));
  const expected = Object.entries(KEPT).filter(([path]) => isKept(path));
  sameSnapshot(new Map(found), new Map(expected), 'though nothing allows it');
}

function publishEarlier(): Map<string, string> {
  sandbox ??= new Sandbox();
  sandbox.fill({});
  publish({ root: sandbox.root, output: 'out', tree: treeOf(EARLIER) });
  return snapshot(sandbox.root);
}

type Change = readonly [path: string, entry: Entry];

const RECORDS = [
  `out/${RECORD_FILE}`,
  `out/apps/${RECORD_FILE}`,
  `out/apps/a/${RECORD_FILE}`,
  `out/infra/${RECORD_FILE}`,
  RECORD_FILE,
];
const STATE = [
  `out/${STATE_FOLDER}/${journalName('out')}`,
  `out/${STATE_FOLDER}/lock`,
  `out/${FORMER_JOURNAL}`,
];

const changes: readonly ((random: Random, files: Input) => Change)[] = [
  (random, files) => mutatedFile(random, files, RECORDS),
  (random) => [random.pick(RECORDS), forgedRecord(random)],
  (random) => [random.pick(STATE), forgedJournal(random)],
  (random, files) => mutatedFile(random, files, Object.keys(EARLIER)),
  (random) => [
    random.pick(STATE),
    random.pick<Entry>(['folder', { link: 'nowhere' }, { link: '../../main.js' }]),
  ],
  (random) => [
    random.pick(['out/apps', 'out/apps/a', 'out/infra', `out/${STATE_FOLDER}`]),
    notFolder(random),
  ],
];

function mutatedFile(random: Random, files: Input, paths: readonly string[]): Change {
  const path = random.pick(paths);
  const found = files[path];
  const bytes = Buffer.isBuffer(found) ? found : Buffer.from('a: 1\n');
  return [path, mutate(bytes, random, bytes)];
}

function notFolder(random: Random): Entry {
  const targets = ['../../outside', '../../../outside', '../src', '..', 'nowhere', '.'];
  return random.oneIn(4) ? Buffer.from('a file\n') : { link: random.pick(targets) };
}

/** A path that an attacker would like to have removed, in one of several spellings, with the right fingerprint. */
function victim(random: Random): [path: string, hash: string] {
  const [path, text] = random.pick([...Object.entries(KEPT), ['../outside/notes.yaml', 'password'] as const]);
  const spelt = random.pick([
    path,
    path,
    `./${path}`,
    `out/../${path}`,
    `../${path}`,
    `/${path}`,
    path.toUpperCase(),
  ]);
  return [spelt, createHash('sha256').update(text).digest('hex')];
}

function forgedRecord(random: Random): Buffer {
  const files = Object.fromEntries(Array.from({ length: 1 + random.below(4) }, () => victim(random)));
  const record = { version: random.pick([1, 1, 1, 2, -1, 'x', null]), files, marks: { '.env': { a: 'b' } } };
  const bytes = Buffer.from(JSON.stringify(record, null, random.pick([0, 2])));
  return random.oneIn(4) ? mutate(bytes, random, bytes) : bytes;
}

function forgedJournal(random: Random): Buffer {
  const owner = random.pick(['out', 'out/apps', '', '..', '../outside/new', 'src', '.git', null, 3]);
  const entries = Array.from({ length: 1 + random.below(3) }, () => {
    const [path, hash] = victim(random);
    return [
      path,
      { owner, hashes: random.pick<unknown>([[], [hash], [hash], 'x', null]), size: 1_000 },
    ] as const;
  });
  const journal = {
    version: random.pick([1, 1, 2]),
    token: 'a'.repeat(32),
    files: Object.fromEntries(entries),
  };
  const bytes = Buffer.from(JSON.stringify(journal));
  return random.oneIn(3) ? mutate(bytes, random, bytes) : bytes;
}
