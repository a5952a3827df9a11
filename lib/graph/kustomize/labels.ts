import type { ManifestObject } from '../../tree/manifest';
import { isMap, listOf, mapOf, type PlainMap } from '../../plain/plain-data';
import { appliesTo, changeAt, splitFieldPath, type FieldSpec } from './field-spec';
import { withObject, type Resource } from './resource';

const everywhere: readonly FieldSpec[] = [{ path: 'metadata/labels', create: true }];

/** Kinds with a pod template at `spec.template`. */
const templated = ['ReplicationController', 'Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet', 'Job'];

/** Where pod templates carry labels. */
const templateLabels: readonly FieldSpec[] = [
  ...templated.map((kind) => ({ path: 'spec/template/metadata/labels', kind, create: true })),
  { path: 'spec/jobTemplate/metadata/labels', kind: 'CronJob', create: true },
  { path: 'spec/jobTemplate/spec/template/metadata/labels', kind: 'CronJob', create: true },
  { path: 'spec/volumeClaimTemplates[]/metadata/labels', kind: 'StatefulSet', create: true },
];

const affinity = 'spec/template/spec/affinity';
const terms = 'requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels';

/** Where selectors stand that must follow the labels of what they select. */
const selectors: readonly FieldSpec[] = [
  { path: 'spec/selector', kind: 'Service', create: true },
  { path: 'spec/selector', kind: 'ReplicationController', create: true },
  ...['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].map((kind) => ({
    path: 'spec/selector/matchLabels',
    kind,
    create: true,
  })),
  { path: 'spec/selector/matchLabels', kind: 'Job' },
  { path: 'spec/jobTemplate/spec/selector/matchLabels', kind: 'CronJob' },
  { path: 'spec/selector/matchLabels', kind: 'PodDisruptionBudget' },
  { path: 'spec/podSelector/matchLabels', kind: 'NetworkPolicy' },
  { path: 'spec/ingress/from/podSelector/matchLabels', kind: 'NetworkPolicy' },
  { path: 'spec/egress/to/podSelector/matchLabels', kind: 'NetworkPolicy' },
  ...['Deployment', 'StatefulSet'].flatMap((kind) =>
    ['podAffinity', 'podAntiAffinity'].flatMap((part) => [
      { path: `${affinity}/${part}/${terms}`, kind },
      { path: `${affinity}/${part}/${preferred}`, kind },
    ]),
  ),
  ...['Deployment', 'StatefulSet'].map((kind) => ({
    path: 'spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels',
    kind,
  })),
];

const annotationFields: readonly FieldSpec[] = [
  { path: 'metadata/annotations', create: true },
  ...templated.map((kind) => ({ path: 'spec/template/metadata/annotations', kind, create: true })),
  { path: 'spec/jobTemplate/metadata/annotations', kind: 'CronJob', create: true },
  { path: 'spec/jobTemplate/spec/template/metadata/annotations', kind: 'CronJob', create: true },
];

/** An entry of a kustomization file's `labels`. */
export interface LabelRule {
  readonly pairs: PlainMap;
  readonly fields: readonly FieldSpec[];
}

/** The rules of `commonLabels` and `labels`. */
export function labelRules(kustomization: PlainMap): LabelRule[] {
  const rules = listOf(kustomization.labels).map((entry): LabelRule => {
    const { pairs, includeSelectors, includeTemplates, fields } = mapOf(entry);
    const own = listOf(fields).filter(isMap) as unknown as FieldSpec[];
    const templates = includeSelectors || includeTemplates ? templateLabels : [];
    return {
      pairs: mapOf(pairs),
      fields: [...everywhere, ...own, ...templates, ...(includeSelectors ? selectors : [])],
    };
  });
  const common = mapOf(kustomization.commonLabels);
  if (Object.keys(common).length > 0) {
    rules.push({ pairs: common, fields: [...everywhere, ...templateLabels, ...selectors] });
  }
  return rules;
}

/** The rule of `commonAnnotations`. */
export function annotationRule(kustomization: PlainMap): LabelRule {
  return { pairs: mapOf(kustomization.commonAnnotations), fields: annotationFields };
}

/** Sets labels or annotations at the fields of a rule. */
export function applyLabels(resource: Resource, rule: LabelRule): Resource {
  if (Object.keys(rule.pairs).length === 0) return resource;
  let object: unknown = resource.object;
  for (const field of rule.fields) {
    if (!appliesTo(field, resource.object)) continue;
    object = changeAt(object, splitFieldPath(field.path), field.create ?? false, (found) =>
      found === undefined || found === null || isMap(found) ? { ...mapOf(found), ...rule.pairs } : found,
    );
  }
  return withObject(resource, object as ManifestObject);
}
