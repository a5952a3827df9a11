// Compiles the custom resource definitions of a Flux version to one TypeScript file: a compact JSON text for each
// kind, and its CEL rules as plain functions.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { compileRule, runtimeNames } from './rules.mjs';
import { translatePattern } from './pattern.mjs';

/** The text of the generated file. */
export function compileFlux(version, folder) {
  const kinds = [];
  const rules = [];
  for (const file of readdirSync(folder).sort()) {
    const crd = parse(readFileSync(join(folder, file), 'utf8'));
    const { group, names, scope, versions } = crd.spec;
    for (const { name, served, schema, subresources } of versions) {
      if (!served) continue;
      const key = `${group}/${name}/${names.kind}`;
      const node = compactNode(schema.openAPIV3Schema, key, rules);
      kinds.push([
        key,
        JSON.stringify({ ...node, scope, statusSubresource: subresources?.status !== undefined }),
      ]);
    }
  }
  kinds.sort(([a], [b]) => (a < b ? -1 : 1));
  const used = runtimeNames.filter((name) =>
    rules.some((rule) => new RegExp(`\\b${name}\\(`).test(rule.code)),
  );
  return [
    `// Made by scripts/compile-schemas.mjs from crds/flux-${version} (see NOTICE). Do not edit.`,
    `import { ${used.join(', ')} } from '../cel/runtime';`,
    `import type { CompiledRule } from '../schema-source';`,
    '',
    'export const kinds: Readonly<Record<string, string>> = {',
    ...kinds.map(([key, json]) => `  ${quote(key)}:\n    ${quote(json)},`),
    '};',
    '',
    'export const rules: readonly CompiledRule[] = [',
    ...rules.map(
      ({ message, rule, code }) =>
        `  { message: ${quote(message)}, rule: ${quote(rule)}, test: (self) => ${code} },`,
    ),
    '];',
    '',
  ].join('\n');
}

/** The keywords of a schema that are kept unchanged. */
const KEPT =
  'type required enum minimum maximum minLength maxLength minItems maxItems default nullable format'.split(
    ' ',
  );
/** The keywords that do not affect whether an object is valid. */
const IGNORED = ['description', 'x-kubernetes-map-type'];

function compactNode(schema, path, rules) {
  const node = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (IGNORED.includes(keyword)) continue;
    if (KEPT.includes(keyword)) node[keyword] = value;
    else if (!Object.hasOwn(COMPILED, keyword)) throw new Error(`${path}: unknown keyword ${keyword}`);
    else Object.assign(node, COMPILED[keyword](value, path, rules, schema));
  }
  if (node.format && !['date-time', 'int64'].includes(node.format))
    throw new Error(`${path}: format ${node.format}`);
  // The server drops the status of applied objects, so its defaults never show.
  if (/\/[A-Za-z]+\.status$/.test(path)) delete node.default;
  if (node.default !== undefined) node.default = withDefaults(node.default, node);
  return node;
}

/** A default, with the defaults that the schema has for its missing fields. */
function withDefaults(value, node) {
  if (Array.isArray(value)) return node.items ? value.map((item) => withDefaults(item, node.items)) : value;
  if (typeof value !== 'object' || value === null) return value;
  const result = { ...value };
  for (const [name, child] of Object.entries(node.properties ?? {})) {
    if (result[name] === undefined && child.default !== undefined) result[name] = child.default;
    else if (result[name] !== undefined) result[name] = withDefaults(result[name], child);
  }
  return result;
}

const COMPILED = {
  properties: (value, path, rules) => ({
    properties: Object.fromEntries(
      Object.entries(value).map(([name, child]) => [name, compactNode(child, `${path}.${name}`, rules)]),
    ),
  }),
  additionalProperties: (value, path, rules) => {
    if (typeof value !== 'object') throw new Error(`${path}: additionalProperties: ${value}`);
    return { values: compactNode(value, `${path}{}`, rules) };
  },
  items: (value, path, rules) => ({ items: compactNode(value, `${path}[]`, rules) }),
  pattern: (value) => {
    const translated = translatePattern(value);
    return translated === value ? { pattern: value } : { pattern: value, patternJs: translated };
  },
  'x-kubernetes-preserve-unknown-fields': (value) => ({ preserve: value }),
  'x-kubernetes-list-map-keys': (value) => ({ listMapKeys: value }),
  'x-kubernetes-list-type': (value, path, _rules, schema) => {
    if (value === 'atomic' || (value === 'map' && schema['x-kubernetes-list-map-keys'])) return {};
    throw new Error(`${path}: x-kubernetes-list-type ${value}`);
  },
  'x-kubernetes-validations': (value, path, rules) => ({
    rules: value.map(({ rule, message, ...rest }) => {
      if (Object.keys(rest).length > 0) throw new Error(`${path}: unknown in a rule: ${Object.keys(rest)}`);
      return (
        rules.push({ rule, message: message ?? `failed rule: ${rule}`, code: compileRule(rule, path) }) - 1
      );
    }),
  }),
};

/** The shortest JavaScript string literal. */
function quote(text) {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
