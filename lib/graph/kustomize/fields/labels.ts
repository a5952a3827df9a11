import type { ManifestObject } from '../../../tree/manifest';
import { isMap, listOf, mapOf, type PlainMap } from '../../../plain/plain-data';
import { appliesTo, changeAt, splitFieldPath, type FieldSpec } from './field-spec';
import { isNoted, withObject, type Resource } from '../resource';
import { fieldsOf, mergeFields, type TransformerConfig } from './transformer-config';

const everywhere: readonly FieldSpec[] = [{ path: 'metadata/labels', create: true }];

/** Labels or annotations, and the fields that get them. */
export interface LabelRule {
  readonly pairs: PlainMap;
  readonly fields: readonly FieldSpec[];
}

/**
 * The rules of `labels` and `commonLabels`.
 *
 * @throws FieldConflictError where fields of an entry contradict others
 */
export function labelRules(kustomization: PlainMap, config: TransformerConfig): LabelRule[] {
  const rules = listOf(kustomization.labels).map((entry): LabelRule => {
    const { pairs, includeSelectors, includeTemplates, fields } = mapOf(entry);
    const own = mergeFields(fieldsOf(fields), config.labels);
    if (includeSelectors) return { pairs: mapOf(pairs), fields: mergeFields(own, config.commonLabels) };
    const templates = includeTemplates ? mergeFields(own, config.templateLabels) : own;
    return { pairs: mapOf(pairs), fields: mergeFields(templates, everywhere) };
  });
  return [...rules, { pairs: mapOf(kustomization.commonLabels), fields: config.commonLabels }];
}

/** Sets labels or annotations at the fields of a rule. */
export function applyLabels(resource: Resource, rule: LabelRule): Resource {
  let object: unknown = resource.object;
  for (const field of rule.fields) {
    if (!appliesTo(field, resource.object)) continue;
    const create = field.create || (field.path === 'metadata/annotations' && isNoted(resource));
    object = changeAt(object, splitFieldPath(field.path), create, (found) =>
      found === undefined || found === null || isMap(found) ? { ...mapOf(found), ...rule.pairs } : found,
    );
  }
  return withObject(resource, object as ManifestObject);
}
