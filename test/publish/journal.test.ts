import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { fingerprint } from '../../lib/publish/content';
import { printJournal, type Journal } from '../../lib/publish/journal';
import { StateFolder } from '../../lib/publish/state-folder';
import type { PublishResult } from '../../lib/publish/publish';
import { initialize, kustomization, Repository, removeRepositories, type Plan } from './repository';

afterAll(removeRepositories);

const FILE = 'out/a/a.yaml';
const TOKEN = '0123456789abcdef0123456789abcdef';
const codes = (result: PublishResult): string[] => result.findings.map(({ code }) => code);

interface Entry {
  readonly owner: string;
  readonly hashes: readonly string[];
}

/** The entry for a file with a content. */
function entry(path: string, content: string, owner = dirname(path)): Record<string, Entry> {
  return { [path]: { owner, hashes: [fingerprint(Buffer.from(content), path)] } };
}

const HASH = fingerprint(Buffer.from('hand\n'), FILE);

/** A journal with one entry, which may be wrong. */
function journalOf(wrong: object): string {
  return JSON.stringify({ version: 1, token: TOKEN, files: { [FILE]: wrong } });
}

const EMPTY: Plan = {};

function stateOf(root: string): string {
  return dirname(StateFolder.find(root, 'out').path('lock'));
}

describe.each([{ git: true }, { git: false }])('a journal (%j)', (options) => {
  const killed = (files: Record<string, unknown>): Repository => {
    const repository = new Repository('out', options);
    repository.write(repository.journal, JSON.stringify({ version: 1, token: TOKEN, files }));
    return repository;
  };

  it('distinguishes a written file from a hand edit', () => {
    const repository = killed(entry(FILE, 'a: 1\n'));
    repository.write(FILE, 'a: 1\n');
    expect(repository.publish({ [FILE]: 'a: 2\n' }).findings).toEqual([]);
    expect(repository.read(FILE)).toBe('a: 2\n');
    expect(repository.has(repository.journal)).toBe(false);
  });

  it('allows removing a file that the code no longer generates, and its folder', () => {
    const repository = killed(entry(FILE, 'a: 1\n'));
    repository.write(FILE, 'a: 1\n');
    expect(repository.publish(EMPTY).removed).toEqual([FILE]);
    expect(repository.has('out/a')).toBe(false);
  });

  it.each(['a', 'a: 1', 'b: 1\n', 'a: 1\na: 2\n'])('does not hide a hand edit (%j)', (content) => {
    const repository = killed(entry(FILE, 'a: 1\n'));
    repository.write(FILE, content);
    expect(codes(repository.publish({ [FILE]: 'a: 2\n' }))).toEqual(['file-edited']);
    expect(repository.read(FILE)).toBe(content);
  });

  it.each([
    'main.js',
    'out/main.js',
    'out/.env',
    'src/hand.yaml',
    'out/b/hand.yaml',
    'out/.hidden/a.yaml',
    'out/a/a.yaml.orig',
  ])('does not make %s ours, although it lists it', (path) => {
    const repository = killed({ ...entry(path, 'hand\n', 'out/a'), ...entry(FILE, 'a: 1\n') });
    repository.write(path, 'hand\n');
    expect(repository.publish(EMPTY).removed).toEqual([]);
    expect(repository.read(path)).toBe('hand\n');
  });

  it('distinguishes a marked value of a killed run from one of image automation', () => {
    const tagged = (tag: string): string => `tag: ${tag} # {"$imagepolicy": "ns:app"}\n`;
    const repository = killed({
      [FILE]: { ...entry(FILE, tagged('2.0'))[FILE], marks: { 'ns:app': ['2.0'] } },
    });
    const { journal } = repository;
    const text = repository.read(journal);
    repository.publish({ [FILE]: tagged('1.0') });
    for (const [found, kept] of [
      ['2.0', '1.0'],
      ['3.0', '3.0'],
    ] as const) {
      repository.write(FILE, tagged(found));
      repository.write(journal, text);
      expect(repository.publish({ [FILE]: tagged('1.0') }).findings).toEqual([]);
      expect(repository.read(FILE)).toBe(tagged(kept));
    }
  });

  it('allows removing the Kustomization of an app', () => {
    const repository = killed(entry('out/flux/a.yaml', kustomization('out/a'), 'out/a'));
    repository.write('out/flux/a.yaml', kustomization('out/a'));
    expect(repository.publish(EMPTY).removed).toEqual(['out/flux/a.yaml']);
  });

  it('names the temporary files that are ours', () => {
    const repository = killed(entry(FILE, 'a: 1\n'));
    const ours = `out/a/.cdk8s-flux.${TOKEN}.tmp`;
    const other = `out/a/.cdk8s-flux.${TOKEN.replace('0', 'f')}.tmp`;
    repository.write(ours, 'a:');
    repository.write(other, 'a:');
    expect(repository.publish({ [FILE]: 'a: 1\n' }).findings).toEqual([]);
    expect([repository.has(ours), repository.has(other)]).toEqual([false, true]);
  });

  it.each([
    ['text', 'no journal'],
    ['a list', '[]'],
    ['nothing', ''],
    ['null', 'null'],
    ['another version', `{"version":2,"token":"${TOKEN}","files":{}}`],
    ['no token', '{"version":1,"files":{}}'],
    ['an entry that is null', `{"version":1,"token":"${TOKEN}","files":{"out/a/a.yaml":null}}`],
    [
      'hashes that are none',
      `{"version":1,"token":"${TOKEN}","files":{"out/a/a.yaml":{"owner":"out/a","hashes":[""]}}}`,
    ],
    ['no hashes', `{"version":1,"token":"${TOKEN}","files":{"out/a/a.yaml":{"owner":"out/a","size":99}}}`],
    [
      'an owner outside',
      `{"version":1,"token":"${TOKEN}","files":{"out/a/a.yaml":{"owner":"../cdk8s-flux-owner","hashes":[]}}}`,
    ],
    ['without a version', `{"token":"${TOKEN}","files":{}}`],
    ['files in a list', `{"version":1,"token":"${TOKEN}","files":[]}`],
    ['a token that is a number', '{"version":1,"token":1,"files":{}}'],
    ['a longer token', `{"version":1,"token":"x${TOKEN}","files":{}}`],
    ['a token with more behind it', `{"version":1,"token":"${TOKEN}/../x","files":{}}`],
    ['a longer hash', journalOf({ owner: 'out/a', hashes: [`x${HASH}`] })],
    ['a hash with more behind it', journalOf({ owner: 'out/a', hashes: [`${HASH}0`] })],
    ['a hash that is a number', journalOf({ owner: 'out/a', hashes: [HASH, 1] })],
    ['marks in a list', journalOf({ owner: 'out/a', hashes: [], marks: [] })],
    ['a mark that is a text', journalOf({ owner: 'out/a', hashes: [], marks: { 'ns:app': '1.0' } })],
    ['a mark with a number', journalOf({ owner: 'out/a', hashes: [], marks: { 'ns:app': ['1.0', 1] } })],
    ['an owner in git', journalOf({ owner: 'out/.git', hashes: [] })],
    ['an owner that is a number', journalOf({ owner: 1, hashes: [] })],
    ['an owner above', `{"version":1,"token":"${TOKEN}","files":{"out/a/a.yaml":{"owner":"","hashes":[]}}}`],
    ['a path outside', `{"version":1,"token":"${TOKEN}","files":{"../a.yaml":{"owner":"out","hashes":[]}}}`],
    [
      'a path in git',
      `{"version":1,"token":"${TOKEN}","files":{"out/.git/a.yaml":{"owner":"out","hashes":[]}}}`,
    ],
  ])('that is %s is ignored, and reported', (_, text) => {
    const repository = new Repository('out', options);
    repository.write(repository.journal, text);
    repository.write(FILE, 'hand\n');
    const result = repository.publish({ 'out/b/b.yaml': 'b\n' });
    expect(codes(result)).toEqual(['journal-ignored']);
    expect(result.findings[0]).toMatchObject({
      severity: 'warning',
      locations: [{ file: repository.journal }],
    });
    expect(repository.read(FILE)).toBe('hand\n');
    expect(repository.has('../cdk8s-flux-owner')).toBe(false);
  });

  it.each(['a folder', 'a link'])('that is %s is ignored, and reported', (what) => {
    const repository = new Repository('out', options);
    repository.write('elsewhere', JSON.stringify({ version: 1, token: TOKEN, files: entry(FILE, 'a: 1\n') }));
    repository.write(FILE, 'a: 1\n');
    mkdirSync(repository.path(repository.state), { recursive: true });
    if (what === 'a folder') mkdirSync(repository.path(repository.journal));
    else symlinkSync(repository.path('elsewhere'), repository.path(repository.journal));
    expect(codes(repository.publish(EMPTY, { check: true }))).toEqual(['journal-ignored']);
    expect(repository.has(FILE)).toBe(true);
  });
});

describe('the journal of the next run', () => {
  const earlier = (entry: object): Journal => ({
    entries: new Map([[FILE, { owner: 'out/a', hashes: [], ...entry }]]),
    findings: [],
  });
  const marks = new Map([['ns:app', '2.0']]);

  it.each<[string, object, object, object]>([
    ['knows both contents', { hashes: ['1'] }, { hash: '2' }, { hashes: ['1', '2'] }],
    ['knows a content once', { hashes: ['1'] }, { hash: '1' }, { hashes: ['1'] }],
    ['has no content of a removal', { hashes: ['1'] }, {}, { hashes: ['1'] }],
    ['has the new owner', { hashes: [] }, { owner: 'out/b' }, { owner: 'out/b', hashes: [] }],
    [
      'knows both values of a marked field',
      { marks: { 'ns:app': ['1.0'], 'ns:db': ['3'] } },
      { marks },
      { hashes: [], marks: { 'ns:app': ['1.0', '2.0'], 'ns:db': ['3'] } },
    ],
    [
      'knows a value once',
      { marks: { 'ns:app': ['2.0'] } },
      { marks },
      { hashes: [], marks: { 'ns:app': ['2.0'] } },
    ],
    ['knows a first value', {}, { marks }, { hashes: [], marks: { 'ns:app': ['2.0'] } }],
    [
      'keeps the values of a file without marks now',
      { marks: { 'ns:app': ['1.0'] } },
      { marks: new Map() },
      { hashes: [], marks: { 'ns:app': ['1.0'] } },
    ],
  ])('%s', (_, before, change, expected) => {
    const changes = [{ path: FILE, owner: 'out/a', exists: true, ...change }];
    expect(JSON.parse(printJournal(changes, earlier(before), TOKEN))).toEqual({
      version: 1,
      token: TOKEN,
      files: { [FILE]: { owner: 'out/a', ...expected } },
    });
  });

  it('keeps the entries of other files', () => {
    const changes = [{ path: 'out/b/b.yaml', owner: 'out/b', exists: false, hash: '2' }];
    expect(JSON.parse(printJournal(changes, earlier({ hashes: ['1'] }), TOKEN))).toMatchObject({
      files: { [FILE]: { hashes: ['1'] }, 'out/b/b.yaml': { hashes: ['2'] } },
    });
  });
});

describe('a journal that comes with the repository', () => {
  it.each(['out/.cdk8s-flux.journal', 'out/.cdk8s-flux.state/journal-0'])('is not obeyed (%s)', (path) => {
    const repository = new Repository('out', { git: true });
    repository.write(FILE, 'hand\n');
    const files = { [FILE]: { ...entry(FILE, 'hand\n')[FILE], hashes: [], size: 99 } };
    repository.write(path, JSON.stringify({ version: 1, files }));
    const result = repository.publish(EMPTY);
    expect(codes(result)).toEqual(['journal-ignored']);
    expect(result.removed).toEqual([]);
    expect(repository.read(FILE)).toBe('hand\n');
    expect(repository.has(path)).toBe(true);
  });
});

describe('the state of a run', () => {
  it('is in the git directory, which has one folder for each project', () => {
    const repository = new Repository('out', { git: true });
    mkdirSync(repository.path('other'));
    expect(repository.state).toMatch(/^\.git\/cdk8s-flux\/[0-9a-f]{16}$/);
    const [here = '', below = ''] = [repository.root, repository.path('other')].map(stateOf);
    expect(here).not.toBe(below);
    expect(dirname(here)).toBe(dirname(below));
  });

  it('of a worktree is in the common git directory, separate from that of other worktrees', () => {
    const main = new Repository('out', { git: true });
    const linked = (name: string): Repository => {
      const own = main.path(`.git/worktrees/${name}`);
      initialize(own);
      main.write(`.git/worktrees/${name}/commondir`, '../..\n');
      const worktree = new Repository();
      worktree.write('.git', `gitdir: ${own}\n`);
      return worktree;
    };
    const folders = [main, ...['a', 'b'].map(linked)].map(({ root }) => stateOf(root));
    expect(new Set(folders).size).toBe(3);
    for (const folder of folders) expect(dirname(folder)).toBe(main.path('.git/cdk8s-flux'));
  });

  it('of a submodule is in the git directory that its file names', () => {
    const outer = new Repository('out', { git: true });
    initialize(outer.path('.git/modules/inner'));
    outer.write('inner/.git', 'gitdir: ../.git/modules/inner\n');
    expect(dirname(stateOf(outer.path('inner')))).toBe(outer.path('.git/modules/inner/cdk8s-flux'));
  });

  it.each(['gitdir: nowhere\n', 'text', ''])(
    'is in the published folder if .git is a file with %j',
    (text) => {
      const repository = new Repository();
      repository.write('.git', text);
      expect(stateOf(repository.root)).toBe(repository.path('out/.cdk8s-flux.state'));
    },
  );
});
