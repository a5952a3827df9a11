import type { Finding } from '../../../lib/findings/finding';
import { FindingsError } from '../../../lib/findings/findings-error';
import { leafLine, plainObject, readEnvelope } from '../../../lib/sops/envelope/envelope';
import { allKeys } from '../../../lib/sops/envelope/envelope-metadata';

const ENC = 'ENC[AES256_GCM,data:YQ==,iv:YQ==,tag:YQ==,type:str]';
const lines = (...all: string[]) => `${all.join('\n')}\n`;
const block = (fields: Readonly<Record<string, string>> = {}): string => {
  const all: Record<string, string> = {
    age: '[{recipient: age1x, enc: e}]',
    encrypted_regex: '^data$',
    lastmodified: '"2026-01-02T03:04:05Z"',
    mac: ENC,
    version: '3.9.0',
    ...fields,
  };
  const written = Object.entries(all).filter(([, value]) => value !== '');
  return lines(
    'sops:',
    ...written.map(([name, value]) => `  ${name}: ${/^[E]NC/.test(value) ? `"${value}"` : value}`),
  );
};
const secret = (fields?: Readonly<Record<string, string>>) =>
  `kind: Secret\ndata:\n  A: ${ENC}\n${block(fields)}`;

function findings(text: string): readonly Finding[] {
  try {
    readEnvelope(text, 'a b.yaml');
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return error.findings;
  }
  return [];
}
const told = (text: string) =>
  findings(text).map(({ code, locations }) => `${code}:${locations[0]?.line ?? ''}`);

describe('a file of sops', () => {
  it.each([
    ['two documents', `a: b\n---\n${secret()}`, 'sops-several-documents:'],
    ['no sops block', 'a: b\n', 'sops-not-encrypted:'],
    ['a sops block that is a text', 'a: b\nsops: x\n', 'sops-not-encrypted:'],
    ['a list', '- a\n', 'sops-not-encrypted:'],
    ['a text that is not YAML', 'a: b\nc: [\n', 'sops-yaml-invalid:3'],
    ['an alias', lines('a: x', 'b: *a'), 'sops-unsupported-yaml:2'],
    ['an anchor', lines('a: &x 1', 'b: 2') + block(), 'sops-unsupported-yaml:1'],
    ['an alias of an anchor', lines('a: [1]', 'b: &x [2]', 'c: *x') + block(), 'sops-unsupported-yaml:3'],
    ['a key twice', lines('a: 1', 'b: 2', 'a: 3') + block(), 'sops-unsupported-yaml:3'],
    ['a merge key', lines('a: 1', '<<: {b: 2}') + block(), 'sops-unsupported-yaml:2'],
    ['a key that is a list', lines('a: 1', '? [x]', ': 2') + block(), 'sops-unsupported-yaml:1'],
    ['a tag', lines('a: 1', 'b: !!binary aGk=') + block(), 'sops-unsupported-yaml:2'],
    ['a conflict', `a: b\n<<<<<<< ours\n${secret()}`, 'sops-merge-conflict:2'],
    ['the middle of a conflict', `a: b\nc: d\n=======\n${secret()}`, 'sops-merge-conflict:3'],
    ['the middle of a conflict with CRLF', `a: b\r\n=======\r\n${secret()}`, 'sops-merge-conflict:2'],
    ['the end of a conflict', `>>>>>>> theirs\n${secret()}`, 'sops-merge-conflict:1'],
    ['a pattern that is not RE2', secret({ encrypted_regex: '(?=a)' }), 'sops-regex-invalid:'],
  ])('fails with %s', (_name, text, expected) => {
    expect(told(text)).toEqual([expected]);
  });

  it.each([
    ['a line of eight signs', lines('a: |', '  ========', '  x'), []],
    ['signs within a line', lines('a: "x <<<<<<< y"'), []],
    ['a quoted merge key', lines('"<<": {a: 1}'), []],
    ['the tag of a text', lines('a: !!str 1', 'b: ! 2'), []],
  ])('may have %s', (_name, head, expected) => {
    expect(told(head + block())).toEqual(expected);
  });

  it('has leaves with their paths, labels and lines; null is not a leaf', () => {
    const text =
      lines(
        'kind: Secret',
        'data:',
        `  A: ${ENC}`,
        '  "b.c": 1',
        '  N: null',
        '  Q: "null"',
        'list:',
        '  - x: 1',
        '    data: y',
        '  - z',
      ) + block();
    const envelope = readEnvelope(text, 'a.yaml');
    const leaves = envelope.leaves.map(
      (leaf) => `${leafLine(envelope, leaf)} ${leaf.label} ${leaf.path.join('/')} ${leaf.selected}`,
    );
    expect(leaves).toEqual([
      '1 kind kind false',
      '3 data.A data/A true',
      '4 data.b.c data/b.c true',
      '6 data.Q data/Q true',
      '8 list[0].x list/x false',
      '9 list[0].data list/data true',
      '10 list[1] list false',
    ]);
  });

  it('is plain data without its block, each value in its type', () => {
    const text =
      lines(
        'i: 0x10',
        'big: 9007199254740993',
        'f: 1.5',
        't: true',
        'F: False',
        'n: ~',
        'd: 2001-12-14',
        's: "1"',
        'l: [1, {a: b}]',
      ) + block();
    expect(plainObject(readEnvelope(text, 'a.yaml'))).toEqual({
      i: 16,
      big: 9007199254740993n,
      f: 1.5,
      t: true,
      F: false,
      n: null,
      d: '2001-12-14',
      s: '1',
      l: [1, { a: 'b' }],
    });
  });
});

describe('the sops block', () => {
  const metadata = (fields?: Readonly<Record<string, string>>) =>
    readEnvelope(secret(fields), 'a.yaml').metadata;

  it('contains keys, time, MAC, selector and version', () => {
    expect(metadata()).toEqual({
      groups: [[{ kind: 'age', id: 'age1x', enc: 'e' }]],
      split: false,
      threshold: 1,
      lastModified: '2026-01-02T03:04:05Z',
      mac: ENC,
      selector: { field: 'encrypted_regex', value: '^data$' },
      macOnlyEncrypted: false,
      version: '3.9.0',
    });
  });

  it('lists keys of all kinds, with the time of those that have one', () => {
    const keys = allKeys(
      metadata({ pgp: '[{fp: AB, enc: p, created_at: "2026"}]', kms: '[{arn: a, enc: k}]', hc_vault: '[]' }),
    );
    expect(keys).toEqual([
      { kind: 'age', id: 'age1x', enc: 'e' },
      { kind: 'pgp', id: 'AB', enc: 'p', createdAt: '2026' },
      { kind: 'kms', id: 'a', enc: 'k' },
    ]);
  });

  it.each([
    ['no threshold: all groups', {}, 2],
    ['a threshold of 0: all groups', { shamir_threshold: '0' }, 2],
    ['a threshold of 1', { shamir_threshold: '1' }, 1],
    ['a threshold of 2', { shamir_threshold: '2' }, 2],
  ])('with two groups has %s', (_name, fields, threshold) => {
    const groups = '[{age: [{recipient: r, enc: e}]}, {pgp: [{fp: f, enc: e}]}]';
    const read = metadata({ age: '', key_groups: groups, ...fields });
    expect(read).toMatchObject({ split: true, threshold });
    expect(read.groups.map((group) => group.map(({ kind }) => kind))).toEqual([['age'], ['pgp']]);
  });

  it('uses its own keys if the list of groups is empty', () => {
    expect(metadata({ key_groups: '[]' })).toMatchObject({ split: false, threshold: 1 });
  });

  it.each([
    ['no selector', { encrypted_regex: '' }, { field: 'unencrypted_suffix', value: '_unencrypted' }],
    [
      'a selector that is null',
      { encrypted_regex: '~' },
      { field: 'unencrypted_suffix', value: '_unencrypted' },
    ],
    ['a suffix', { encrypted_regex: '', encrypted_suffix: '_s' }, { field: 'encrypted_suffix', value: '_s' }],
  ])('has %s', (_name, fields, selector) => {
    expect(metadata(fields as Record<string, string>).selector).toEqual(selector);
  });

  it.each([
    ['true', true],
    ['false', false],
    ['', false],
  ])('covers only encrypted values if it says so: %j', (value, expected) => {
    expect(metadata({ mac_only_encrypted: value }).macOnlyEncrypted).toBe(expected);
  });

  it.each([
    ['no keys', { age: '' }, 'has no keys'],
    ['an empty list of keys', { age: '[]' }, 'has no keys'],
    ['a key without its name', { age: '[{enc: e}]' }, 'age without recipient'],
    ['a key without what it wraps', { age: '[{recipient: r}]' }, 'age without enc'],
    ['a key that is a text', { age: '[x]' }, 'age without recipient'],
    ['a threshold above the groups', { shamir_threshold: '2' }, 'shamir_threshold: 2'],
    ['a threshold below 0', { shamir_threshold: '-1' }, 'shamir_threshold: -1'],
    ['half a threshold', { shamir_threshold: '0.5' }, 'shamir_threshold: 0.5'],
    ['no time', { lastmodified: '' }, 'lastmodified: ""'],
    ['a day for a time', { lastmodified: '"2026-01-02"' }, 'lastmodified: "2026-01-02"'],
    ['a time with fractions', { lastmodified: '"2026-01-02T03:04:05.5Z"' }, 'lastmodified'],
    ['more than a time', { lastmodified: '"x2026-01-02T03:04:05Z"' }, 'lastmodified'],
    ['an unquoted time', { lastmodified: '2026-01-02T03:04:05Z' }, 'unquoted lastmodified'],
    ['no MAC', { mac: '' }, 'no mac'],
    ['a MAC in plain', { mac: 'abc' }, 'mac that is not encrypted'],
    ['two selectors', { encrypted_suffix: 'x' }, 'encrypted_regex and encrypted_suffix'],
  ])('fails with %s', (_name, fields, message) => {
    const found = findings(secret(fields as Record<string, string>));
    expect(found.map(({ code }) => code)).toEqual(['sops-metadata-invalid']);
    expect(found[0]?.message).toContain(message);
  });

  it('fails with everything that is wrong at once, the time on its line', () => {
    const found = findings(secret({ age: '', mac: '', lastmodified: 'x' }));
    expect(found.map(({ locations }) => locations[0]?.line)).toEqual([undefined, 6, undefined]);
  });

  it.each(['"2026-01-02T03:04:05Z"', '"2026-01-02T03:04:05+01:00"', "'2026-01-02T03:04:05-05:30'"])(
    'may have the time %s',
    (time) => {
      expect(metadata({ lastmodified: time }).lastModified).toBe(time.slice(1, -1));
    },
  );
});
