import { HELM_GROUP, KUSTOMIZE_GROUP } from '../../kinds/groups';
import { listOf, mapOf, textOf, valueAt } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import { changedFields, isOfKind, listed } from '../changed-fields';
import type { ObjectClassifier } from '../classifier';
import { asText } from '../../plain/as-text';

/** What an object waits for changes. */
export const orderChanged: ObjectClassifier = (changed, { renamed }) => {
  const isOrdered =
    isOfKind(changed, KUSTOMIZE_GROUP, 'Kustomization') || isOfKind(changed, HELM_GROUP, 'HelmRelease');
  const fields = isOrdered ? changedFields(changed, 'spec.dependsOn') : [];
  if (fields.length === 0) return [];
  const [known, after] = [changed.before.object, changed.after.object].map(targets);
  const before = new Set([...(known ?? [])].map((target) => renamed?.get(target) ?? target));
  const gained = [...(after ?? [])].filter((target) => !before.has(target));
  const lost = [...before].filter((target) => !after?.has(target));
  const parts = [
    ...(gained.length > 0 ? [`now waits for ${listed(gained)}`] : []),
    ...(lost.length > 0 ? [`no longer waits for ${listed(lost)}`] : []),
  ];
  return [
    {
      class: 'order-changed',
      fields,
      message: parts.length > 0 ? `it ${parts.join(', and ')}` : sameText(known, after),
      hint:
        lost.length > 0
          ? 'check that it works while the objects that it no longer waits for are not ready'
          : undefined,
    },
  ];
};

function sameText(before: ReadonlySet<string> | undefined, after: ReadonlySet<string> | undefined): string {
  const isRenamed = [...(before ?? [])].some((target) => after?.has(target) !== true);
  return isRenamed
    ? 'it waits for the same Kustomization, which is renamed'
    : 'it waits for the same objects under other conditions';
}

function targets({ metadata, spec }: ManifestObject): ReadonlySet<string> {
  const own = textOf(metadata?.namespace) ?? '';
  return new Set(
    listOf(valueAt(spec, 'dependsOn')).map((entry) => {
      const { namespace, name } = mapOf(entry);
      return [textOf(namespace) ?? own, asText(name ?? '')].filter(Boolean).join('/');
    }),
  );
}
