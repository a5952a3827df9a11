import { checkValues, type ValuesContract } from '../../../lib/schema/helm-values/check-values';

const SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  additionalProperties: false,
  required: ['replicaCount', 'image'],
  properties: {
    replicaCount: { type: 'integer', minimum: 0 },
    image: {
      type: 'object',
      required: ['repository'],
      additionalProperties: false,
      properties: {
        repository: { type: 'string', pattern: '^[a-z./]+$' },
        tag: { type: ['string', 'null'] },
      },
    },
    level: { enum: ['debug', 'info', 'error'] },
    password: { type: 'string', minLength: 8 },
    ports: { type: 'array', items: { $ref: '#/definitions/port' } },
    size: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
    cache: { oneOf: [{ $ref: '#/definitions/memory' }, { $ref: '#/definitions/redis' }] },
  },
  definitions: {
    port: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
    memory: { type: 'object', required: ['limit'], properties: { limit: { type: 'integer' } } },
    redis: { type: 'object', required: ['host'], properties: { host: { type: 'string' } } },
  },
};

function check(values: unknown, contract: Partial<ValuesContract> = {}): string[] {
  const violations = checkValues(values, {
    schema: SCHEMA,
    substitutions: false,
    isPart: false,
    ...contract,
  });
  return violations.map(
    ({ code, field, message, hint = '' }) => `${code} ${field}: ${message}${hint && ` (${hint})`}`,
  );
}

describe('values of a chart', () => {
  it('pass if they match, whatever is left to the defaults of the chart', () => {
    expect(check({ image: { tag: '1.0' }, ports: [{ name: 'http' }], size: 3 })).toEqual([]);
    expect(check(undefined)).toEqual([]);
    expect(check({ cache: {} })).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['a type', { replicaCount: '3' }, 'spec.values.replicaCount: got "3"; must be an integer'],
    ['types', { image: { tag: 1.1 } }, 'spec.values.image.tag: got 1.1; must be a string or null'],
    ['a limit', { replicaCount: -1 }, 'spec.values.replicaCount: got -1; must be >= 0'],
    [
      'an unknown name',
      { replicaCuont: 3 },
      'spec.values.replicaCuont: the chart has no value "replicaCuont" (did you mean "replicaCount"?)',
    ],
    [
      'an unknown name below',
      { image: { pullPolicy: 'Always' } },
      'spec.values.image.pullPolicy: the chart has no value "pullPolicy" (remove it, or use one of repository, tag)',
    ],
    [
      'one of some texts',
      { level: 'inof' },
      'spec.values.level: got "inof"; must be one of "debug", "info", "error" (did you mean "info"?)',
    ],
    [
      'a pattern',
      { image: { repository: 'A' } },
      'spec.values.image.repository: got "A"; must match ^[a-z./]+$',
    ],
    [
      'an item of a list',
      { ports: [{ nam: 'http' }] },
      'spec.values.ports[0].name: the chart requires this value and has no default for it (set it)',
    ],
    [
      'alternatives',
      { size: true },
      "spec.values.size: got true; must match one of the forms that the chart's schema allows",
    ],
  ])('fail with %s', (_, values, expected) => {
    expect(check(values)).toEqual([`values-invalid ${expected}`]);
  });

  it('pass if a schema fails only because of missing values', () => {
    const schema = {
      allOf: [{ properties: { a: { type: 'string' } }, required: ['b'] }],
      unevaluatedProperties: false,
    };
    expect(check({ a: 'x' }, { schema })).toEqual([]);
    expect(check({ a: 'x', c: 1 }, { schema, defaults: { b: 1 } })).toHaveLength(2);
    const byPort = { properties: { 80: { required: ['name'] } } };
    expect(check({ 80: {} }, { schema: byPort })).toEqual([]);
  });

  it('fail with the requirement of a condition', () => {
    const schema = {
      if: { properties: { a: { const: 1 } } },
      then: { properties: { b: { type: 'string' } } },
    };
    expect(check({ a: 1, b: 2 }, { schema })).toEqual([
      'values-invalid spec.values.b: got 2; must be a string (put it in quotes)',
    ]);
  });

  it('fail with everything at once, and never show a secret', () => {
    const found = check({ replicaCount: 1.5, password: 'hunter2', level: 1 });
    expect(found).toHaveLength(3);
    expect(found.join()).not.toContain('hunter2');
  });

  it('are merged with the defaults of the chart, if these are known, and null removes', () => {
    const defaults = { replicaCount: 1, image: { repository: 'a/b' } };
    expect(check({ image: { tag: '1' } }, { defaults })).toEqual([]);
    expect(check({ replicaCount: null }, { defaults })).toEqual([
      'values-invalid spec.values.replicaCount: the chart requires this value and has no default for it (set it)',
    ]);
    expect(check({ replicaCount: null }, { defaults, isPart: true })).toEqual([]);
  });

  it('may contain variables only if Flux substitutes them', () => {
    const values = { replicaCount: '${replicas}', level: '${level:=info}', size: true };
    expect(check(values, { substitutions: true })).toHaveLength(1);
    expect(check(values)).toHaveLength(3);
  });
});

describe('schemas', () => {
  const schemaOf = (draft: string | undefined, limit: object) => ({
    ...(draft !== undefined && { $schema: draft }),
    properties: { n: limit },
  });

  it.each<[string, string | undefined, object]>([
    ['draft 4', 'http://json-schema.org/draft-04/schema#', { minimum: 0, exclusiveMinimum: true }],
    ['draft 6', 'http://json-schema.org/draft-06/schema#', { exclusiveMinimum: 0 }],
    ['draft 7', 'http://json-schema.org/draft-07/schema#', { exclusiveMinimum: 0 }],
    ['2019-09', 'https://json-schema.org/draft/2019-09/schema', { exclusiveMinimum: 0 }],
    ['2020-12', 'https://json-schema.org/draft/2020-12/schema', { exclusiveMinimum: 0 }],
    ['no draft', undefined, { exclusiveMinimum: 0 }],
  ])('with %s are understood', (_, draft, limit) => {
    const schema = schemaOf(draft, limit);
    expect(check({ n: 1 }, { schema })).toEqual([]);
    expect(check({ n: 0 }, { schema })).toHaveLength(1);
  });

  it('may contain Go’s patterns', () => {
    expect(check({ n: 'ABC' }, { schema: schemaOf(undefined, { pattern: '(?i)^abc$' }) })).toEqual([]);
  });

  it('fail if they refer to others, which would have to be downloaded', () => {
    const $ref = 'https://example.com/schema.json#/definitions/x';
    expect(check({}, { schema: schemaOf(undefined, { $ref }) })).toEqual([
      `values-schema-invalid spec.values: the schema of the values refers to "${$ref}", and cdk8s-flux does not download schemas (copy the schemas into its $defs, and refer to them there)`,
    ]);
    const own = {
      $id: 'https://example.com/s.json',
      ...schemaOf(undefined, { $ref: 'https://example.com/s.json#/$defs/n' }),
      $defs: { n: { type: 'integer' } },
    };
    expect(check({ n: 'x' }, { schema: own })).toHaveLength(1);
  });

  it('fail if they are not valid', () => {
    expect(check({}, { schema: { type: 'nonsense' } })).toEqual([
      expect.stringContaining('values-schema-invalid'),
    ]);
  });
});
