import { isMap } from '../plain/plain-data';
import { nearestHint } from '../findings/nearest-name';
import { describeValue } from './describe-value';
import type {
  CountSetting,
  GroupSetting,
  ScalarSetting,
  SettingSchema,
  ValueSetting,
} from './setting-schema';

/** What is wrong with one setting. */
export interface SettingProblem {
  /** `config-unknown-key` when it has no meaning, otherwise `config-invalid`. */
  readonly code: 'config-unknown-key' | 'config-invalid';
  /** The way to the setting: keys and positions in lists. */
  readonly path: readonly string[];
  /** What was got and what is allowed. */
  readonly message: string;
  /**
   * How to fix it.
   *
   * @default - the message says enough
   */
  readonly hint?: string;
}

/** All that is wrong with a value, measured by a schema. */
export function checkSettings(
  value: unknown,
  schema: SettingSchema,
  path: readonly string[] = [],
): SettingProblem[] {
  const invalid = (expected: string): SettingProblem[] => [
    {
      ...{ code: 'config-invalid', path, message: `${describeValue(value)} is not ${expected}` },
      // YAML takes a version such as 2.3 for a number.
      ...(expected === 'a string' && isBare(value) && { hint: 'put it in quotes' }),
    },
  ];
  switch (schema.type) {
    case 'array':
      if (!Array.isArray(value)) return invalid('a list');
      return value.flatMap((item, index) => checkSettings(item, schema.items, [...path, String(index)]));
    case 'object':
      return isMap(value) ? checkGroup(value, schema, path) : invalid('a map');
    default: {
      const expected = expectedScalar(value, schema);
      return expected === undefined ? [] : invalid(expected);
    }
  }
}

/** Whether YAML takes a text without quotes for something else. */
function isBare(value: unknown): boolean {
  return ['number', 'bigint', 'boolean'].includes(typeof value);
}

/** What a string, number or boolean should be; nothing if it is right. */
function expectedScalar(value: unknown, schema: ScalarSetting): string | undefined {
  if (typeof schema.type !== 'string') return expectedUnion(value, schema);
  switch (schema.type) {
    case 'string':
      if (typeof value !== 'string') return 'a string';
      if (schema.enum && !schema.enum.includes(value)) return allowed(schema.enum);
      // Counts as JSON Schema does: characters, not UTF-16 units.
      return [...value].length < (schema.minLength ?? 0)
        ? `a string of at least ${schema.minLength} character`
        : undefined;
    case 'integer':
      if (!Number.isInteger(value)) return 'a whole number';
      return schema.enum && !schema.enum.includes(value as number) ? allowed(schema.enum) : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'true or false';
  }
}

/** What a value that may have several types should be; nothing if it is right. */
function expectedUnion(value: unknown, schema: ValueSetting | CountSetting): string | undefined {
  if ('pattern' in schema) return isCount(value, schema) ? undefined : COUNT;
  return isScalar(value) ? undefined : SCALAR;
}

const COUNT = 'a whole number of at least 1, or a share such as "25%"';

function isCount(value: unknown, { minimum, pattern }: CountSetting): boolean {
  if (typeof value === 'string') return new RegExp(pattern).test(value);
  return Number.isInteger(value) && (value as number) >= minimum;
}

const SCALAR = 'a string, a number, or true or false';

/** If a number is NaN or too large for a number, the file has something else. */
function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function checkGroup(
  value: Record<string, unknown>,
  schema: GroupSetting,
  path: readonly string[],
): SettingProblem[] {
  const known = new Map(Object.entries(schema.properties ?? {}));
  const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(value, key));
  return [
    ...missing.map((key): SettingProblem => {
      const example = exampleOf(known.get(key));
      return {
        code: 'config-invalid',
        path,
        message: `the key ${JSON.stringify(key)} is missing`,
        hint: `add ${JSON.stringify(example === undefined ? key : `${key}: ${example}`)}`,
      };
    }),
    ...Object.entries(value).flatMap(([key, item]) => {
      const setting = known.get(key) ?? schema.additionalProperties;
      return setting
        ? checkSettings(item, setting, [...path, key])
        : [unknownKey(key, [...known.keys()], path)];
    }),
  ];
}

function unknownKey(key: string, known: readonly string[], path: readonly string[]): SettingProblem {
  return {
    code: 'config-unknown-key',
    path: [...path, key],
    message: `unknown key; allowed keys: ${list(known)}`,
    hint: nearestHint(key, known, 'remove it'),
  };
}

function exampleOf(setting: SettingSchema | undefined): unknown {
  return setting && 'enum' in setting ? setting.enum?.at(-1) : setting?.default;
}

function allowed(values: readonly (string | number)[]): string {
  return values.length === 1 ? `${list(values)}, the only value there is` : `one of ${list(values)}`;
}

function list(values: readonly (string | number)[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ');
}
