// Generates the TypeScript interfaces for the spec of a Flux kind from its custom resource definition: Flux's own
// names, literals for an enum (the imported enums are valid too), durations with the units that the field accepts,
// references that accept constructs, and documentation with the schema's defaults.
import { COLLECTIONS, referenceType } from './field-types.mjs';
import { defaultOf, documentation } from './field-docs.mjs';

const DURATION = /^\^\(\[0-9\]\+\(\\\.\[0-9\]\+\)\?\((ms\|s\|m(?:\|h)?)\)\)\+\$$/;
const pascal = (name) => name[0].toUpperCase() + name.slice(1);

/** The text of the generated file of one kind, and its name. */
export function compileFields(version, crd, imported) {
  const { names, group, versions } = crd.spec;
  const served = versions.find(({ served }) => served);
  const spec = served.schema.openAPIV3Schema.properties.spec;
  const work = { kind: names.kind, group, imported, interfaces: [], uses: new Map() };
  addInterface(spec, '', `${names.kind}Fields`, work);
  const imports = [...work.uses].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = [
    `// Made by scripts/compile-schemas.mjs from crds/flux-${version} (see NOTICE). Do not edit.`,
    ...imports.map(
      ([file, types]) =>
        `import type {\n${[...types]
          .sort()
          .map((type) => `  ${type},\n`)
          .join('')}} from '${file}';`,
    ),
    '',
    work.interfaces.reverse().join('\n\n'),
    '',
  ].join('\n');
  return [`${kebab(names.kind)}.ts`, text];
}

/** `OCIRepository` -> `oci-repository`, the name of the construct's file. */
export function kebab(kind) {
  return kind.replace(/([a-z])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3-$2$4').toLowerCase();
}

function addInterface(schema, path, name, work) {
  const required = new Set(schema.required);
  const fields = Object.entries(schema.properties).map(([field, child]) => {
    const below = path === '' ? field : `${path}.${field}`;
    const type = typeOf(child, below, field, work);
    // A field with a default in the schema is optional, whatever the schema says.
    const optional = !required.has(field) || child.default !== undefined;
    const standard = optional ? defaultOf(child, `${work.kind}.${below}`) : undefined;
    return `${documentation(child, standard, '  ')}\n  readonly ${field}${optional ? '?' : ''}: ${type};`;
  });
  const heading = documentation(
    path === ''
      ? { description: `The fields of ${/^[AEIOU]/.test(work.kind) ? 'an' : 'a'} ${work.kind}'s spec.` }
      : schema,
    undefined,
    '',
  );
  work.interfaces.push(`${heading}\nexport interface ${name} {\n${fields.join('\n')}\n}`);
}

function typeOf(schema, path, field, work) {
  if (schema.type === 'string') {
    const named = referenceType(work.kind, path);
    if (named !== undefined) return use(named, work);
  }
  if (schema.enum) return enumType(schema.enum, path, work);
  if (schema['x-kubernetes-preserve-unknown-fields']) return 'Readonly<Record<string, unknown>>';
  switch (schema.type) {
    case 'object':
      return objectType(schema, path, field, work);
    case 'array':
      return listType(typeOf(schema.items, path, field, work));
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return textType(schema, work);
  }
}

function textType({ type, pattern = '' }, work) {
  if (type !== 'string') throw new Error(`${work.kind}: unknown type ${type}`);
  const units = DURATION.exec(pattern)?.[1];
  if (units === undefined) return 'string';
  return use(units.endsWith('h') ? ['../duration', 'FluxDuration'] : ['../duration', 'ShortDuration'], work);
}

function listType(item) {
  return `readonly ${item.includes(' ') && !item.endsWith('>') ? `(${item})` : item}[]`;
}

function objectType(schema, path, field, work) {
  const names = Object.keys(schema.properties ?? {});
  if (names.length === 0) return mapType(schema, path, field, work);
  const { kind, name: named } = schema.properties;
  if (
    named &&
    !named.enum &&
    names.every((name) => ['apiVersion', 'kind', 'name', 'namespace'].includes(name))
  ) {
    if (kind === undefined) return use(referenceType(work.kind, path) ?? fail(work, path), work);
    const type = names.includes('namespace') ? 'ObjectReference' : 'LocalReference';
    const kinds = kind.enum ? `<${enumType(kind.enum, `${path}.kind`, work)}>` : '';
    return `${use(['../references/reference', type], work)}${kinds}`;
  }
  const name = `${work.kind}${path.split('.').map(pascal).join('')}`;
  addInterface(schema, path, name, work);
  const wrapped = COLLECTIONS[`${work.kind}.${path}`] ?? COLLECTIONS[field];
  if (wrapped === undefined) return name;
  const [helper, ...rest] = wrapped;
  return `${use(['../choice', helper], work)}<${[name, ...rest].join(', ')}>`;
}

function mapType(schema, path, field, work) {
  if (!schema.additionalProperties) return 'Readonly<Record<string, never>>';
  return `Readonly<Record<string, ${typeOf(schema.additionalProperties, path, field, work)}>>`;
}

/** The strings themselves, for people who write them, and the imported enum for people who have it. */
function enumType(values, path, work) {
  const literals = values.map((value) => `'${value}'`);
  const name = importName(work.kind, path);
  if (!work.imported.includes(`export enum ${name} {`)) throw new Error(`imports/ has no enum ${name}`);
  return [...literals, use([`../../../imports/${work.group}`, name], work)].join(' | ');
}

/** The names of types in `cdk8s import`: `OCIRepository` becomes `OciRepository`. */
function importName(kind, path) {
  const spelled = kind.replace(/^[A-Z]+(?=[A-Z])/, (letters) => letters[0] + letters.slice(1).toLowerCase());
  return `${spelled}Spec${path.split('.').map(pascal).join('')}`;
}

/** Imports a type, with its arguments, from a file beside the generated ones. */
function use([file, type, argument], work) {
  work.uses.set(file, (work.uses.get(file) ?? new Set()).add(type));
  return argument === undefined ? type : `${type}<${argument}>`;
}

function fail({ kind }, path) {
  throw new Error(`${kind}.${path}: declare in lib/kinds what the name refers to`);
}
