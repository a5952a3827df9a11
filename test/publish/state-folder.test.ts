import { mkdirSync, symlinkSync } from 'node:fs';
import { journalName, StateFolder } from '../../lib/publish/state-folder';
import { Repository, removeRepositories } from './repository';

afterAll(removeRepositories);

const OWN = 'out/.cdk8s-flux.state';

function stateIn(
  repository: Repository,
  hook?: (operation: string, path: string) => void,
  folder = '',
): StateFolder {
  return StateFolder.find(repository.path(folder), 'out', hook);
}

describe('the folder of the state', () => {
  it('is named from the root of the project, or in full outside of it', () => {
    const plain = stateIn(new Repository());
    expect([plain.shown('lock'), plain.isInGit]).toEqual([`${OWN}/lock`, false]);
    const repository = new Repository('out', { git: true });
    mkdirSync(repository.path('project'));
    const own = stateIn(repository);
    expect([own.shown('lock'), own.isInGit]).toEqual([`${repository.state}/lock`, true]);
    const above = stateIn(repository, undefined, 'project');
    expect(above.shown('lock')).toBe(above.path('lock'));
    expect(above.path('lock')).toContain(repository.path('.git/cdk8s-flux/'));
  });

  it('has no names, and is none, until it is made', () => {
    const repository = new Repository();
    const state = stateIn(repository);
    expect([state.isFolder(), state.names()]).toEqual([false, []]);
    state.make();
    state.make();
    expect([state.isFolder(), state.names()]).toEqual([true, []]);
    repository.write(`${OWN}/b`, '');
    expect(state.names()).toEqual(['b']);
  });

  it.each([
    ['a file', (made: Repository) => made.write(OWN, 'mine\n'), OWN],
    ['a link to a folder', (made: Repository) => linkTo(made, 'elsewhere'), OWN],
    ['a link that leads nowhere', (made: Repository) => linkTo(made, 'nowhere'), OWN],
    ['a file above it', (made: Repository) => made.write('out', 'mine\n'), OWN],
  ])('fails if %s is there', (_, prepare, path) => {
    const repository = new Repository();
    prepare(repository);
    const state = stateIn(repository);
    expect(state.isFolder()).toBe(false);
    expect(() => state.make()).toThrow(
      expect.objectContaining({
        findings: [expect.objectContaining({ code: 'path-blocked', locations: [{ file: path }] })],
      }),
    );
    expect(repository.has('elsewhere/lock')).toBe(false);
  });

  it('is removed only if it is empty', () => {
    const repository = new Repository();
    const state = stateIn(repository);
    repository.write(`${OWN}/other`, '');
    state.removeIfEmpty();
    expect(state.names()).toEqual(['other']);
    state.remove('other');
    state.removeIfEmpty();
    expect(repository.has(OWN)).toBe(false);
    state.removeIfEmpty();
  });
});

function linkTo(repository: Repository, target: string): void {
  repository.write('elsewhere/mine', 'mine\n');
  mkdirSync(repository.path('out'));
  symlinkSync(repository.path(target), repository.path(OWN));
}

describe('a file of the state', () => {
  it('is written beside its place first, also over what a killed run left there', () => {
    const repository = new Repository();
    const told: string[] = [];
    const state = stateIn(repository, (operation, path) => {
      const found = ['a', 'a.new'].map((name) => (repository.has(`${OWN}/${name}`) ? name : '-'));
      told.push(`${operation} ${path} (${found.join(' ')})`);
    });
    state.make();
    repository.write(`${OWN}/a.new`, 'a longer text of a killed run\n');
    state.write('a', '1\n');
    state.write('a', '2\n');
    expect(repository.read(`${OWN}/a`)).toBe('2\n');
    expect(state.names()).toEqual(['a']);
    expect(told).toEqual([
      `write ${OWN}/a (- a.new)`,
      `replace ${OWN}/a (- a.new)`,
      `write ${OWN}/a (a -)`,
      `replace ${OWN}/a (a a.new)`,
    ]);
  });

  it('is removed, with what a killed run left beside it', () => {
    const repository = new Repository();
    const told: string[] = [];
    const state = stateIn(repository, (operation, path) => told.push(`${operation} ${path}`));
    for (const name of ['a', 'a.new', 'b']) repository.write(`${OWN}/${name}`, '');
    state.remove('a');
    state.remove('missing');
    expect(state.names()).toEqual(['b']);
    expect(told).toEqual([`remove ${OWN}/a`, `remove ${OWN}/missing`]);
  });

  it('fails if the folder is missing', () => {
    expect(() => stateIn(new Repository()).write('a', '')).toThrow(
      expect.objectContaining({ findings: [expect.objectContaining({ code: 'publish-failed' })] }),
    );
  });
});

describe('the name of a journal', () => {
  it('depends on the runs that share it', () => {
    const names = ['', 'out', 'out2', '//replaced'].map(journalName);
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^journal-[0-9a-f]{16}$/);
    expect(journalName('out')).toBe(names[1]);
  });
});
