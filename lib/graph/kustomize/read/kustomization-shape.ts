import { nearestName } from '../../../findings/nearest-name';
import { isMap, type PlainMap } from '../../../plain/plain-data';

/** What a field of a kustomization may contain. */
type Shape = 'text' | 'number' | 'boolean' | 'any' | { readonly listOf: Shape } | Entries;
/** A map with any keys, or one with known fields. */
type Entries = { readonly mapOf: Shape } | { readonly fields: Readonly<Record<string, Shape>> };

const texts: Shape = { listOf: 'text' };
const textMap: Shape = { mapOf: 'text' };

const kindFields = { group: 'text', version: 'text', kind: 'text' } as const;
const idFields = { ...kindFields, name: 'text', namespace: 'text' } as const;
const selector: Shape = { fields: { ...idFields, labelSelector: 'text', annotationSelector: 'text' } };
const fieldOptions: Shape = {
  fields: { delimiter: 'text', index: 'number', encoding: 'text', create: 'boolean' },
};
const patches: Shape = {
  listOf: { fields: { path: 'text', patch: 'text', target: selector, options: { mapOf: 'boolean' } } },
};
const generatorOptions: Shape = {
  fields: {
    labels: textMap,
    annotations: textMap,
    disableNameSuffixHash: 'boolean',
    immutable: 'boolean',
  },
};
const generator = {
  name: 'text',
  namespace: 'text',
  behavior: 'text',
  literals: texts,
  files: texts,
  envs: texts,
  env: 'text',
  options: generatorOptions,
} as const;
const images: Shape = {
  listOf: { fields: { name: 'text', newName: 'text', newTag: 'text', digest: 'text', tagSuffix: 'text' } },
};
const target: Shape = {
  fields: { select: selector, reject: { listOf: selector }, fieldPaths: texts, options: fieldOptions },
};

/** The fields of a kustomization, as in kustomize's type `Kustomization`. */
const kustomization: Shape = {
  fields: {
    apiVersion: 'text',
    kind: 'text',
    metadata: { fields: { name: 'text', namespace: 'text', labels: textMap, annotations: textMap } },
    openapi: textMap,
    namePrefix: 'text',
    nameSuffix: 'text',
    namespace: 'text',
    commonLabels: textMap,
    labels: {
      listOf: {
        fields: {
          pairs: textMap,
          includeSelectors: 'boolean',
          includeTemplates: 'boolean',
          fields: { listOf: { fields: { ...kindFields, path: 'text', create: 'boolean' } } },
        },
      },
    },
    commonAnnotations: textMap,
    patchesStrategicMerge: texts,
    patchesJson6902: patches,
    patches,
    images,
    imageTags: images,
    replacements: {
      listOf: {
        fields: {
          path: 'text',
          source: { fields: { ...idFields, fieldPath: 'text', options: fieldOptions } },
          sourceValue: 'text',
          targets: { listOf: target },
        },
      },
    },
    replicas: { listOf: { fields: { name: 'text', count: 'number' } } },
    vars: {
      listOf: {
        fields: {
          name: 'text',
          objref: { fields: { ...idFields, apiVersion: 'text' } },
          fieldref: { fields: { fieldPath: 'text' } },
        },
      },
    },
    sortOptions: {
      fields: { order: 'text', legacySortOptions: { fields: { orderFirst: texts, orderLast: texts } } },
    },
    resources: texts,
    components: texts,
    crds: texts,
    bases: texts,
    configMapGenerator: { listOf: { fields: generator } },
    secretGenerator: { listOf: { fields: { ...generator, type: 'text' } } },
    helmGlobals: 'any',
    helmCharts: 'any',
    helmChartInflationGenerator: 'any',
    generatorOptions,
    configurations: texts,
    generators: texts,
    transformers: texts,
    validators: texts,
    buildMetadata: texts,
  },
};

/** Something that kustomize refuses to read. */
export interface ShapeProblem {
  /** The field, for example `images[0].newTag`. */
  readonly field: string;
  readonly message: string;
  /** The known field that an unknown one most likely means; '' if it means none. Only for unknown fields. */
  readonly meant?: string;
  /**
   * How to correct it.
   *
   * @default - correct or remove the field
   */
  readonly hint?: string;
}

/**
 * A kustomization as kustomize reads it, by Go's rules for JSON: unknown fields and values of another type are refused,
 * the case of fields does not matter, and `null` is nothing.
 *
 * @returns what can be used of it, and what cannot
 */
export function readShape(data: PlainMap): { data: PlainMap; problems: readonly ShapeProblem[] } {
  const problems: ShapeProblem[] = [];
  return { data: read(data, kustomization, '', problems) as PlainMap, problems };
}

function read(value: unknown, shape: Shape, field: string, problems: ShapeProblem[]): unknown {
  if (shape === 'any') return value;
  if (value === null || value === undefined) return shape === 'text' ? '' : undefined;
  if (typeof shape === 'string') return readScalar(value, shape, field, problems);
  if ('listOf' in shape) {
    if (!Array.isArray(value)) return refuse(field, 'a list', value, problems);
    return value.map((entry, index) => read(entry, shape.listOf, `${field}[${index}]`, problems));
  }
  if (!isMap(value)) return refuse(field, 'a map', value, problems);
  return readEntries(value, shape, field, problems);
}

function readScalar(
  value: unknown,
  shape: 'text' | 'number' | 'boolean',
  field: string,
  problems: ShapeProblem[],
): unknown {
  if (shape === 'text' && typeof value === 'string') return value;
  if (shape === 'boolean' && typeof value === 'boolean') return value;
  if (shape === 'number' && (typeof value === 'bigint' || Number.isInteger(value))) return value;
  const wanted = { text: 'a string', number: 'a whole number', boolean: 'true or false' }[shape];
  return refuse(field, wanted, value, problems);
}

/** A value in words, other than null: it may be a secret, such as a literal of a generator. */
function formOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isMap(value)) return 'a map';
  return { string: 'a string', boolean: 'a boolean' }[typeof value as string] ?? 'a number';
}

function refuse(field: string, wanted: string, value: unknown, problems: ShapeProblem[]): undefined {
  const kind = formOf(value);
  const hint = hintOf(field, value);
  problems.push({ field, message: `${JSON.stringify(field)} is ${kind}; it must be ${wanted}`, hint });
  return undefined;
}

/** Entries of `patchesStrategicMerge` are file names, those of `patches` are not. */
function hintOf(field: string, value: unknown): string | undefined {
  const isFile = /^patches\[\d+\]$/.test(field) && typeof value === 'string' && /^[\w./-]+$/.test(value);
  return isFile ? `write "path: ${value}"` : undefined;
}

function readEntries(value: PlainMap, shape: Entries, field: string, problems: ShapeProblem[]): PlainMap {
  const result: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    const path = field === '' ? key : `${field}.${key}`;
    const known = 'mapOf' in shape ? ([key, shape.mapOf] as const) : knownField(key, shape.fields);
    if (!known) {
      const message = `unknown field ${JSON.stringify(path)} in a kustomization file`;
      problems.push({ field: path, message, meant: nearestName(key, namesOf(shape)) ?? '' });
      continue;
    }
    const entry = read(child, known[1], path, problems);
    if (entry !== undefined) result[known[0]] = entry;
  }
  return result;
}

function namesOf(shape: Entries): readonly string[] {
  return 'fields' in shape ? Object.keys(shape.fields) : [];
}

function knownField(key: string, fields: Readonly<Record<string, Shape>>): [string, Shape] | undefined {
  const name = Object.hasOwn(fields, key)
    ? key
    : Object.keys(fields).find((field) => field.toLowerCase() === key.toLowerCase());
  const shape = name === undefined ? undefined : fields[name];
  return name !== undefined && shape !== undefined ? [name, shape] : undefined;
}
