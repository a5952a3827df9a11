import Ajv from 'ajv';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSettings } from '../../lib/config/check-settings';
import { configSchema, editorSchema } from '../../lib/config/config-schema';
import type { SettingSchema } from '../../lib/config/setting-schema';

const everyKind: SettingSchema = {
  type: 'object',
  required: ['level'],
  additionalProperties: false,
  properties: {
    level: { type: 'string', enum: ['off', 'warning', 'error'] },
    count: { type: 'integer' },
    flag: { type: 'boolean' },
    any: { type: ['string', 'number', 'boolean'] },
    share: { type: ['integer', 'string'], minimum: 1, pattern: '^[0-9]+%$' },
    names: { type: 'array', items: { type: 'string', minLength: 1 } },
    clusters: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['flux'],
        properties: { flux: { type: 'string' } },
        additionalProperties: false,
      },
    },
  },
};

describe('checkSettings', () => {
  it('accepts what the schema allows', () => {
    const value = {
      level: 'off',
      count: 3,
      flag: true,
      any: 1.5,
      share: '25%',
      names: ['a'],
      clusters: { home: { flux: '2.9' } },
    };
    expect(checkSettings(value, everyKind)).toEqual([]);
  });

  it.each([
    [{ level: 'of' }, 'level', '"of" is not one of "off", "warning", "error"', undefined],
    [
      { level: 'off', share: 0 },
      'share',
      '0 is not a whole number of at least 1, or a share such as "25%"',
      undefined,
    ],
    [
      { level: 'off', share: 'all' },
      'share',
      '"all" is not a whole number of at least 1, or a share such as "25%"',
      undefined,
    ],
    [{ level: 'off', count: 1.5 }, 'count', '1.5 is not a whole number', undefined],
    [{ level: 'off', flag: 'yes' }, 'flag', '"yes" is not true or false', undefined],
    [{ level: 'off', any: {} }, 'any', 'a map is not a string, a number, or true or false', undefined],
    [{ level: 'off', flag: null }, 'flag', 'null is not true or false', undefined],
    [{ level: 'off', names: 'a' }, 'names', '"a" is not a list', undefined],
    [{ level: 'off', names: ['a', ''] }, 'names.1', '"" is not a string of at least 1 character', undefined],
    [{ level: 'off', names: [['x']] }, 'names.0', 'a list is not a string', undefined],
    [{ level: 'off', names: [2.3] }, 'names.0', '2.3 is not a string', 'put it in quotes'],
    [{ level: 'off', names: [true] }, 'names.0', 'true is not a string', 'put it in quotes'],
    [{ level: 'off', clusters: { a: {} } }, 'clusters.a', 'the key "flux" is missing', 'add "flux"'],
    [{ level: 'off', clusters: { a: 5 } }, 'clusters.a', '5 is not a map', undefined],
    [{ count: 1 }, '', 'the key "level" is missing', 'add "level: error"'],
    [
      { level: 'off', cluster: {} },
      'cluster',
      'unknown key; allowed keys: "level", "count", "flag", "any", "share", "names", "clusters"',
      'did you mean "clusters"?',
    ],
    [
      { level: 'off', somethingElse: {} },
      'somethingElse',
      'unknown key; allowed keys: "level", "count", "flag", "any", "share", "names", "clusters"',
      'remove it',
    ],
  ])('fails on %j', (value, path, message, hint) => {
    const problems = checkSettings(value, everyKind);
    expect(problems.map((problem) => [problem.path.join('.'), problem.message, problem.hint])).toEqual([
      [path, message, hint],
    ]);
  });

  it('fails with all problems together', () => {
    expect(checkSettings({ count: 'x', flag: 1, other: 2 }, everyKind)).toHaveLength(4);
  });

  it('treats names of JavaScript’s own properties as unknown keys', () => {
    expect(checkSettings({ level: 'off', constructor: 1, toString: 2 }, everyKind)).toHaveLength(2);
  });
});

describe('the schema for editors', () => {
  const validator = new Ajv({ strict: false });

  it.each([
    ['the configuration', configSchema],
    ['a schema with every kind of setting', everyKind],
  ])('agrees with our check on %s', (_, schema) => {
    const validate = validator.compile(schema);
    const agree = (value: unknown) => expect(checkSettings(value, schema).length === 0).toBe(validate(value));
    const scalar = fc.oneof(
      fc.constantFrom('off', 'error', '', '.', '😀', 0, 1, 2, 1.5, true, false, null),
      fc.string(),
    );
    const deep = fc.oneof(scalar, fc.array(scalar), fc.dictionary(fc.constantFrom('a', 'flux', 'x'), scalar));
    const cluster = fc.dictionary(
      fc.constantFrom('a', 'b'),
      fc.dictionary(fc.constantFrom('flux', 'x'), scalar),
    );
    const keys = [
      'version',
      'root',
      'output',
      'level',
      'count',
      'flag',
      'any',
      'names',
      'clusters',
      'unknown',
    ];
    fc.assert(
      fc.property(fc.oneof(deep, fc.dictionary(fc.constantFrom(...keys), fc.oneof(deep, cluster))), agree),
    );
    const likely = fc.record(
      {
        version: fc.constantFrom(1, 1, 2, '1'),
        root: scalar,
        output: scalar,
        level: fc.constantFrom('off', 'error', 'x'),
        names: fc.array(scalar),
        any: scalar,
        clusters: cluster,
      },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(likely, agree));
  });

  it('is the one in the package', () => {
    const file = join(__dirname, '../../schema/cdk8s-flux.schema.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(editorSchema())));
  });

  it('gives every key a description, and a default or the word required', () => {
    for (const [key, setting] of Object.entries(configSchema.properties ?? {})) {
      expect(setting.description).toMatch(/\.$/);
      // No value of `output` means the same as no value; its description says what that means.
      if (key === 'output') expect(setting.description).toContain('By default, ');
      else expect(setting.default !== undefined || configSchema.required?.includes(key)).toBe(true);
    }
  });
});
