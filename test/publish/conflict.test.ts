import { conflictSides } from '../../lib/publish/conflict';
import type { PublishResult } from '../../lib/publish/publish';
import { merged } from './merged';
import { Repository, removeRepositories, type Plan } from './repository';

afterAll(removeRepositories);

const FILE = 'out/a/a.yaml';
const RECORD = 'out/a/.cdk8s-flux.json';
const content = (first: string, last = 'z'): string =>
  `first: ${first}\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\nlast: ${last}\n`;
const codes = (result: PublishResult): string[] => result.findings.map(({ code }) => code);

describe('after a merge', () => {
  it('two branches that each add an app have no conflict', () => {
    const a = { 'out/a/a.yaml': 'a\n', 'out/flux/a.yaml': { owner: 'out/a', content: 'a\n' } };
    const b = { 'out/b/b.yaml': 'b\n', 'out/flux/b.yaml': { owner: 'out/b', content: 'b\n' } };
    const base = { 'out/c/c.yaml': 'c\n' };
    const repository = merged(base, { ...base, ...a }, { ...base, ...b });
    expect(Object.values(repository.snapshot()).join()).not.toContain('<<<<<<<');
    expect(repository.publish({ ...base, ...a, ...b })).toMatchObject({
      written: [],
      removed: [],
      findings: [],
    });
  });

  it.each(['merge', 'diff3'])(
    'a conflict (%s) in a file and its record is resolved by running again',
    (style) => {
      const repository = merged(
        { [FILE]: content('0') },
        { [FILE]: content('1') },
        { [FILE]: content('2') },
        style,
      );
      expect(repository.read(FILE)).toContain('<<<<<<< ');
      expect(repository.read(RECORD)).toContain('<<<<<<< ');
      const result = repository.publish({ [FILE]: content('3') });
      expect(result).toMatchObject({ written: [RECORD, FILE], findings: [] });
      expect(repository.read(FILE)).toBe(content('3'));
      expect(JSON.parse(repository.read(RECORD)).files).toEqual({ [FILE]: expect.any(String) });
    },
  );

  it('a conflict only in a record keeps the entries of both branches', () => {
    const base = { 'out/a/m.yaml': 'm\n' };
    const repository = merged(base, { ...base, 'out/a/x.yaml': 'x\n' }, { ...base, 'out/a/y.yaml': 'y\n' });
    expect(repository.read(RECORD)).toContain('<<<<<<< ');
    expect(repository.publish(base).removed).toEqual(['out/a/x.yaml', 'out/a/y.yaml']);
    expect(repository.snapshot()).not.toHaveProperty('out/a/x.yaml');
  });

  it('a file with a conflict that the code no longer generates is removed', () => {
    const repository = merged({ [FILE]: content('0') }, { [FILE]: content('1') }, { [FILE]: content('2') });
    expect(repository.publish({})).toMatchObject({ removed: [RECORD, FILE], findings: [] });
  });

  it('a hand edit inside the conflict is kept', () => {
    const repository = merged({ [FILE]: content('0') }, { [FILE]: content('1') }, { [FILE]: content('2') });
    const text = repository.read(FILE).replace('first: 1', 'first: by hand');
    repository.write(FILE, text);
    const result = repository.publish({ [FILE]: content('3') });
    expect(codes(result)).toEqual(['merge-conflict']);
    expect(repository.read(FILE)).toBe(text);
    expect(repository.publish({ [FILE]: content('3') }, { overwrite: [FILE] }).findings).toEqual([]);
    expect(repository.read(FILE)).toBe(content('3'));
  });

  it('a conflict that git merged in part is kept, because not all its lines are known', () => {
    const repository = merged(
      { [FILE]: content('0', '0') },
      { [FILE]: content('1', '0') },
      { [FILE]: content('2', '2') },
    );
    expect(codes(repository.publish({ [FILE]: content('3') }))).toEqual(['merge-conflict']);
  });
});

describe('a record', () => {
  it('that lost a comma in a merge is read line by line', () => {
    const repository = new Repository();
    repository.publish({ 'out/a/x.yaml': 'x\n', 'out/a/y.yaml': 'y\n' });
    repository.write(RECORD, repository.read(RECORD).replace(',\n    "out/a/y', '\n    "out/a/y'));
    expect(() => JSON.parse(repository.read(RECORD)) as unknown).toThrow();
    expect(repository.publish({}).removed).toEqual([RECORD, 'out/a/x.yaml', 'out/a/y.yaml']);
  });

  it('keeps the marks of both branches', () => {
    const marked = (tag: string, more = ''): Plan => ({
      [FILE]: `tag: ${tag} # {"$imagepolicy": "ns:p:tag"}\n${more}`,
    });
    const repository = merged(marked('1.0'), marked('1.0', 'a: 1\n'), marked('1.0', 'b: 1\n'));
    expect(repository.read(RECORD)).toContain('<<<<<<< ');
    repository.write(FILE, repository.read(FILE).replace('tag: 1.0', 'tag: 1.4'));
    expect(repository.publish(marked('1.0', 'a: 1\nb: 1\n')).findings).toEqual([]);
    expect(repository.read(FILE)).toBe('tag: 1.4 # {"$imagepolicy": "ns:p:tag"}\na: 1\nb: 1\n');
  });

  it('fails if a newer version wrote it', () => {
    const repository = new Repository();
    repository.publish({ [FILE]: 'a\n' });
    repository.write(RECORD, repository.read(RECORD).replace('"version": 1', '"version": 3'));
    expect(() => repository.publish({})).toThrow('record-version');
    expect(repository.has(FILE)).toBe(true);
  });
});

describe('the sides of a conflict', () => {
  it('are undefined without markers', () => {
    expect(conflictSides(Buffer.from('a: 1\n=======\n'))).toBeUndefined();
    expect(conflictSides(Buffer.from('a: "<<<<<<< and >>>>>>> "\n'))).toBeUndefined();
  });

  it.each(['<<<<<<< a\n1\n>>>>>>> b\n', '<<<<<<< a\n1\n=======\n2\n<<<<<<< a\n>>>>>>> b\n'])(
    'do not exist if the markers of %j do not match',
    (text) => expect(conflictSides(Buffer.from(text))).toEqual([]),
  );

  it('are found with line endings of another system', () => {
    const sides = conflictSides(Buffer.from('a\r\n<<<<<<< x\r\nb\r\n=======\r\nc\r\n>>>>>>> y\r\n'));
    expect(sides?.map(String)).toEqual(['a\r\nb\r\n', 'a\r\nc\r\n']);
  });
});
