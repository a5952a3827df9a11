import type { OwnFindingInput } from '../../findings/finding';
import type { ArgumentShape, ValueKind } from './argument-shape';

/** The name of a kind of value in messages, in the words of TypeScript. */
const NAMES: Readonly<Record<ValueKind, string>> = {
  text: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  list: 'an array',
  map: 'an object',
  construct: 'a construct',
  secret: 'a SecretValue',
  function: 'a function',
  any: 'a value',
};

/** The kind of a value; `undefined` for what no argument may be. */
export function kindOf(value: unknown): ValueKind | undefined {
  if (value === null) return undefined;
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
    case 'boolean':
    case 'function':
      return typeof value as ValueKind;
    case 'object':
      return Symbol.for('cdk8s-flux.SecretValue') in value ? 'secret' : 'map';
    default:
      return undefined;
  }
}

/** Says what was got and what is allowed. A text is not repeated where a secret is allowed: most likely it is the secret. */
export function wrongValue(value: unknown, shape: ArgumentShape, path: string): OwnFindingInput {
  const literals = shape.literals?.map((text) => JSON.stringify(text));
  const allowed = listed(literals ?? shape.is.map((kind) => NAMES[kind]));
  if (shape.is.includes('secret')) {
    return {
      code: 'secret-value-invalid',
      message: `got ${nameOf(value)}; must be ${allowed}`,
      hint: 'use a source for the value, for example SecretValue.env("TOKEN")',
      field: path,
    };
  }
  const isShort = ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
  return {
    code: 'argument-invalid',
    message: `got ${isShort ? quoted(value) : nameOf(value)}; must be ${allowed}`,
    hint: `set ${path} to ${allowed}${shape.required ? '' : ', or remove it'}`,
    field: path,
  };
}

/** Says that a map has a name that its type does not know. */
export function unknownName(path: string, near: string): OwnFindingInput {
  return {
    code: 'argument-invalid',
    message: 'unknown prop',
    hint: `did you mean ${near}?`,
    field: path,
  };
}

/** What kind of value something is, in the words of TypeScript, without the value. */
export function nameOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  const kind = kindOf(value);
  return kind === undefined ? `a ${typeof value}` : NAMES[kind];
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function listed(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : (names[0] ?? '');
}
