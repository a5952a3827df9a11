import { comparableText } from '../plain/comparable-text';
import { fieldPath } from '../plain/field-path';
import { isMap } from '../plain/plain-data';
import type { Report } from './report';
import type { SchemaNode } from './schema-node';
import { didYouMean, nearestName } from '../findings/nearest-name';
import { visitScalar, typeViolation } from './visit-scalar';
import { unlessNewer } from './unless-newer';

type Fields = Record<string, unknown>;

/**
 * Checks a value against a schema as the API server does: unknown fields are refused, nulls and defaults are handled,
 * then types, limits and rules. Returns the value with nulls dropped and defaults in place; what does not change is
 * not copied, and subtrees whose fields are free are not walked.
 */
export function visit(value: unknown, node: SchemaNode, report: Report): unknown {
  if (report.isPlaceholder(value)) return value;
  if (value === null && (node.raw.nullable || node.scope.decoded)) return value;
  const type = node.raw.type;
  if (type === 'object') return visitObject(value, node, report);
  if (type === 'array') return visitList(value, node, report);
  visitScalar(value, node, report);
  return value;
}

/** Checks the value of a field against a schema, if it is set. */
export function visitField(name: string, value: unknown, node: SchemaNode, report: Report): void {
  if (value == null) return;
  report.path.push(name);
  visit(value, node, report);
  report.path.pop();
}

function visitObject(value: unknown, node: SchemaNode, report: Report): unknown {
  if (!isMap(value)) return typeViolation('a map', value, report, mapHint(value, node));
  if (node.free) return value;
  const [errors, placeholders] = [report.errors, report.placeholders];
  const visited = visitFields(value, node, report);
  const result = applyDefaults(visited, node);
  for (const name of node.required) {
    if (result[name] !== undefined && !(node.scope.decoded && result[name] === null)) continue;
    report.add({ code: 'schema-required', message: 'required, but not set', hint: requiredHint(name) }, name);
  }
  // A rule only concerns valid data, and we know nothing about a variable.
  if (errors === report.errors && placeholders === report.placeholders) checkRules(result, node, report);
  return result;
}

function visitFields(value: Fields, node: SchemaNode, report: Report): Fields {
  let result = value;
  report.above.push({ node, depth: report.path.length });
  for (const name of Object.keys(value)) {
    const before = value[name];
    const child = node.field(name);
    if (!child) {
      if (before !== undefined && !node.raw.preserve) unknownField(name, value, node, report);
      continue;
    }
    if (before === undefined) continue;
    report.path.push(name);
    const after = isDropped(before, child) ? droppedNull(child, report) : visit(before, child, report);
    report.path.pop();
    if (after === before) continue;
    if (result === value) result = { ...value };
    if (after === undefined) delete result[name];
    else result[name] = after;
  }
  report.above.pop();
  return result;
}

function isDropped(value: unknown, node: SchemaNode): boolean {
  return value === null && !node.raw.nullable && !node.scope.decoded;
}

function droppedNull(node: SchemaNode, report: Report): undefined {
  // The default replaces a null, and a field without a type allows it.
  if (node.raw.default !== undefined || node.raw.type === undefined) return undefined;
  report.add({
    code: 'schema-null',
    severity: report.options.nulls === 'refuse' ? 'error' : 'warning',
    got: 'null',
    message: 'got null, which the API server refuses',
    hint: 'remove the field, or set it',
  });
  return undefined;
}

function applyDefaults(value: Fields, node: SchemaNode): Fields {
  let result = value;
  for (const [name, standard] of node.defaults) {
    if (result[name] !== undefined) continue;
    if (result === value) result = { ...value };
    result[name] = standard;
  }
  return result;
}

function checkRules(value: Fields, node: SchemaNode, report: Report): void {
  for (const { message, rule, test } of node.rules) {
    let satisfied: boolean;
    try {
      satisfied = test(value);
    } catch {
      satisfied = false;
    }
    if (!satisfied) report.add({ code: 'schema-rule', message, hint: ruleHint(rule) });
  }
}

/** If objects are referred to by a map with a name, a string is probably the name. */
function mapHint(value: unknown, node: SchemaNode): string | undefined {
  const isName = typeof value === 'string' && node.raw.properties?.['name'] !== undefined;
  return isName ? 'write a map that contains the name: { name: ... }' : undefined;
}

/** The rule itself is an expression that nobody should have to read, so the message names the fields that it uses. */
function ruleHint(rule: string): string {
  const fields = [...new Set([...rule.matchAll(/\bself\.(\w+)/g)].map(([, name]) => name as string))];
  return fields.length > 0 ? `correct ${fields.join(' or ')}` : 'correct the value';
}

function visitList(value: unknown, node: SchemaNode, report: Report): unknown {
  if (!Array.isArray(value)) return typeViolation('a list', value, report);
  const { minItems, maxItems, listMapKeys } = node.raw;
  if (minItems !== undefined && value.length < minItems) {
    report.add({
      code: 'schema-range',
      message: `got ${value.length} items; must have at least ${minItems}`,
    });
  }
  if (maxItems !== undefined && value.length > maxItems) {
    report.add({
      code: 'schema-range',
      message: `got ${value.length} items; must have at most ${maxItems}`,
    });
  }
  if (!node.items) return value;
  let result: unknown[] = value;
  for (let index = 0; index < value.length; index++) {
    report.path.push(index);
    const after = visit(value[index], node.items, report);
    report.path.pop();
    if (after === value[index]) continue;
    if (result === value) result = [...value];
    result[index] = after;
  }
  if (listMapKeys) checkDistinct(result, listMapKeys, report);
  return result;
}

function checkDistinct(items: readonly unknown[], keys: readonly string[], report: Report): void {
  const seen = new Set<string>();
  items.forEach((item, index) => {
    if (!isMap(item)) return;
    const identity = comparableText(keys.map((key) => item[key] ?? null));
    if (seen.has(identity)) {
      const message = `an earlier item has the same ${keys.join(' and ')}`;
      report.add({ code: 'schema-duplicate-item', message, hint: 'remove one of them' }, index);
    }
    seen.add(identity);
  });
}

function unknownField(name: string, beside: Fields, node: SchemaNode, report: Report): void {
  const names = node.fieldNames;
  const meant = nearestName(name, names);
  const deeper = meant === undefined ? fieldsWith(name, node) : [];
  const outside = meant === undefined && deeper.length === 0 ? placeAbove(name, report) : undefined;
  const list = names.length > 0 && names.length <= 12 ? `, or use one of ${names.join(', ')}` : '';
  let hint = isInMetadata(report) ? 'move it to where it belongs, or remove it' : `remove it${list}`;
  if (meant !== undefined) hint = didYouMean(meant);
  else if (deeper.length > 0) hint = deeperHint(name, deeper, beside);
  else if (outside !== undefined)
    hint = outside === name ? 'move it out of metadata, to the object itself' : didYouMean(outside);
  const isSure = meant !== undefined || deeper.length > 0 || outside !== undefined;
  const message = `unknown field ${JSON.stringify(name)}`;
  report.add({ code: 'schema-unknown-field', hint, ...unlessNewer(message, isSure, node.scope) }, name);
}

/** The fields that are maps with a field of that name. */
function fieldsWith(name: string, node: SchemaNode): readonly string[] {
  return node.fieldNames.filter((field) => node.field(field)?.raw.properties?.[name] !== undefined);
}

/** A field without a value above is where the block belongs; of several, only one that is set is meant. */
function deeperHint(name: string, deeper: readonly string[], beside: Fields): string {
  const empty = deeper.find((field) => beside[field] === null);
  if (empty !== undefined) return `indent it below ${JSON.stringify(empty)}, which has no value`;
  const set = deeper.filter((field) => beside[field] !== undefined);
  const [first, second, ...more] = set.length > 0 ? set : deeper;
  if (second === undefined || more.length > 2) return didYouMean(`${first}.${name}`);
  return `put it below one of ${[first, second, ...more].join(', ')}`;
}

/**
 * The nearest map above that has a field with a name, which means a block that is indented too far. Fields of every
 * object are left out.
 */
function placeAbove(name: string, report: Report): string | undefined {
  const { above, path } = report;
  const place = above
    .slice(1)
    .reverse()
    .find(({ node }) => node.raw.properties?.[name] !== undefined);
  return place ? fieldPath([...path.slice(0, place.depth), name]) : placeBesideMetadata(name, report);
}

/** Whether the field is one of the object's own metadata. */
function isInMetadata({ path }: Report): boolean {
  return path.length === 1 && path[0] === 'metadata';
}

/** Where a field of `metadata` belongs if the object or its spec has one of the name. */
function placeBesideMetadata(name: string, report: Report): string | undefined {
  if (!isInMetadata(report) || name === 'status') return undefined;
  const places = [[name], ['spec', name]].filter((place) => {
    const node = place
      .slice(0, -1)
      .reduce<SchemaNode | undefined>((at, field) => at?.field(field), report.above[0]?.node);
    return node?.raw.properties?.[name] !== undefined;
  });
  return places[0] && fieldPath(places[0]);
}

function requiredHint(name: string): string {
  return `set ${JSON.stringify(name)}`;
}
