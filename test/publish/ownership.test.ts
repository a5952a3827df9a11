import { clusterOfRecord, parseRecord, printRecord, type LoadedEntry } from '../../lib/publish/record';
import { Repository, removeRepositories, type Plan } from './repository';

afterAll(removeRepositories);

const RECORD = '.cdk8s-flux.json';
const owned = (owner: string, content: string) => ({ owner, content });
const [HASH, OTHER] = ['a', 'b'].map((digit) => digit.repeat(64)) as [string, string];

describe('a part run', () => {
  const everything: Plan = {
    'out/a/a.yaml': 'a: 1\n',
    'out/a/old.yaml': 'a: 1\n',
    'out/b/b.yaml': 'b: 1\n',
    'out/b/old.yaml': 'b: 1\n',
  };

  it('removes what its own owners no longer generate, and nothing of others', () => {
    const repository = new Repository();
    repository.publish(everything);
    const result = repository.publish({ 'out/a/a.yaml': 'a: 1\n' }, { complete: false });
    expect(result.removed).toEqual(['out/a/old.yaml']);
    expect(repository.has('out/b/old.yaml')).toBe(true);
  });

  it('leaves a file that another owner also lists, because another cluster may generate it', () => {
    const repository = new Repository();
    const shared = 'out/a/x/shared.yaml';
    const inner: Plan = { ...everything, 'out/a/x/own.yaml': 'x: 1\n' };
    repository.publish({ ...inner, [shared]: owned('out/a', 'x: 1\n') });
    const record = JSON.parse(repository.read(`out/a/${RECORD}`)) as { files: Record<string, string> };
    const other = JSON.parse(repository.read(`out/a/x/${RECORD}`)) as { files: Record<string, string> };
    other.files[shared] = record.files[shared]!;
    repository.write(`out/a/x/${RECORD}`, JSON.stringify(other));
    const result = repository.publish({ 'out/a/a.yaml': 'a: 1\n' }, { complete: false });
    expect(result.removed).toEqual(['out/a/old.yaml']);
    expect(repository.has(shared)).toBe(true);
    const whole = repository.publish({ 'out/a/a.yaml': 'a: 1\n' });
    expect(whole.removed).toContain(shared);
  });
});

describe('a hand edit', () => {
  it.each([
    ['of equal length', 'a: 9\n'],
    ['that is shorter', 'a\n'],
    ['that is longer', 'a: 1\nb: 2\n'],
  ])('%s is kept, whether the file is to be changed or removed', (_name, edited) => {
    const repository = new Repository();
    const first: Plan = { 'out/a.yaml': 'a: 1\n', 'out/b.yaml': 'a: 1\n', 'out/c.yaml': 'c: 1\n' };
    repository.publish(first);
    for (const path of ['out/a.yaml', 'out/b.yaml']) repository.write(path, edited);
    const result = repository.publish({ 'out/a.yaml': 'a: 2\n', 'out/c.yaml': 'c: 1\n' });
    expect(result.kept.map(({ path, finding }) => `${path} ${finding.code}`)).toEqual([
      'out/a.yaml file-edited',
      'out/b.yaml file-edited',
    ]);
    expect([repository.read('out/a.yaml'), repository.read('out/b.yaml')]).toEqual([edited, edited]);
    const again = repository.publish({ 'out/c.yaml': 'c: 1\n' }, { overwrite: ['out/b.yaml'] });
    expect(again.removed).toEqual(['out/b.yaml']);
    expect(again.kept.map(({ path }) => path)).toEqual(['out/a.yaml']);
  });
});

describe('overwriting', () => {
  it.each([
    [true, 2],
    [false, 0],
    [['out/x'], 1],
    [['out/x/a.yaml'], 1],
    [['./out/x/'], 1],
    [['out/xy/b.yaml', 'out/x'], 2],
    [['out/x/a'], 0],
    [[], 0],
  ])('%j includes %d of two edited files', (overwrite, count) => {
    const repository = new Repository();
    const plan = (value: number): Plan => ({
      'out/x/a.yaml': `a: ${value}\n`,
      'out/xy/b.yaml': `b: ${value}\n`,
    });
    repository.publish(plan(1));
    for (const path of Object.keys(plan(1))) repository.write(path, 'hand: 1\n');
    expect(repository.publish(plan(2), { overwrite }).kept).toHaveLength(2 - count);
  });
});

describe('a record', () => {
  const shown = (text: string) =>
    Object.fromEntries(
      [...((parseRecord(text, RECORD) ?? new Map()) as Map<string, LoadedEntry>)].map(
        ([path, { hashes, marks }]) => [
          path,
          [...hashes, ...[...marks].map(([policy, values]) => `${policy}=${values.join(',')}`)],
        ],
      ),
    );

  it('is printed with a line for each file and mark, and read back', () => {
    const marks = new Map([
      ['ns:q', '2'],
      ['ns:p', '1'],
    ]);
    const text = printRecord([
      ['out/a.yaml', { hash: HASH, marks }],
      ['out/b.yaml', { hash: OTHER, marks: new Map() }],
    ]);
    expect(text.split('\n').slice(3)).toEqual([
      '  "files": {',
      `    "out/a.yaml": "${HASH}",`,
      `    "out/b.yaml": "${OTHER}"`,
      '  },',
      '  "marks": {',
      '    "out/a.yaml": {',
      '      "ns:p": "1",',
      '      "ns:q": "2"',
      '    }',
      '  }',
      '}',
      '',
    ]);
    expect(shown(text)).toEqual({ 'out/a.yaml': [HASH, 'ns:p=1', 'ns:q=2'], 'out/b.yaml': [OTHER] });
    expect(printRecord([['a', { hash: HASH }]])).not.toContain('marks');
  });

  it('names its cluster, even with conflict markers, only for the folder that it names', () => {
    const cluster = { name: 'home "1"', path: 'clusters/home' };
    const text = printRecord([['out/a.yaml', { hash: HASH }]], { folder: 'out', cluster });
    const merged = text.replace('    "out/a.yaml"', '<<<<<<< ours\n    "out/a.yaml"');
    for (const one of [text, text.replaceAll('\n', '\r\n'), merged]) {
      expect(clusterOfRecord(one, 'out')).toEqual(cluster);
      expect(clusterOfRecord(one, 'examples/out')).toBeUndefined();
      expect(Object.keys(shown(one))).toEqual(['out/a.yaml']);
    }
    expect(clusterOfRecord(printRecord([]), 'out')).toBeUndefined();
    const root = { name: 'x', path: '' };
    expect(clusterOfRecord(printRecord([], { folder: '', cluster: root }), '')).toEqual(root);
    const outside = printRecord([], { folder: 'out', cluster: { name: 'x', path: '../x' } });
    expect(clusterOfRecord(outside, 'out')).toBeUndefined();
  });

  it('that git merged with conflicts counts for both sides', () => {
    const text = [
      '{',
      '  "version": 1,',
      '  "about": "x",',
      '  "files": {',
      '<<<<<<< a',
      `    "out/a.yaml": "${HASH}",`,
      '=======',
      `    "out/a.yaml": "${OTHER}"`,
      '>>>>>>> b',
      '    "out/n.yaml": 5,',
      '    "out/s.yaml": "short"',
      '  },',
      '  "marks": {',
      '    "out/a.yaml": {',
      '      "ns:p": "1"',
      '      "ns:p": "2"',
      '    }',
      '  }',
      '}',
    ];
    for (const end of ['\n', '\r\n'])
      expect(shown(text.join(end))['out/a.yaml']).toEqual([HASH, OTHER, 'ns:p=1,2']);
  });

  it.each(['../a', '/a', 'a/../b', './a', 'a//b', '.git/config', 'a/.git/x', '', 'a\\b'])(
    'lists no file %j',
    (path) => {
      const text = printRecord([
        [path, { hash: HASH, marks: new Map([['p', '1']]) }],
        ['ok', { hash: OTHER }],
      ]);
      expect(shown(text)).toEqual({ ok: [OTHER] });
      expect(shown(text.replace('"files"', 'x "files"'))).toEqual({ ok: [OTHER] });
    },
  );

  it.each([
    ['a list', '[]'],
    ['a text', '"x"'],
    ['null', 'null'],
    ['nothing', ''],
    ['files that are a list', '{"version": 1, "files": ["a"], "marks": 5}'],
    ['files that are numbers', '{"version": 1, "files": {"a": 5}, "marks": {"a": {"p": 5}, "b": []}}'],
  ])('that holds %s lists nothing', (_name, text) => {
    expect(shown(text)).toEqual({});
  });

  it.each([
    ['a hash with more behind it', `    "out/a.yaml": "${HASH}0",`],
    ['a short hash', `    "out/a.yaml": "${HASH.slice(1)}",`],
    ['a line with more behind it', `    "out/a.yaml": "${HASH}", x`],
    ['a key without a value', '    "out/a.yaml"'],
    ['a number', '    "out/a.yaml": 5,'],
    ['what the record is about', '  "about": "x",'],
  ])('that is broken lists nothing for %s', (_, line) => {
    expect(shown(`{\n<<<<<<< a\n${line}\n    "out/b.yaml": "${HASH}"\n`)).toEqual({ 'out/b.yaml': [HASH] });
  });

  it('takes a text in the marks of a broken record for the value of its file alone', () => {
    const lines = ['<<<<<<< a', '"marks": {', '"out/a.yaml": {', '"ns:p": "1"', '}', '"ns:q": "2"', '}'];
    expect(shown(lines.join('\n'))).toEqual({ 'out/a.yaml': ['ns:p=1'] });
  });

  it('takes marks only from maps of texts', () => {
    const marks = { 'out/a.yaml': 'text', 'out/b.yaml': { 'ns:p': '1', 'ns:q': 5 }, 'out/c.yaml': ['x'] };
    expect(shown(JSON.stringify({ version: 1, files: {}, marks }))).toEqual({ 'out/b.yaml': ['ns:p=1'] });
  });

  it('fails only if a newer version wrote it, also with conflicts', () => {
    const text = (version: number, broken = '') =>
      `{\n  "version": ${version},${broken}\n  "files": {\n    "a": "${HASH}"\n  }\n}\n`;
    expect(shown(text(1))).toEqual({ a: [HASH] });
    expect(() => parseRecord(text(3), RECORD)).toThrow(/record-version/);
    expect(() => parseRecord(text(3, '\n<<<<<<< a'), RECORD)).toThrow(/record-version/);
    expect(shown(text(1, '\n<<<<<<< a'))).toEqual({ a: [HASH] });
  });
});
