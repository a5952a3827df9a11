import { isMap, listOf, mapOf, textOf, type PlainMap } from '../../../plain/plain-data';
import {
  commonAnnotationFields,
  commonLabelFields,
  imageFields,
  nameFields,
  namespaceFields,
  replicaFields,
  templateLabelFields,
  varReferenceFields,
} from './default-fields';
import type { FieldSpec } from './field-spec';
import type { NameReference } from './name-reference-table';

/** The parts of a transformer configuration that are lists of fields. */
const fieldLists = [
  'namePrefix',
  'nameSuffix',
  'namespace',
  'commonLabels',
  'labels',
  'templateLabels',
  'commonAnnotations',
  'images',
  'replicas',
  'varReference',
] as const;

type FieldList = (typeof fieldLists)[number];

/** Which fields the transformations of a kustomization change: kustomize's own, and those of `configurations`. */
export type TransformerConfig = Readonly<Record<FieldList, readonly FieldSpec[]>> & {
  /** References beside those that kustomize knows. */
  readonly nameReference: readonly NameReference[];
};

/** What kustomize does where no `configurations` add anything. */
export const defaultConfig: TransformerConfig = {
  namePrefix: nameFields,
  nameSuffix: nameFields,
  namespace: namespaceFields,
  commonLabels: commonLabelFields,
  labels: [],
  templateLabels: templateLabelFields,
  commonAnnotations: commonAnnotationFields,
  images: imageFields,
  replicas: replicaFields,
  varReference: varReferenceFields,
  nameReference: [],
};

/** Says that two configurations disagree about a field. */
export class FieldConflictError extends Error {}

/** Both configurations together. */
export function mergeConfigs(base: TransformerConfig, added: TransformerConfig): TransformerConfig {
  if (added === base || added === defaultConfig) return base;
  if (base === defaultConfig) return added;
  return extend(base, added, added.nameReference);
}

/** A configuration with what a file of `configurations` adds. */
export function withConfiguration(base: TransformerConfig, file: unknown): TransformerConfig {
  const data = mapOf(file);
  const lists = Object.fromEntries(fieldLists.map((list) => [list, fieldsOf(data[list])]));
  return extend(base, lists as Record<FieldList, FieldSpec[]>, nameReferencesOf(data));
}

function extend(
  base: TransformerConfig,
  lists: Readonly<Record<FieldList, readonly FieldSpec[]>>,
  nameReference: readonly NameReference[],
): TransformerConfig {
  const merged = fieldLists.map((list) => [list, mergeFields(base[list], lists[list])]);
  const references = new Set([...base.nameReference, ...nameReference]);
  return { ...(Object.fromEntries(merged) as TransformerConfig), nameReference: [...references] };
}

/**
 * Lists of fields together; those that are there already are passed over.
 *
 * @throws FieldConflictError where a field is made in one list, and only found in the other
 */
export function mergeFields(base: readonly FieldSpec[], added: readonly FieldSpec[]): readonly FieldSpec[] {
  if (added.length === 0) return base;
  const merged = [...base];
  for (const field of added) {
    const same = merged.find((other) => other.path === field.path && covers(field, other));
    if (!same) merged.push(field);
    else if ((same.create ?? false) !== (field.create ?? false))
      throw new FieldConflictError(
        `two entries for the field ${JSON.stringify(field.path)} differ in "create"`,
      );
  }
  return merged;
}

/** Whether a field applies to every kind that another one applies to. */
function covers(field: FieldSpec, other: FieldSpec): boolean {
  return (['group', 'version', 'kind'] as const).every((key) => !field[key] || field[key] === other[key]);
}

/** Entries of `fieldSpecs`. */
export function fieldsOf(value: unknown): FieldSpec[] {
  return listOf(value)
    .filter(isMap)
    .map((spec) => ({
      path: textOf(spec.path) ?? '',
      kind: textOf(spec.kind),
      group: textOf(spec.group),
      version: textOf(spec.version),
      create: spec.create === true,
    }));
}

function nameReferencesOf(configuration: PlainMap): NameReference[] {
  return listOf(configuration.nameReference)
    .filter(isMap)
    .map((entry) => ({
      kind: textOf(entry.kind) ?? '',
      group: textOf(entry.group),
      version: textOf(entry.version),
      fields: fieldsOf(entry.fieldSpecs),
    }));
}
