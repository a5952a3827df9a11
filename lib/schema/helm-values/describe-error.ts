import type { ErrorObject } from 'ajv';
import { nearestHint } from '../../findings/nearest-name';
import type { PathPart } from '../../plain/field-path';
import type { Report } from '../report';
import type { ViolationInput } from '../violation';
import { pointerParts } from './pointer';

type Described = [below: readonly PathPart[], violation: ViolationInput];

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'an integer',
  null: 'null',
  number: 'a number',
  object: 'a map',
  string: 'a string',
};

/** The field below `spec.values` that an error is about, and what is said of it. */
export function describeError(error: ErrorObject, values: unknown, report: Report): Described {
  const path = pointerParts(error.instancePath, values);
  const params = error.params as Readonly<Record<string, unknown>>;
  const unknown = params.additionalProperty ?? params.unevaluatedProperty;
  if (typeof unknown === 'string') return [[...path, unknown], unknownValue(unknown, error)];
  if (error.keyword === 'required') return [[...path, String(params.missingProperty)], missingValue()];
  const at = report.path.length;
  report.path.push(...path);
  const got = report.got(error.data);
  const message = messageOf(error, params, report.describe(error.data));
  const hint = hintOf(error, params);
  report.path.length = at;
  return [
    path,
    { code: 'values-invalid', message, ...(got !== undefined && { got }), ...(hint && { hint }) },
  ];
}

function messageOf(
  { keyword, message = 'must match the schema' }: ErrorObject,
  params: Readonly<Record<string, unknown>>,
  got: string,
): string {
  switch (keyword) {
    case 'type':
      return `got ${got}; must be ${typeWords(params.type)}`;
    case 'enum':
      return `got ${got}; must be one of ${(params.allowedValues as readonly unknown[]).map((value) => JSON.stringify(value)).join(', ')}`;
    case 'pattern':
      return `got ${got}; must match ${String(params.pattern)}`;
    case 'anyOf':
    case 'oneOf':
    case 'not':
      return `got ${got}; must match one of the forms that the chart's schema allows`;
    default:
      return `got ${got}; ${message}`;
  }
}

function hintOf(
  { keyword, data }: ErrorObject,
  params: Readonly<Record<string, unknown>>,
): string | undefined {
  if (keyword === 'type' && params.type === 'string') return 'put it in quotes';
  if (keyword !== 'enum' || typeof data !== 'string') return undefined;
  return nearestHint(data, (params.allowedValues as readonly unknown[]).map(String), undefined);
}

function typeWords(type: unknown): string {
  const types = Array.isArray(type) ? (type as string[]) : String(type).split(',');
  return types.map((name) => TYPES[name] ?? name).join(' or ');
}

function unknownValue(name: string, { parentSchema }: ErrorObject): ViolationInput {
  const names = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});
  const list = names.length > 0 && names.length <= 12 ? `, or use one of ${names.join(', ')}` : '';
  return {
    code: 'values-invalid',
    message: `the chart has no value ${JSON.stringify(name)}`,
    hint: nearestHint(name, names, `remove it${list}`),
  };
}

function missingValue(): ViolationInput {
  return {
    code: 'values-invalid',
    message: 'the chart requires this value and has no default for it',
    hint: 'set it',
  };
}
