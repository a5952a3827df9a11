import { rmSync, symlinkSync } from 'node:fs';
import { replaceFiles, type FileReplacement } from '../../lib/publish/replace-files';
import { journalName, StateFolder } from '../../lib/publish/state-folder';
import { Repository, removeRepositories } from './repository';

afterAll(removeRepositories);

const change = (path: string): FileReplacement => ({
  path,
  before: Buffer.from(`${path} old\n`),
  bytes: Buffer.from(`${path} new\n`),
});
const CHANGES = ['a.yaml', 'deep/b.yaml'].map(change);

function repository(): Repository {
  const made = new Repository('', { git: true });
  for (const { path, before } of CHANGES) made.write(path, before);
  return made;
}

const contents = (made: Repository): string[] => CHANGES.map(({ path }) => made.read(path));
const OLD = CHANGES.map(({ before }) => before.toString());
const NEW = CHANGES.map(({ bytes }) => bytes.toString());

describe('replacing files', () => {
  it('replaces all of them, and leaves nothing else behind', () => {
    const made = repository();
    const operations: string[] = [];
    expect(
      replaceFiles(made.root, CHANGES, (operation, path) => operations.push(`${operation} ${path}`)),
    ).toEqual([]);
    expect(contents(made)).toEqual(NEW);
    expect(Object.keys(made.snapshot())).toEqual(['a.yaml', 'deep', 'deep/b.yaml']);
    expect(made.has(made.state)).toBe(false);
    const journal = `${made.state}/${journalName('//replaced')}`;
    expect(operations).toEqual([
      `write ${journal}`,
      `replace ${journal}`,
      ...CHANGES.flatMap(({ path }) => [`write ${path}`, `fill ${path}`, `replace ${path}`]),
      `remove ${journal}`,
    ]);
  });

  it.each<[string, (made: Repository) => void]>([
    ['has changed', (made) => made.write('deep/b.yaml', 'mine\n')],
    ['is gone', (made) => rmSync(made.path('deep/b.yaml'))],
    ['is a link to the same content', linkOne],
  ])('fails for a file that %s, and replaces none', (_, prepare) => {
    const made = repository();
    prepare(made);
    expect(replaceFiles(made.root, CHANGES)).toEqual([
      expect.objectContaining({ code: 'file-changed', locations: [{ file: 'deep/b.yaml' }] }),
    ]);
    expect(made.read('a.yaml')).toBe('a.yaml old\n');
    expect(made.has(made.state)).toBe(false);
  });

  it.each(['replace', 'fill'])('is completed by the next run after a kill at %j', (stop) => {
    const made = repository();
    const kill = (operation: string, path: string): void => {
      if (operation === stop && path === 'deep/b.yaml') throw new Error('killed');
    };
    expect(() => replaceFiles(made.root, CHANGES, kill)).toThrow();
    expect(contents(made)).toEqual([NEW[0], OLD[1]]);
    const rest = [
      { path: 'a.yaml', before: CHANGES[0]!.bytes, bytes: CHANGES[0]!.before },
      change('deep/b.yaml'),
    ];
    expect(replaceFiles(made.root, rest)).toEqual([]);
    expect(contents(made)).toEqual([OLD[0], NEW[1]]);
    expect(Object.keys(made.snapshot())).toEqual(['a.yaml', 'deep', 'deep/b.yaml']);
  });

  it('leaves a folder alone that has the name of its temporary file', () => {
    const made = repository();
    const token = 'a'.repeat(32);
    const entry = { owner: '', hashes: [] };
    const journal = StateFolder.find(made.root, '')
      .path(journalName('//replaced'))
      .slice(made.root.length + 1);
    made.write(journal, JSON.stringify({ version: 1, token, files: { 'a.yaml': entry } }));
    const folder = `.cdk8s-flux.${token}.tmp`;
    made.write(`${folder}/mine`, 'mine\n');
    expect(replaceFiles(made.root, CHANGES)).toEqual([]);
    expect(made.read(`${folder}/mine`)).toBe('mine\n');
  });
});

function linkOne(made: Repository): void {
  rmSync(made.path('deep/b.yaml'));
  made.write('elsewhere', 'deep/b.yaml old\n');
  symlinkSync('../elsewhere', made.path('deep/b.yaml'));
}
