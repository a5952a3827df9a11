import { parseDocuments } from '../../lib/yaml/parse';
import { printDocuments } from '../../lib/yaml/print';
import { describeWithGo } from './go-oracle';

const IMAGE = '/spec/template/spec/containers/0/image';
const MARKER = '{"$imagepolicy": "flux-system:podinfo"}';
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'podinfo', labels: { app: 'podinfo' } },
  spec: {
    template: {
      spec: {
        containers: [
          { name: 'podinfod', image: 'ghcr.io/stefanprodan/podinfo:6.5.4', args: ['--level=info', 'a: b'] },
        ],
      },
    },
  },
};
const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c' },
  data: { 'a.yaml': 'x:\n- 1\n', b: '😀' },
};
const marked = { object: deployment, comments: new Map([[IMAGE, MARKER]]) };

describe('printDocuments', () => {
  it('prints documents in block style, apiVersion, kind, metadata and spec first', () => {
    const documents = [
      {
        object: {
          spec: { list: ['a', ['b', 'c'], { d: 1, e: null }], none: {}, empty: [] },
          kind: 'K',
          apiVersion: 'v1',
          text: 'a\nb\n',
        },
        header: 'made\n\nby hand',
      },
      { object: { apiVersion: 'v1', kind: 'Other' } },
    ];
    const text = printDocuments(documents);
    expect(text).toMatchInlineSnapshot(`
     "# made
     #
     # by hand
     apiVersion: v1
     kind: K
     spec:
       list:
         - a
         - - b
           - c
         - d: 1
           e: null
       none: {}
       empty: []
     text: |
       a
       b
     ---
     apiVersion: v1
     kind: Other
     "
    `);
    expect(parseDocuments(text, 'a.yaml').map(({ value }) => value)).toEqual(
      documents.map(({ object }) => object),
    );
  });

  it('leaves undefined out, and prints values that become empty as empty', () => {
    expect(
      printDocuments([{ object: { a: undefined, b: { c: undefined }, d: [undefined], e: [undefined, 1] } }]),
    ).toBe('b: {}\nd: []\ne:\n  - 1\n');
    expect(printDocuments([{ object: {} }])).toBe('{}\n');
    expect(printDocuments([{ object: null }, { object: 'x' }])).toBe('null\n---\nx\n');
    expect(printDocuments([])).toBe('');
  });

  it('prints numbers that all readers read as the same number', () => {
    const object = [0, -0, 1.5, 1e21, 1e-7, 1.5e300, 2 ** 53, 9007199254740993n, -1];
    expect(printDocuments([{ object }])).toBe(
      '- 0\n- 0\n- 1.5\n- 1.0e+21\n- 1.0e-7\n- 1.5e+300\n- 9007199254740992\n- 9007199254740993\n- -1\n',
    );
  });

  it('never folds long strings', () => {
    expect(printDocuments([{ object: { a: 'word '.repeat(500) + 'end' } }]).split('\n')).toHaveLength(2);
  });

  it('prints data of 1,000 levels, and reads it back', () => {
    let object: unknown = 'deep';
    for (let level = 0; level < 1_000; level += 1) object = level % 2 === 0 ? { a: object } : [object];
    const text = printDocuments([{ object }]);
    expect(JSON.stringify(parseDocuments(text, 'a.yaml')[0]?.value)).toBe(JSON.stringify(object));
  });

  it('prints comments at the end of the lines of their values', () => {
    const comments = new Map([
      ['/a~1b/0', 'first'],
      ['/none', 'null'],
    ]);
    expect(printDocuments([{ object: { 'a/b': ['x', 'z'], none: null }, comments }])).toBe(
      'a/b:\n  - x # first\n  - z\nnone: null # null\n',
    );
  });

  it.each([
    ['NaN', NaN],
    ['an infinity', -Infinity],
    ['half a surrogate pair', 'a\ud800'],
    ['half a surrogate pair in a key', { '\udc00': 1 }],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a date', new Date(0)],
    ['a Map', new Map()],
  ])('fails for %s', (_name, value) => {
    expect(() =>
      printDocuments([{ object: { kind: 'K', metadata: { name: 'n' }, spec: { field: value } } }]),
    ).toThrow(/^error: yaml-unprintable\n {2}spec\.field.* \(in K "n"\)\n {2}fix: /);
  });

  it('fails for data that contains itself', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(() => printDocuments([{ object: loop }])).toThrow(
      'is more than 1000 levels deep, or contains itself',
    );
  });

  it.each(['/text', '/map', '/map/none', '/absent'])('fails for a comment at %s', (pointer) => {
    const object = { text: 'a\nb', map: { a: 1 } };
    expect(() => printDocuments([{ object, comments: new Map([[pointer, 'c']]) }])).toThrow(
      'yaml-comment-misplaced',
    );
  });

  it('fails for comments with line ends of any YAML, and names all that is wrong', () => {
    const documents = [
      { object: { a: 1 }, header: 'a\u2028b' },
      { object: { a: 1 }, comments: new Map([['/a', 'x\ny']]) },
    ];
    expect(() => printDocuments(documents)).toThrow(/a\\u2028b[^]*x\\ny/);
  });
});

describeWithGo("a marked file, rewritten by Flux's image automation", (go) => {
  it('changes only the marked line', () => {
    const before = printDocuments([
      { ...marked, header: 'made by code' },
      { object: configMap, header: 'more' },
    ]);
    const [after = ''] = go.rewrite([
      { text: before, setters: { 'flux-system:podinfo': 'ghcr.io/stefanprodan/podinfo:6.7.0' } },
    ]);
    expect(after).toBe(before.replace('6.5.4', '6.7.0'));
    expect(after).not.toBe(before);
  });

  it('keeps lists whose indentation kyaml would misread', () => {
    const first = { apiVersion: 'v1', kind: 'K', metadata: { name: 'x' }, 'a:b': ['c'] };
    const text = 'x:\n- 1\n';
    const objects = [
      { ...first, z: ['d'] },
      { data: { text }, ...deployment },
      { metadata: { name: 'y' }, text, z: ['d', ['e', 'f']] },
    ];
    const texts = objects.map((each) => printDocuments([{ object: each }]));
    expect(go.rewrite(texts.map((each) => ({ text: each, setters: {} })))).toEqual(texts);
    expect(texts[2]).toContain('\nz:\n- d\n- - e\n  - f\n');
  });
});
