import type { ValidateFunction } from 'ajv';
import type AjvClass from 'ajv';
import { goRegex } from '../../plain/go-regex';

/** A JSON schema as data. */
export type ValuesSchema = Readonly<Record<string, unknown>>;

/** A schema that is ready for use, or why it is not. */
export type CompiledSchema =
  { readonly validate: ValidateFunction } | { readonly problem: string; readonly hint: string };

const compiled = new WeakMap<ValuesSchema, CompiledSchema>();

/**
 * Makes a schema ready for use, once. Helm takes drafts 4 to 7, 2019-09 and 2020-12; without `$schema` it takes the
 * newest. Formats are annotations, and patterns are Go's.
 *
 * @see https://helm.sh/docs/topics/charts/#schema-files
 */
export function compileValuesSchema(schema: ValuesSchema): CompiledSchema {
  const known = compiled.get(schema);
  if (known) return known;
  const result = compile(schema);
  compiled.set(schema, result);
  return result;
}

/** The references of a schema to others, which would have to be fetched. */
export function remoteReferences(schema: ValuesSchema): string[] {
  const own = new Set<string>();
  const found = new Set<string>();
  visit(schema, (node) => {
    for (const key of ['$id', 'id']) if (typeof node[key] === 'string') own.add(withoutFragment(node[key]));
    for (const key of ['$ref', '$dynamicRef', '$recursiveRef']) {
      const reference = node[key];
      if (typeof reference === 'string' && !reference.startsWith('#')) found.add(reference);
    }
  });
  return [...found].filter((reference) => !own.has(withoutFragment(reference)));
}

function withoutFragment(reference: string): string {
  return reference.replace(/#.*$/, '');
}

function visit(value: unknown, see: (node: Readonly<Record<string, unknown>>) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) see(value as Readonly<Record<string, unknown>>);
  for (const child of Object.values(value)) visit(child, see);
}

function compile(schema: ValuesSchema): CompiledSchema {
  const remote = remoteReferences(schema);
  if (remote.length > 0) {
    return {
      problem: `the schema of the values refers to ${remote.map((reference) => JSON.stringify(reference)).join(', ')}, and cdk8s-flux does not download schemas`,
      hint: 'copy the schemas into its $defs, and refer to them there',
    };
  }
  const { $schema, ...rest } = schema;
  const draft = typeof $schema === 'string' ? $schema : '';
  try {
    const Ajv = ajvFor(draft);
    const ajv = new Ajv({
      allErrors: true,
      verbose: true,
      strict: false,
      validateFormats: false,
      validateSchema: false,
      logger: false,
      addUsedSchema: false,
      code: { regExp: Object.assign((pattern: string) => ({ test: goRegex(pattern) }), { code: 'goRegex' }) },
    });
    return { validate: ajv.compile(draft.includes('draft-04') ? fromDraft4(rest) : rest) };
  } catch (error) {
    return {
      problem: `the schema of the values is not a valid JSON Schema: ${error instanceof Error ? error.message : String(error)}`,
      hint: "use the chart's values.schema.json",
    };
  }
}

/** The validator is loaded only if there is a schema. */
function ajvFor(draft: string): typeof AjvClass {
  /* eslint-disable @typescript-eslint/no-require-imports -- see above */
  if (/draft-0[4-7]/.test(draft)) return (require('ajv') as { default: typeof AjvClass }).default;
  if (draft.includes('2019-09')) return (require('ajv/dist/2019') as { default: typeof AjvClass }).default;
  return (require('ajv/dist/2020') as { default: typeof AjvClass }).default;
  /* eslint-enable @typescript-eslint/no-require-imports */
}

/** Draft 4 has another keyword for an exclusive limit, and another one for the id of a schema. */
function fromDraft4(value: unknown): ValuesSchema {
  if (Array.isArray(value)) return value.map(fromDraft4) as unknown as ValuesSchema;
  if (typeof value !== 'object' || value === null) return value as ValuesSchema;
  const result: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) result[key] = fromDraft4(child);
  for (const limit of ['Minimum', 'Maximum'] as const) {
    const [exclusive, inclusive] = [`exclusive${limit}`, limit.toLowerCase()];
    if (typeof result[exclusive] !== 'boolean') continue;
    if (result[exclusive]) result[exclusive] = result[inclusive];
    else delete result[exclusive];
    if (typeof result[exclusive] === 'number') delete result[inclusive];
  }
  if (typeof result.id === 'string') {
    result.$id = result.id;
    delete result.id;
  }
  return result;
}
