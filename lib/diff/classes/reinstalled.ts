import { lastPart } from '../../check/facts/releases/release-chart';
import { mapOf, textOf, valueAt } from '../../plain/plain-data';
import type { ClusterFacts } from '../../check/facts/cluster-facts';
import { HELM_GROUP, SOURCE_GROUP } from '../../kinds/groups';
import type { ManifestObject } from '../../tree/manifest';
import { changedFields, isOfKind } from '../changed-fields';
import type { ChangedObject, Claim, ClassifyContext, ObjectClassifier } from '../classifier';
import { holdsChart } from '../versions/chart-change';
import { nodeId } from '../../graph/node-id';
import { asText } from '../../plain/as-text';

/**
 * The fields by which helm-controller identifies a release (`ReleaseTargetChanged`): if one of them changes, it
 * uninstalls the old release and installs a new one.
 */
const TARGETS = {
  'release name': ({ metadata, spec }: ManifestObject) => {
    const { releaseName, targetNamespace } = mapOf(spec);
    const composed = [textOf(targetNamespace), asText(metadata?.name ?? '')].filter(Boolean).join('-');
    return textOf(releaseName) ?? composed;
  },
  namespace: ({ metadata, spec }: ManifestObject) =>
    textOf(mapOf(spec).targetNamespace) ?? asText(metadata?.namespace ?? ''),
  'storage namespace': ({ metadata, spec }: ManifestObject) =>
    textOf(mapOf(spec).storageNamespace) ?? asText(metadata?.namespace ?? ''),
  chart: ({ spec }: ManifestObject, facts: ClusterFacts | undefined, id: string) => {
    const { chart, sourceRef } = mapOf(valueAt(spec, 'chart', 'spec'));
    // For a chart in a Git repository or bucket, only its files show the name.
    if (chart !== undefined) return mapOf(sourceRef).kind === 'HelmRepository' ? textOf(chart) : undefined;
    const [reference] = facts?.edgesFrom(id, 'chart') ?? [];
    const artifact = reference && facts?.node(reference.to);
    return artifact?.identity.kind === 'OCIRepository' ? artifactName(artifact.object) : undefined;
  },
};

/** A HelmRelease is uninstalled and installed again. */
export const reinstalled: ObjectClassifier = (changed, context) => {
  if (isOfKind(changed, SOURCE_GROUP, 'OCIRepository')) return byArtifact(changed, context);
  if (!isOfKind(changed, HELM_GROUP, 'HelmRelease')) return [];
  const id = nodeId(changed.identity);
  const moved = Object.entries(TARGETS).flatMap(([what, of]) => {
    const known = of(changed.before.object, context.base, id);
    const found = of(changed.after.object, context.head, id);
    const isChanged = known !== undefined && found !== undefined && known !== found;
    return isChanged ? [`its ${what} changes from ${JSON.stringify(known)} to ${JSON.stringify(found)}`] : [];
  });
  if (moved.length === 0) return [];
  const fields = ['releaseName', 'targetNamespace', 'storageNamespace'];
  return [
    {
      class: 'reinstalled',
      fields: changedFields(changed, ...[...fields, ...CHARTS].map((field) => `spec.${field}`)),
      message: `Flux uninstalls the release and installs it again: ${moved.join(', ')}`,
      hint: BACK_UP,
    },
  ];
};

/** The last part of a chart's address in a registry is the chart's name: Helm pushes it there. */
function byArtifact(changed: ChangedObject, context: ClassifyContext): Claim[] {
  const [known, found] = [changed.before.object, changed.after.object].map(artifactName);
  if (!known || !found || known === found || !holdsChart(changed, context)) return [];
  const id = nodeId(changed.identity);
  const releases = (context.head?.edges('chart') ?? [])
    .filter(({ to }) => to === id)
    .flatMap(({ from }) => context.head?.node(from)?.identity ?? []);
  return [
    {
      class: 'reinstalled',
      fields: changedFields(changed, 'spec.url'),
      message: `Flux uninstalls the releases of the chart and installs them again: its name changes from ${JSON.stringify(known)} to ${JSON.stringify(found)}`,
      hint: BACK_UP,
      alongWith: releases,
    },
  ];
}

function artifactName(object: ManifestObject | undefined): string | undefined {
  const url = textOf(mapOf(object?.spec).url);
  return url === undefined ? undefined : lastPart(url);
}

/** The fields that identify the chart; the version is reported separately. */
const CHARTS = ['chart.spec.chart', 'chartRef'];

const BACK_UP =
  'back up the data of the release: Helm deletes its objects, and the volumes whose claims are part of the chart';
