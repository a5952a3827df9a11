import type { Finding } from '../../../lib/findings/finding';
import { tryReadSopsConfig, type SopsConfig } from '../../../lib/sops/creation-rules/sops-config';
import { ageRecipient } from '../fixtures';

const [A, B] = [ageRecipient('age-1'), ageRecipient('age-2')];
const PGP = 'AB'.repeat(20);
const FILE = '.sops.yaml';
const SELECTOR = 'encrypted_regex: ^(data|stringData)$';

interface Read {
  readonly config: SopsConfig | undefined;
  readonly findings: readonly Finding[];
}

function read(text: string, file = FILE): Read {
  const findings: Finding[] = [];
  return { config: tryReadSopsConfig(text, file, findings), findings };
}

/** One rule with these fields in one line each. */
function rule(...fields: readonly string[]): Read {
  return read(`creation_rules:\n  - ${[SELECTOR, ...fields].join('\n    ')}\n`);
}

const codes = ({ findings }: Read): string[] => findings.map(({ code }) => code);
const ids = ({ config }: Read): (readonly string[] | undefined)[] | undefined =>
  config?.rules.map(({ recipients }) => recipients.map(({ id }) => id));

describe('the recipients of a rule', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['one', [`age: ${A}`], [A]],
    ['several with commas, blanks and an empty part', [`age: "${A} , ${B},,"`], [A, B]],
    ['a list', [`age: [${A}, ${B}]`], [A, B]],
    ['a list of texts with commas', [`age: ["${A},${B}"]`], [A, B]],
    ['age and PGP', [`pgp: ${PGP}`, `age: ${A}`], [A, PGP]],
    ['none', [], []],
    ['a number', ['age: 1'], []],
    ['those of the only group', [`key_groups: [{ age: [${A}], pgp: [${PGP}] }]`], [A, PGP]],
    ['those of the groups, rather than of the rule', [`age: ${B}`, `key_groups: [{ age: [${A}] }]`], [A]],
    ['those of the rule if there are no groups', [`age: ${B}`, 'key_groups: []'], [B]],
    ['groups that are no map', [`key_groups: [text, { age: [${A}] }]`], [A]],
    ['groups that are no list', [`age: ${A}`, 'key_groups: text'], [A]],
  ])('are %s', (_, fields, expected) => {
    const found = rule(...fields);
    const inOrder = [A, B, PGP].sort(
      (one, two) => Number(one === PGP) - Number(two === PGP) || (one < two ? -1 : 1),
    );
    expect([ids(found), codes(found)]).toEqual([[inOrder.filter((id) => expected.includes(id))], []]);
  });

  it('that are wrong are reported with the file', () => {
    const found = rule('age: [age1x, { recipient: x }]');
    expect(codes(found)).toEqual(['sops-recipient-invalid', 'sops-recipient-invalid']);
    expect(found.findings.map(({ locations }) => locations)).toEqual([[{ file: FILE }], [{ file: FILE }]]);
    expect(ids(found)).toEqual([[]]);
  });
});

describe('the sops command is needed', () => {
  it.each<[string, readonly string[], boolean]>([
    ['for age', [`age: ${A}`], false],
    ['for one group', [`key_groups: [{ age: [${A}] }]`], false],
    ['for two groups', [`key_groups: [{ age: [${A}] }, { age: [${B}] }]`], true],
    ['for a key of AWS', ['kms: arn:aws:kms:x'], true],
    ['for a key of Google', ['gcp_kms: projects/x'], true],
    ['for a key of Azure', ['azure_keyvault: https://x'], true],
    ['for a key of Vault', ['hc_vault_transit_uri: https://x'], true],
    ['for a key of Huawei', ['hckms: x'], true],
    ['for an empty list of keys', ['kms: []'], false],
    ['for an empty text', ['kms: ""'], false],
    ['for a key of a cloud in a group', ['key_groups: [{ kms: [{ arn: x }] }]'], true],
    ['for a key of a cloud beside groups', ['kms: x', `key_groups: [{ age: [${A}] }]`], true],
  ])('%s: %#', (_, fields, expected) => {
    expect(rule(...fields).config?.rules.map(({ needsSops }) => needsSops)).toEqual([expected]);
  });
});

describe('a rule says which values it encrypts', () => {
  const only = (...fields: string[]): Read => read(`creation_rules:\n  - ${fields.join('\n    ')}\n`);

  it.each([
    ['encrypted_regex: ^data$', { field: 'encrypted_regex', value: '^data$' }],
    ['unencrypted_regex: ^kind$', { field: 'unencrypted_regex', value: '^kind$' }],
    ['encrypted_suffix: _secret', { field: 'encrypted_suffix', value: '_secret' }],
    ['unencrypted_suffix: "["', { field: 'unencrypted_suffix', value: '[' }],
  ])('with %s', (field, selector) => {
    const found = only(field, 'mac_only_encrypted: true');
    expect(found.config?.rules).toMatchObject([{ selector, macOnlyEncrypted: true }]);
    expect(codes(found)).toEqual([]);
  });

  it.each(['path_regex: x', 'encrypted_regex: ""', 'encrypted_regex: 1', 'encrypted_regex: [a]'])(
    'and is reported if it does not, as with %s',
    (field) => {
      const found = only(field);
      expect(found.findings).toMatchObject([
        {
          code: 'sops-rule-no-regex',
          severity: 'warning',
          message: expect.stringMatching(/^creation_rules\[0\] does not limit/),
          field: 'creation_rules[0]',
          locations: [{ file: FILE }],
        },
      ]);
      expect(found.config?.rules).toMatchObject([{ selector: undefined, macOnlyEncrypted: false }]);
    },
  );

  it.each(['path_regex: (?=x)', 'path_regex: "["', 'encrypted_regex: (?!x)', 'unencrypted_regex: "("'])(
    'and is left out with an expression that RE2 does not know: %s',
    (field) => {
      const found = read(`creation_rules:\n  - age: ${A}\n    ${SELECTOR}\n  - ${field}\n`);
      expect(codes(found).filter((code) => code !== 'sops-rule-no-regex')).toEqual(['sops-regex-invalid']);
      expect(found.findings.at(-1)?.message).toMatch(/^creation_rules\[1\] is not a valid RE2/);
      expect(ids(found)).toEqual([[A]]);
    },
  );
});

describe('the rule for a file', () => {
  const text = [
    'creation_rules:',
    `  - { path_regex: apps/a, age: ${A}, ${SELECTOR} }`,
    `  - { path_regex: "", age: ${B}, ${SELECTOR} }`,
    `  - { age: ${A}, ${SELECTOR} }`,
  ].join('\n');

  it.each([
    ['.sops.yaml', 'apps/a/x.yaml', A],
    ['.sops.yaml', 'other/apps/a.yaml', A],
    ['.sops.yaml', 'other/x.yaml', B],
    ['clusters/.sops.yaml', 'clusters/apps/a.yaml', A],
    ['clusters/.sops.yaml', 'clusters/x.yaml', B],
    ['clusters/.sops.yaml', 'apps/a/x.yaml', undefined],
    ['clusters/.sops.yaml', 'clusters2/x.yaml', undefined],
    ['apps/.sops.yaml', 'apps/a.yaml', B],
  ])('in %s: %s', (file, path, recipient) => {
    expect(read(text, file).config?.ruleFor(path)?.recipients[0]?.id).toBe(recipient);
  });

  it('has its pattern, unless that is empty', () => {
    expect(read(text).config?.rules.map(({ pathRegex }) => pathRegex)).toEqual([
      'apps/a',
      undefined,
      undefined,
    ]);
  });
});

describe('a .sops.yaml without rules', () => {
  it.each(['', '[]', 'text', 'creation_rules: {}', 'creation_rules: text', 'stores: {}'])(
    'is reported: %j',
    (text) => {
      const found = read(text);
      expect(found.findings).toMatchObject([
        {
          code: 'sops-config-invalid',
          severity: 'warning',
          message: '".sops.yaml" must contain a list "creation_rules"',
          locations: [{ file: FILE }],
        },
      ]);
      expect(found.config).toMatchObject({ file: FILE, rules: [] });
      expect(found.config?.ruleFor('x.yaml')).toBeUndefined();
    },
  );

  it('may have an empty list, and rules that are no map', () => {
    expect(codes(read('creation_rules: []'))).toEqual([]);
    expect(codes(read('creation_rules: [text]'))).toEqual(['sops-rule-no-regex']);
  });

  it('is not read if it is not valid YAML', () => {
    const found = read('a: [');
    expect([found.config, codes(found)]).toEqual([undefined, ['yaml-invalid']]);
  });
});
