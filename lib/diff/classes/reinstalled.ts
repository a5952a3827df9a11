import { mapOf, textOf, valueAt } from '../../plain/plain-data';
import { HELM_GROUP } from '../../kinds/groups';
import type { ManifestObject } from '../../tree/manifest';
import { changedFields, isOfKind } from '../changed-fields';
import type { ObjectClassifier } from '../classifier';

/**
 * What helm-controller tells a release apart by (`ReleaseTargetChanged`): where one of them changes, it uninstalls the
 * old release and installs a new one.
 */
const TARGETS = {
  'release name': ({ metadata, spec }: ManifestObject) => {
    const { releaseName, targetNamespace } = mapOf(spec);
    const composed = [textOf(targetNamespace), String(metadata?.name ?? '')].filter(Boolean).join('-');
    return textOf(releaseName) ?? composed;
  },
  namespace: ({ metadata, spec }: ManifestObject) =>
    textOf(mapOf(spec).targetNamespace) ?? String(metadata?.namespace ?? ''),
  'storage namespace': ({ metadata, spec }: ManifestObject) =>
    textOf(mapOf(spec).storageNamespace) ?? String(metadata?.namespace ?? ''),
  // Of a chart in a Git repository or bucket, only its files tell the name.
  chart: ({ spec }: ManifestObject) => {
    const { chart, sourceRef } = mapOf(valueAt(spec, 'chart', 'spec'));
    return mapOf(sourceRef).kind === 'HelmRepository' ? textOf(chart) : undefined;
  },
};

/** A HelmRelease is uninstalled and installed again. */
export const reinstalled: ObjectClassifier = (changed) => {
  if (!isOfKind(changed, HELM_GROUP, 'HelmRelease')) return [];
  const moved = Object.entries(TARGETS).flatMap(([what, of]) => {
    const [known, found] = [of(changed.before.object), of(changed.after.object)];
    const isChanged = known !== undefined && found !== undefined && known !== found;
    return isChanged ? [`its ${what} changes from ${JSON.stringify(known)} to ${JSON.stringify(found)}`] : [];
  });
  if (moved.length === 0) return [];
  const fields = ['releaseName', 'targetNamespace', 'storageNamespace', 'chart.spec.chart'];
  return [
    {
      class: 'reinstalled',
      fields: changedFields(changed, ...fields.map((field) => `spec.${field}`)),
      message: `Flux uninstalls the release and installs it again: ${moved.join(', ')}`,
      hint: 'back up what the release keeps: Helm deletes its objects, and volumes whose claims are part of the chart',
    },
  ];
};
