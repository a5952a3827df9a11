import type { Report } from './report';
import type { SchemaNode } from './schema-node';
import { formatHint, formatWords, hasFormat } from './formats';
import { patternHint } from './pattern-hints';
import { enumHint, isExtraAlertKind } from './enum-hints';
import { unlessNewer } from './unless-newer';
import { nearestName } from '../findings/nearest-name';
import { asText } from '../plain/as-text';

const TYPE_WORDS = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
};

/** Checks a string, number or boolean; a schema without a type takes anything. */
export function visitScalar(value: unknown, node: SchemaNode, report: Report): void {
  const { raw } = node;
  if (raw.intOrString) return visitIntOrString(value, report);
  if (raw.format === 'quantity') return visitQuantity(value, report);
  switch (raw.type) {
    case 'string':
      if (typeof value !== 'string')
        return void typeViolation(TYPE_WORDS.string, value, report, 'put it in quotes');
      checkText(value, node, report);
      break;
    case 'integer':
    case 'number':
      if (!isNumber(value, raw.type))
        return void typeViolation(TYPE_WORDS[raw.type], value, report, unquoted(value));
      checkRange(value, node, report);
      break;
    case 'boolean':
      if (typeof value !== 'boolean')
        return void typeViolation(TYPE_WORDS.boolean, value, report, unquoted(value));
      break;
    default:
      return;
  }
  if (!node.allows(value) && !isExtraAlertKind(value, report)) enumViolation(value, node, report);
}

function visitIntOrString(value: unknown, report: Report): void {
  if (typeof value !== 'string' && !Number.isInteger(value))
    typeViolation('a string or an integer', value, report);
}

function visitQuantity(value: unknown, report: Report): void {
  if (typeof value === 'number' || typeof value === 'bigint') return;
  if (typeof value === 'string') checkFormat(value, 'quantity', report);
  else typeViolation('a quantity', value, report);
}

/** Adds a violation of the type; returns `value`, so that the caller can. */
export function typeViolation(needed: string, value: unknown, report: Report, hint?: string): unknown {
  report.add({
    code: 'schema-type',
    got: report.got(value),
    message: `got ${report.describe(value)}; must be ${needed}`,
    hint:
      typeof value === 'object' && hint === 'put it in quotes'
        ? `write ${needed}`
        : (hint ?? `write ${needed}`),
  });
  return value;
}

function checkText(value: string, node: SchemaNode, report: Report): void {
  const { minLength, maxLength, format, pattern } = node.raw;
  if (minLength !== undefined && value.length < minLength) {
    const message =
      minLength === 1
        ? 'must not be empty'
        : `got ${value.length} characters; must have at least ${minLength}`;
    report.add({
      code: 'schema-range',
      got: report.got(value),
      message,
      hint: 'set the field, or remove it',
    });
  }
  if (maxLength !== undefined && value.length > maxLength && [...value].length > maxLength) {
    const message = `got ${[...value].length} characters; must have at most ${maxLength}`;
    report.add({ code: 'schema-range', got: report.got(value), message, hint: 'shorten it' });
  }
  if (node.pattern && !node.pattern.test(value)) {
    report.add({
      code: 'schema-pattern',
      got: report.got(value),
      message: `got ${report.describe(value)}; must match ${pattern}`,
      hint: patternHint(pattern ?? '', value),
    });
  }
  if (format !== undefined) checkFormat(value, format, report);
}

function checkFormat(value: string, format: string, report: Report): void {
  if (hasFormat(value, format)) return;
  report.add({
    code: 'schema-format',
    got: report.got(value),
    message: `got ${report.describe(value)}; must be ${formatWords(format)}`,
    hint: formatHint(format),
  });
}

function checkRange(value: number | bigint, node: SchemaNode, report: Report): void {
  const int32 = node.raw.format === 'int32';
  const minimum = node.raw.minimum ?? (int32 ? -(2 ** 31) : undefined);
  const maximum = node.raw.maximum ?? (int32 ? 2 ** 31 - 1 : undefined);
  if (minimum !== undefined && value < minimum) {
    const message = `got ${value}; must be at least ${minimum}`;
    report.add({ code: 'schema-range', got: report.got(value), message });
  }
  if (maximum !== undefined && value > maximum) {
    report.add({
      code: 'schema-range',
      got: report.got(value),
      message: `got ${value}; must be at most ${maximum}`,
    });
  }
}

function enumViolation(value: unknown, node: SchemaNode, report: Report): void {
  const allowed = (node.raw.enum ?? []).map(String);
  const message = `got ${report.describe(value)}; must be ${allowed.length > 1 ? 'one of ' : ''}${allowed.map((text) => JSON.stringify(text)).join(', ')}`;
  const isMistyped = nearestName(asText(value), allowed) !== undefined;
  report.add({
    code: 'schema-enum',
    got: report.got(value),
    hint: enumHint(value, allowed, report),
    ...unlessNewer(message, isMistyped, node.scope),
  });
}

function isNumber(value: unknown, type: 'integer' | 'number'): value is number | bigint {
  if (typeof value === 'bigint') return true;
  return type === 'integer' ? Number.isInteger(value) : typeof value === 'number' && Number.isFinite(value);
}

function unquoted(value: unknown): string | undefined {
  return typeof value === 'string' && /^(true|false|-?\d+(\.\d+)?)$/.test(value)
    ? 'remove the quotes'
    : undefined;
}
