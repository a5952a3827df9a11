// The page of a Flux kind: a description, an example and its output, its fields, and the rules across fields.
import { defaultOf, limits } from '../schemas/field-docs.mjs';

/** The text of a page. */
export function kindPage({ crd, example, files, about, types }) {
  const { names, group, versions } = crd.spec;
  const { name: version, schema } = versions.find(({ served }) => served);
  const spec = schema.openAPIV3Schema.properties.spec;
  const rules = rulesOf(spec, 'spec');
  return [
    '<!-- Made by npm run docs from crds/ and examples/kinds/. Do not edit. -->',
    '',
    `# ${names.kind}`,
    '',
    `${about.text} It is a \`${names.kind}\` of \`${group}/${version}\`; [Flux's own page](${about.see}) explains how it works.`,
    '',
    '```ts',
    example.trimEnd(),
    '```',
    '',
    ...Object.entries(files).flatMap(([path, text]) => [
      `<!-- file: ${path} -->`,
      '',
      '```yaml',
      text.trimEnd(),
      '```',
      '',
    ]),
    '## Fields',
    '',
    'Every field of the spec. The props of the construct have the same names. Fields in **bold** are required. A `reference` is a',
    'construct, `Kind.fromName(...)`, or an object with the name.',
    '',
    '| field | type | default | what it is |',
    '| --- | --- | --- | --- |',
    ...fieldsOf(spec, names.kind, ''),
    '',
    ...(rules.length === 0
      ? []
      : [
          '## Rules',
          '',
          'The API server also refuses an object that breaks one of these rules:',
          '',
          ...rules,
          '',
        ]),
    ...(types ?? []),
  ].join('\n');
}

function fieldsOf(schema, kind, path) {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
    const below = path === '' ? name : `${path}.${name}`;
    const item = child.type === 'array' ? child.items : child;
    const isNeeded = required.has(name) && child.default === undefined;
    const standard = isNeeded ? '' : defaultOf(child, `${kind}.${below.replaceAll('[]', '')}`);
    const label = isNeeded ? `**\`${below}\`**` : `\`${below}\``;
    const cells = [label, typeOf(child), standard === '- none' ? '' : showDefault(standard), describe(child)];
    const row = `| ${cells.map(escape).join(' | ')} |`;
    if (isReference(item)) return [row];
    return [row, ...fieldsOf(item, kind, child.type === 'array' ? `${below}[]` : below)];
  });
}

function showDefault(standard) {
  return standard.startsWith('- ') ? standard.slice(2) : standard && `\`${standard}\``;
}

function typeOf(schema) {
  if (isReference(schema))
    return `reference${schema.properties.kind?.enum ? ` to ${typeOf(schema.properties.kind)}` : ''}`;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items)}`;
  if (/\(ms\|s\|m/.test(schema.pattern ?? '')) return 'duration';
  if (schema['x-kubernetes-preserve-unknown-fields']) return 'any';
  if (schema.type === 'object') return schema.properties ? 'map' : 'map of texts';
  return { string: 'text', integer: 'number', boolean: 'flag' }[schema.type] ?? schema.type;
}

/** Whether a schema is only the name of another object: a construct is valid, or its name. */
function isReference({ properties }) {
  const names = Object.keys(properties ?? {});
  const isNamed = properties?.name !== undefined && properties.name.enum === undefined;
  return isNamed && names.every((name) => ['apiVersion', 'kind', 'name', 'namespace'].includes(name));
}

/** The first sentence of a description, and the allowed values. */
function describe(schema) {
  const text = (schema.description ?? '').replaceAll(/\s+/g, ' ').trim();
  const sentence = /^.*?[^.]\.(?= [A-Z]|$)/.exec(text)?.[0] ?? text;
  return [sentence, limits(schema)].filter(Boolean).join(' ');
}

function rulesOf(schema, path) {
  const own = (schema['x-kubernetes-validations'] ?? []).map(
    ({ message, rule }) => `- \`${path}\`: ${message ?? `\`${rule}\``}`,
  );
  const below = Object.entries(schema.properties ?? {}).flatMap(([name, child]) =>
    rulesOf(child, `${path}.${name}`),
  );
  return [...new Set([...own, ...below])];
}

function escape(text) {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
