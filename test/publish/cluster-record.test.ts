import fc from 'fast-check';
import type { PublishOptions, PublishResult } from '../../lib/publish/publish';
import { clusterOfRecord, parseRecord, printRecord } from '../../lib/publish/record';
import type { RecordEntry } from '../../lib/publish/record-entry';
import { merged } from './merged';
import { Repository, removeRepositories, type Plan } from './repository';

afterAll(removeRepositories);

const ENTRY = 'out/clusters/eu-1';
const APPS = 'out/apps/eu-1';
const RECORD = `${ENTRY}/.cdk8s-flux.json`;
const cluster = { name: 'eu-1', path: ENTRY, folders: [APPS] };
const HASH = 'ab'.repeat(32);
const codes = (result: PublishResult): string[] => result.findings.map(({ code }) => code);

/** Publishes with one record for the cluster, or with one in each folder. */
const options = (isShared = true): Partial<PublishOptions> => ({
  clusters: new Map(
    [ENTRY, `${APPS}/web`].map((folder) => [
      folder,
      { name: 'eu-1', path: ENTRY, ...(isShared && { folders: [APPS] }) },
    ]),
  ),
  reach: new Map([[ENTRY, [APPS]]]),
});

const files = (texts: Readonly<Record<string, string>>): Plan =>
  Object.fromEntries(Object.entries(texts).map(([path, content]) => [path, { owner: ENTRY, content }]));
const [KUSTOMIZATION, WEB, OTHER] = [
  `${ENTRY}/shared/kustomization.yaml`,
  `${APPS}/web/web.yaml`,
  `${APPS}/web/other.yaml`,
];

describe('the record of a cluster that shares files', () => {
  it('has a line for each file below that of its folder, and for each marked field', () => {
    const entries: [string, RecordEntry][] = [
      [`${APPS}/web/b.yaml`, { hash: HASH, marks: new Map([['ns:p:tag', '1.0']]) }],
      [KUSTOMIZATION, { hash: HASH }],
      [`${APPS}/web/a.yaml`, { hash: HASH }],
    ];
    const text = printRecord(entries, { folder: ENTRY, cluster });
    expect(text).toBe(`{
  "version": 2,
  "out/apps/eu-1/": {
    "web/a.yaml": "q6urq6urq6urq6ur",
    "web/b.yaml": {
      "hash": "q6urq6urq6urq6ur",
      "ns:p:tag": "1.0"
    }
  },
  "out/clusters/eu-1/": {
    "shared/kustomization.yaml": "q6urq6urq6urq6ur"
  }
}
`);
    expect(printRecord(entries, { folder: ENTRY, cluster: { ...cluster, name: 'x' } })).toContain(
      '\n  "cluster": "x",\n',
    );
  });

  it('has a file below the deepest of its folders', () => {
    const folders = ['out', 'out/a', 'out/a/b'];
    for (const order of [folders, [...folders].reverse()]) {
      const text = printRecord([['out/a/b/c.yaml', { hash: HASH }]], {
        folder: ENTRY,
        cluster: { ...cluster, folders: order },
      });
      expect(text).toContain('  "out/a/b/": {\n    "c.yaml": "');
    }
  });

  it('has a single line for a file whose marks are empty', () => {
    const text = printRecord([[WEB, { hash: HASH, marks: new Map() }]], { folder: ENTRY, cluster });
    expect(text).toContain('    "web/web.yaml": "q6urq6urq6urq6ur"\n');
  });

  it.each([
    ['a folder that is null', '"a/": null', []],
    ['a folder that is a text', '"a/": "q6urq6urq6urq6ur"', []],
    ['a longer fingerprint', '"a/": { "b.yaml": "q6urq6urq6urq6urq" }', []],
    ['a shorter fingerprint', '"a/": { "b.yaml": "q6urq6urq6urq6u" }', []],
    ['a fingerprint with other characters', '"a/": { "b.yaml": "q6urq6urq6urq6+r" }', []],
    ['a number', '"a/": { "b.yaml": 1, "c.yaml": "q6urq6urq6urq6ur" }', ['a/c.yaml']],
    ['a key without a folder', '"a": { "b.yaml": "q6urq6urq6urq6ur" }', []],
    ['a file at the root', '"./": { "b.yaml": "q6urq6urq6urq6ur" }', ['b.yaml']],
  ])('reads %s', (_, entry, paths) => {
    expect([...(parseRecord(`{ "version": 2, ${entry} }`, RECORD)?.keys() ?? [])]).toEqual(paths);
  });

  it('is the one in the entry path: what an edited file leaves behind elsewhere is of the usual version', () => {
    const text = printRecord([[WEB, { hash: HASH }]], { folder: `${APPS}/web`, cluster });
    expect(text).toContain(`"version": 1,`);
    expect(text).toContain(`"${WEB}": "${HASH}"`);
  });

  it.each(['', 'ab', 'ab'.repeat(11)])(
    'cannot make a file ours with %j in place of a fingerprint',
    (hash) => {
      const repository = new Repository();
      const path = 'out/web/web.yaml';
      repository.publish({ [path]: 'a: 1\n' });
      const record = 'out/web/.cdk8s-flux.json';
      repository.write(record, repository.read(record).replace(/"[0-9a-f]{64}"/, `"${hash}"`));
      expect(codes(repository.publish({ [path]: 'a: 2\n' }))).toEqual(['file-edited']);
      expect(repository.read(path)).toBe('a: 1\n');
    },
  );

  it('is read back, also line by line', () => {
    const name = fc.constantFrom('web', 'a b', 'files', 'hash', 'version', 'x[y]', 'cluster');
    const path = fc
      .tuple(fc.constantFrom('', `${APPS}/`, `${ENTRY}/`, `${ENTRY}/deep/`), name, name)
      .map(([folder, one, two]) => `${folder}${one}/${two}.yaml`);
    const value = fc.constantFrom('1.0', 'q6urq6urq6urq6ur', '{', 'a: b');
    const hash = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
    const entry = fc.tuple(
      path,
      fc.record({ hash, marks: fc.dictionary(fc.constantFrom('ns:p', 'ns:p:tag#2'), value) }),
    );
    const entries = fc.uniqueArray(entry, { selector: ([one]) => one, minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(entries, fc.constantFrom('', 'out'), (list, deep) => {
        const folders = [APPS, `${ENTRY}/deep`, deep];
        const text = printRecord(
          list.map(([one, { hash: own, marks }]) => [
            one,
            { hash: own, marks: new Map(Object.entries(marks)) },
          ]),
          { folder: ENTRY, cluster: { ...cluster, folders } },
        );
        const wanted = Object.fromEntries(
          list.map(([one, { hash: own, marks }]) => [one, { hash: own.slice(0, 24), marks }]),
        );
        for (const shown of [text, text.replaceAll('\n', '\r\n'), `<<<<<<< ours\n${text}`]) {
          const read = [...(parseRecord(shown, RECORD) ?? [])].map(([one, { hashes, marks }]) => [
            one,
            {
              hash: hashes.join(),
              marks: Object.fromEntries([...marks].map(([policy, values]) => [policy, values.join()])),
            },
          ]);
          expect(Object.fromEntries(read)).toEqual(wanted);
        }
      }),
    );
  });

  it('names its cluster only for its own folder', () => {
    const entries: [string, RecordEntry][] = [[KUSTOMIZATION, { hash: HASH }]];
    for (const name of ['eu-1', 'other "1"']) {
      const text = printRecord(entries, { folder: ENTRY, cluster: { ...cluster, name } });
      expect(clusterOfRecord(text, ENTRY)).toEqual({ name, path: ENTRY });
      expect(clusterOfRecord(`<<<<<<< ours\n${text}`, ENTRY)).toEqual({ name, path: ENTRY });
      for (const elsewhere of ['out/clusters/eu-2', 'eu-1', 'out/clusters', ''])
        expect(clusterOfRecord(text, elsewhere)).toBeUndefined();
    }
    const root = printRecord([['a.yaml', { hash: HASH }]], {
      folder: '',
      cluster: { name: 'x', path: '', folders: [] },
    });
    expect(clusterOfRecord(root, '')).toEqual({ name: 'x', path: '' });
  });

  it.each(['../../x.yaml', './x.yaml', '', '/x.yaml', '../../.git/config'])('lists no file %j', (path) => {
    const text = `{\n  "version": 2,\n  "a/b/": {\n    ${JSON.stringify(path)}: "q6urq6urq6urq6ur"\n  }\n}\n`;
    for (const shown of [text, `<<<<<<< ours\n${text}`])
      expect([...(parseRecord(shown, RECORD) ?? [])]).toEqual([]);
  });

  it('recognizes hand edits, and files that it may replace and remove', () => {
    const repository = new Repository();
    const first = files({ [KUSTOMIZATION]: 'a: 1\n', [WEB]: 'a: 1\n', [OTHER]: 'a: 1\n' });
    expect(repository.publish(first, options()).findings).toEqual([]);
    expect(repository.read(RECORD)).toContain('"version": 2');
    repository.write(WEB, 'by: hand\n');
    const second = files({ [KUSTOMIZATION]: 'a: 2\n', [WEB]: 'a: 2\n' });
    const result = repository.publish(second, options());
    expect(codes(result)).toEqual(['file-edited']);
    expect(repository.read(WEB)).toBe('by: hand\n');
    expect(result).toMatchObject({ removed: [OTHER], written: [RECORD, KUSTOMIZATION] });
    repository.write(WEB, 'a: 1\n');
    expect(repository.publish(second, options())).toMatchObject({ written: [WEB, RECORD], findings: [] });
  });

  it('is replaced by the records of the folders, and replaces them, even with a hand edit', () => {
    const rendered: Plan = {
      [`${ENTRY}/apps.yaml`]: { owner: ENTRY, content: 'a: 1\n' },
      [WEB]: { owner: `${APPS}/web`, content: 'a: 1\n' },
      [OTHER]: { owner: `${APPS}/web`, content: 'a: 1\n' },
    };
    const shared = files({ [KUSTOMIZATION]: 'a: 1\n', [WEB]: 'a: 2\n' });
    const repository = new Repository();
    repository.publish(rendered, options(false));
    const before = repository.snapshot();
    expect(repository.publish(shared, options()).findings).toEqual([]);
    expect(repository.has(`${APPS}/web/.cdk8s-flux.json`)).toBe(false);
    repository.write(WEB, 'by: hand\n');
    expect(codes(repository.publish(rendered, options(false)))).toEqual(['file-edited']);
    expect(repository.read(WEB)).toBe('by: hand\n');
    expect(repository.read(RECORD)).toContain('"version": 1');
    repository.write(WEB, 'a: 2\n');
    expect(repository.publish(rendered, options(false)).findings).toEqual([]);
    expect(repository.snapshot()).toEqual(before);
  });

  it.each(['merge', 'diff3'])('counts for both branches after a conflict (%s)', (style) => {
    const base = { [KUSTOMIZATION]: 'a: 1\n', [WEB]: 'tag: 1 # {"$imagepolicy": "ns:p:tag"}\n' };
    const ours = { ...base, [`${APPS}/api/x.yaml`]: 'x\n', [KUSTOMIZATION]: 'a: 2\n' };
    const theirs = {
      ...base,
      [`${APPS}/api/y.yaml`]: 'y\n',
      [`${APPS}/zoo/z.yaml`]: 'z\n',
      [KUSTOMIZATION]: 'a: 3\n',
    };
    const repository = merged(files(base), files(ours), files(theirs), style, options());
    expect(repository.read(RECORD)).toContain('<<<<<<< ');
    expect(repository.publish(files(base), options())).toMatchObject({
      removed: [`${APPS}/api/x.yaml`, `${APPS}/api/y.yaml`, `${APPS}/zoo/z.yaml`],
      findings: [],
    });
    expect(repository.read(KUSTOMIZATION)).toBe('a: 1\n');
  });

  it('is read in the folder in which a conflict begins, on each side of it', () => {
    const line = (name: string) => `    "${name}": "q6urq6urq6urq6ur"`;
    const text = [
      '{\n  "version": 2,\n  "a/": {',
      line('1.yaml'),
      '<<<<<<< ours',
      line('2.yaml'),
      '  },\n  "b/": {',
      line('3.yaml'),
      '||||||| base',
      line('4.yaml'),
      '=======',
      `    "5.yaml": {\n      "hash": "q6urq6urq6urq6ur",\n      "ns:p": "1"\n    },`,
      line('6.yaml'),
      '>>>>>>> theirs',
      '  }\n}\n',
    ].join('\n');
    const read = parseRecord(text, RECORD);
    expect([...(read?.keys() ?? [])]).toEqual([
      ...['a/1.yaml', 'a/2.yaml', 'b/3.yaml', 'a/4.yaml', 'a/5.yaml', 'a/6.yaml'],
    ]);
    expect(read?.get('a/5.yaml')).toEqual({ hashes: ['ab'.repeat(12)], marks: new Map([['ns:p', ['1']]]) });
  });

  it('keeps the value that image automation committed', () => {
    const marked = (tag: string, more = '') =>
      files({ [WEB]: `tag: ${tag} # {"$imagepolicy": "ns:p:tag"}\n${more}` });
    const repository = new Repository();
    repository.publish(marked('1.0'), options());
    repository.write(WEB, repository.read(WEB).replace('1.0', '1.4'));
    expect(repository.publish(marked('1.0', 'a: 1\n'), options()).findings).toEqual([]);
    expect(repository.read(WEB)).toContain('tag: 1.4 ');
    repository.publish(marked('2.0'), options());
    expect(repository.read(WEB)).toContain('tag: 2.0 ');
  });
});
