import fc from 'fast-check';
import { parseAllDocuments, stringify } from 'yaml';
import { documentAt, editYaml, type YamlEdit } from '../../lib/yaml/edit/edit-yaml';

const set = (path: readonly (string | number)[], value: unknown): YamlEdit => ({ type: 'set', path, value });
const append = (path: readonly (string | number)[], value: unknown): YamlEdit => ({
  type: 'append',
  path,
  value,
});
const remove = (path: readonly (string | number)[], index: number): YamlEdit => ({
  type: 'remove',
  path,
  index,
});

const del = (path: readonly string[]): YamlEdit => ({ type: 'delete', path });

describe('an edit of YAML', () => {
  it.each<[string, string, YamlEdit, string]>([
    [
      'a value, and leaves the comment behind it',
      'a: 1 # one\nb: 2\n',
      set(['a'], 'x'),
      'a: x # one\nb: 2\n',
    ],
    ['a quoted value, which stays quoted', "a: 'x'\n", set(['a'], 'y'), "a: 'y'\n"],
    ['a quoted value to what needs other quotes', "a: 'x'\n", set(['a'], "it's"), "a: it's\n"],
    ['a value to a text that reads as a number', 'a: x\n', set(['a'], '1_000'), 'a: "1_000"\n'],
    [
      'an entry of a sorted map, above the comment of the one behind it',
      'm:\n  a: 1\n  # of c\n  c: 1\n  d: 2\n',
      { type: 'set', path: ['m', 'b', 'x'], value: '1', sorted: true },
      'm:\n  a: 1\n  b:\n    x: "1"\n  # of c\n  c: 1\n  d: 2\n',
    ],
    [
      'an entry at the beginning of a sorted map',
      'm:\r\n  b: 1\r\n',
      { type: 'set', path: ['m', 'a'], value: 1, sorted: true },
      'm:\r\n  a: 1\r\n  b: 1\r\n',
    ],
    [
      'an entry at the end of a map in another order',
      'm:\n  c: 1\n  a: 1\n',
      { type: 'set', path: ['m', 'b'], value: 1, sorted: true },
      'm:\n  c: 1\n  a: 1\n  b: 1\n',
    ],
    ['an entry out of a map', 'a:\n  b: 1 # one\n  c: 2\n', del(['a', 'b']), 'a:\n  c: 2\n'],
    [
      'the last entry out of a map, and leaves the comment below it',
      'a:\n  b: 1\n  c:\n    d: 1\n# end\ne: 1\n',
      del(['a', 'c']),
      'a:\n  b: 1\n# end\ne: 1\n',
    ],
    ['an entry out of braces', 'a: { b: 1, c: 2 }\n', del(['a', 'b']), 'a: { c: 2 }\n'],
    ['the last entry out of braces', 'a: { b: 1, c: 2 }\n', del(['a', 'c']), 'a: { b: 1 }\n'],
    [
      'the only entry out of maps, which go with it',
      'a: 1\nb:\n  c:\n    d: { e: 1 }\n',
      del(['b', 'c', 'd', 'e']),
      'a: 1\n',
    ],
    [
      'an entry that there is not',
      'a:\n    b: 1 # one\n# end\nc: 2\n',
      set(['a', 'd'], 'x'),
      'a:\n    b: 1 # one\n    d: x\n# end\nc: 2\n',
    ],
    [
      'maps that there are not',
      'a:\n  b: 1\n',
      set(['a', 'c', 'd/e'], 'on'),
      'a:\n  b: 1\n  c:\n    d/e: "on"\n',
    ],
    ['an entry of a map in braces', 'a: { b: 1 }\n', set(['a', 'c'], 2), 'a: { b: 1, c: 2 }\n'],
    ['an entry of empty braces', 'a: {}\n', set(['a', 'c'], 2), 'a: {c: 2}\n'],
    [
      'an entry behind a text of several lines',
      'a:\n  b: |\n    x\n    y\nc: 1\n',
      set(['a', 'd'], 1),
      'a:\n  b: |\n    x\n    y\n  d: 1\nc: 1\n',
    ],
    [
      'an entry at the end of a file without a line end',
      'a:\n  b: 1',
      set(['a', 'c'], 2),
      'a:\n  b: 1\n  c: 2',
    ],
    [
      'a value with an anchor, which goes to the first of those that share it',
      'a: &x old # one\nb: *x # two\nc: [*x]\n',
      set(['a'], 'new'),
      'a: new # one\nb: &x old # two\nc: [*x]\n',
    ],
    ['with the line ends of the file', 'a:\r\n  b: 1\r\n', set(['a', 'c'], 2), 'a:\r\n  b: 1\r\n  c: 2\r\n'],
    ['an item of a list', 'a:\n- x\n# end\nb: 1\n', append(['a'], 'w'), 'a:\n- x\n- w\n# end\nb: 1\n'],
    [
      'an item with several keys',
      'a:\n  - name: x\n',
      append(['a'], { name: 'w', namespace: 'm' }),
      'a:\n  - name: x\n  - name: w\n    namespace: m\n',
    ],
    ['an item of a list in brackets', 'a: [x, y]\n', append(['a'], 'z'), 'a: [x, y, z]\n'],
    [
      'a list that there is not',
      'a:\n  b: 1\n',
      append(['a', 'c'], { name: 'w' }),
      'a:\n  b: 1\n  c:\n    - name: w\n',
    ],
    ['an item out of a list', 'a:\n  - x\n  - y # why\n  - z\n', remove(['a'], 1), 'a:\n  - x\n  - z\n'],
    ['the last item out of a list', 'a:\n  - x\n  - y\nb: 1\n', remove(['a'], 1), 'a:\n  - x\nb: 1\n'],
    ['the only item out of a list', 'a:\n  - x\nb: 1\n', remove(['a'], 0), 'a: []\nb: 1\n'],
    ['an item out of brackets', 'a: [x, y, z]\n', remove(['a'], 0), 'a: [y, z]\n'],
    ['the last item out of brackets', 'a: [x, y]\n', remove(['a'], 1), 'a: [x]\n'],
    ['the only item out of brackets', 'a: [x]\n', remove(['a'], 0), 'a: []\n'],
  ])('changes %s', (_, text, edit, wanted) => {
    expect(editYaml(text, 0, edit)).toBe(wanted);
  });

  it('changes only the document that begins at the line', () => {
    const text = '# head\na: 1\n---\na: 2\n---\na: 3\n';
    expect(editYaml(text, documentAt(text, 4), set(['a'], 9))).toBe('# head\na: 1\n---\na: 9\n---\na: 3\n');
  });

  it.each<[string, string, YamlEdit]>([
    ['what is behind an alias', 'a: &x { c: 1 }\nb: *x\n', set(['b', 'c'], 2)],
    ['text that is not valid', 'a: [\n', set(['a'], 1)],
    ['an entry of what is no map', 'a: text\n', set(['a', 'b'], 1)],
    ['the end of a text that keeps its empty lines', 'a:\n  b: |+\n    x\n\n\n', set(['a', 'c'], 1)],
    ['an item that there is not', 'a: [x]\n', remove(['a'], 3)],
  ])('fails for %s', (_, text, edit) => {
    expect(editYaml(text, 0, edit)).toBeUndefined();
  });

  it('makes only the requested change, or fails', () => {
    const scalar = fc.oneof(
      fc.constantFrom('x', 'on', '1', '', 'a: b', '- a', '# c', '\n', 'é'),
      fc.integer(),
      fc.boolean(),
    );
    const data = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.dictionary(fc.constantFrom('d', 'e'), scalar)),
    );
    const path = fc.constantFrom(['a'], ['b', 'd'], ['c', 'e'], ['new', 'deep']);
    const options = fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      collectionStyle: fc.constantFrom('any', 'block', 'flow'),
    });
    fc.assert(
      fc.property(data, options, path, scalar, fc.boolean(), (object, style, at, value, isList) => {
        const text = stringify(object, style);
        const edited = editYaml(text, 0, isList ? append(at, value) : set(at, value));
        if (edited === undefined) return;
        const [before, after] = [text, edited].map((one) => new Set(one.split('\n')));
        const changed = [...(before as Set<string>)].filter((line) => !after?.has(line));
        expect(changed.length).toBeLessThanOrEqual(
          1 + (style.collectionStyle === 'flow' ? text.split('\n').length : 2),
        );
        const [document] = parseAllDocuments(edited);
        const got = document && 'getIn' in document ? document.getIn(at) : undefined;
        if (!isList) expect(got).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });
});
