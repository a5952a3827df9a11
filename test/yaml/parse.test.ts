import { FindingsError } from '../../lib/findings/findings-error';
import { parseDocuments } from '../../lib/yaml/parse';
import { printDocuments } from '../../lib/yaml/print';
import { describeWithGo } from './go-oracle';
import { HARD_STRINGS } from './hard-strings';

const values = (text: string): unknown[] => parseDocuments(text, 'a.yaml').map(({ value }) => value);

function findingsOf(text: string): string[] {
  try {
    parseDocuments(text, 'a.yaml');
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return error.findings.map(({ code, message, locations }) => `${code}:${locations[0]?.line} ${message}`);
  }
  return [];
}

describe('parseDocuments', () => {
  it('returns each document and the line at which its content starts', () => {
    expect(parseDocuments('# c\n\na: 1\n---\n# x\n---\n\nb: 2\n...\n"x"\n', 'a.yaml')).toEqual([
      { value: { a: 1 }, line: 3 },
      { value: null, line: 4 },
      { value: { b: 2 }, line: 8 },
      { value: 'x', line: 10 },
    ]);
    expect(parseDocuments('', 'a.yaml')).toEqual([]);
    expect(parseDocuments('---\n', 'a.yaml')).toEqual([{ value: null, line: 1 }]);
  });

  it('understands a byte order mark and CRLF', () => {
    expect(values('\ufeffa: |\r\n  x\r\n  y\r\n---\r\nb: 1\r\n')).toEqual([{ a: 'x\ny\n' }, { b: 1 }]);
  });

  it('resolves scalars as Flux does', () => {
    const text =
      '[yes, on, N, 0400, 0o17, 0X1F, 1_000, 08, 1:30, 2001-12-14, 1e400, ~, Null, nULL, !!str 1, !!binary aGk=, !x 1]';
    expect(values(text)).toEqual([
      [
        'yes',
        'on',
        'N',
        256,
        15,
        31,
        1000,
        8,
        '1:30',
        '2001-12-14',
        '1e400',
        null,
        null,
        'nULL',
        '1',
        'hi',
        '1',
      ],
    ]);
  });

  it('keeps all digits of integers of 64 bits', () => {
    expect(
      values('[9007199254740991, 9007199254740993, 18446744073709551615, -9223372036854775808]'),
    ).toEqual([[9007199254740991, 9007199254740993n, 18446744073709551615n, -9223372036854775808n]]);
    expect(printDocuments([{ object: values('a: 9007199254740993')[0] }])).toBe('a: 9007199254740993\n');
  });

  it('keeps __proto__ as a key without effect', () => {
    const [value] = values('__proto__: {a: 1}\nx: &x {__proto__: 2}\ny: *x\nz: {<<: *x}\n') as [
      Record<string, object>,
    ];
    expect(Object.keys(value)).toEqual(['__proto__', 'x', 'y', 'z']);
    expect('a' in value).toBe(false);
    for (const key of ['x', 'y', 'z']) expect(Object.keys(value[key] ?? {})).toEqual(['__proto__']);
    expect(Object.prototype).not.toHaveProperty('a');
  });

  it('applies merge keys and copies what aliases refer to', () => {
    const [value] = values(
      'x: &x {a: 1, b: 1}\ny: {b: 2, <<: [*x, {a: 3, c: 3}]}\nz: *x\n"<<": {q: 1}\n',
    ) as [Record<string, unknown>];
    expect(value).toEqual({ x: { a: 1, b: 1 }, y: { a: 1, b: 2, c: 3 }, z: { a: 1, b: 1 }, '<<': { q: 1 } });
    expect(value.z).not.toBe(value.x);
  });

  it('fails for every merge conflict', () => {
    expect(findingsOf('a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n')).toEqual([
      'merge-conflict:2 the file has an unresolved merge conflict',
    ]);
  });

  it('fails with all mistakes of a file, each with its line', () => {
    expect(findingsOf('a: 1\na: 2\nb: {c: 1, c: 2}\n---\nx: [\n---\ny: 1\n z: 3\n')).toEqual([
      'yaml-invalid:2 a mapping has the same key twice (column 1)',
      'yaml-invalid:3 a mapping has the same key twice (column 11)',
      expect.stringMatching('^yaml-invalid:6 '),
      expect.stringMatching('^yaml-invalid:8 bad indentation'),
    ]);
  });

  it.each([
    ['an alias without anchor', 'a: *b', 'an alias (*name) has no anchor (&name) before it (column 5)'],
    ['an anchor that contains itself', 'a: &a [*a]', 'an anchor contains itself (column 9)'],
    ['a key that is no string', '? [a]\n: 1', 'a key must be a string'],
    ['a tag that does not fit', 'a: !!int x', 'the value does not match its tag (column 10)'],
    ['a merge of no mapping', '<<: 1', '"<<" can merge only mappings'],
    ['data too deep', '['.repeat(5_000) + ']'.repeat(5_000), 'nesting exceeded'],
  ])('fails for %s', (_name, text, message) => {
    expect(findingsOf(text)).toEqual([expect.stringContaining(`yaml-invalid:1 ${message}`)]);
  });

  it.each([
    ['a value', 1, 'a: {{ x }}-1\nb: {{ y }}\n'],
    ['a part of Jinja', 1, '{% if x %}\na: 1\n{% endif %}\n'],
    ['a mapping as key', 1, 'a: {{ x }}\n'],
    ['a line of its own', 1, '{{- if x }}\na: 1\n{{- end }}\n'],
    ['a line in a mapping', 3, 'a: 1\nc:\n  {{- if x }}\n  d: 1\n  {{- end }}\n'],
    ['several documents', 3, 'a: 1\n---\na: {{ x }}-1\n---\na: {{ x }}-1\n'],
  ])('says once that a file is a template: %s', (_name, line, text) => {
    expect(findingsOf(text)).toEqual([
      `yaml-invalid:${line} a template expression such as {{ … }} is not YAML, and Flux renders no templates`,
    ]);
  });

  it('does not take a file for a template for expressions that are not the mistake', () => {
    expect(findingsOf('a: "{{ x }}"\n b: 1\n')).toEqual([
      expect.stringContaining('yaml-invalid:2 bad indentation'),
    ]);
    expect(findingsOf('a: 1\n b: 1\nc: {{ x }}-1\n')).toEqual([
      expect.stringContaining('yaml-invalid:2 bad indentation'),
    ]);
    expect(findingsOf('a: "{{ x }}"\n')).toEqual([]);
  });

  it.each([
    ['in quotes', 'a: 1\n b: "{{ x }}"\n', 'bad indentation'],
    ['in single quotes', "a: 1\n b: '{{ x }}'\n", 'bad indentation'],
    ['in a comment', 'a: 1\n b: 1 # {{ x }}\n', 'bad indentation'],
    ['in a comment alone', 'a: b: c\n# {{ x }}\n', 'bad indentation'],
    ['in quotes, of a key that is there twice', 'a: "{{ x }}"\na: "{{ y }}"\n', 'same key twice'],
    ['beside quotes', 'a: 1\n b: {{ x }} "y"\n', 'template expression'],
    ['after a # that is no comment', 'a: 1\n b: x#{{ y }}: z\n', 'template expression'],
  ])('judges an expression by where it is: %s', (_name, text, message) => {
    expect(findingsOf(text)).toEqual([expect.stringContaining(message)]);
  });

  it('fails once for aliases that represent too much', () => {
    const row = (name: string, item: string): string =>
      `${name}: &${name} [${Array(10).fill(item).join(', ')}]\n`;
    const text =
      row('a', 'x') + [...'bcdefghi'].map((name, index) => row(name, `*${'abcdefgh'[index]}`)).join('');
    expect(findingsOf(text)).toEqual([
      'yaml-invalid:4 the aliases of the file expand to more than 3652 values (column 17)',
    ]);
  });

  it('fails if many documents have aliases that represent too much together', () => {
    const document = (count: number) =>
      `---\na: &a [${Array(100).fill('x').join(', ')}]\nb: [${Array(count).fill('*a').join(', ')}]\n`;
    expect(findingsOf(document(100).repeat(50))).toHaveLength(1);
    expect(findingsOf(document(2).repeat(100))).toEqual([]);
  });
});

describeWithGo('plain scalars, read as kyaml reads them', (go) => {
  const isOneLine = (text: string): boolean => /^[\x21-\x7e]+( [\x21-\x7e]+)*$/.test(text);
  const isDate = (text: string): boolean => /^\d{4}-/.test(text);

  it('mean the same, except dates, which stay strings', () => {
    const texts = HARD_STRINGS.filter((text) => isOneLine(text) && !isDate(text)).map(
      (text) => `a: ${text}\n`,
    );
    // JSON.stringify writes -0 as 0, for both sides.
    const readings = JSON.parse(JSON.stringify(go.read(texts))) as ReturnType<typeof go.read>;
    const compared = texts.flatMap((text, index) => {
      const expected = readings[index]?.kyaml as { a?: unknown; error?: string };
      // Values that Go refuses, or cannot write as JSON (infinities), and numbers that JSON.parse rounds are not
      // compared.
      if (expected.error !== undefined || findingsOf(text).length > 0) return [];
      const [value] = JSON.parse(
        JSON.stringify(values(text), (_key, each) => (typeof each === 'bigint' ? Number(each) : each)),
      ) as unknown[];
      return [{ text, value, expected }];
    });
    expect(compared.length).toBeGreaterThan(150);
    for (const { text, value, expected } of compared)
      expect({ text, value }).toEqual({ text, value: expected });
  });
});
