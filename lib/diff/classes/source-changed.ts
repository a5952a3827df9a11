import { HELM_GROUP, KUSTOMIZE_GROUP, SOURCE_EXTENSIONS_GROUP, SOURCE_GROUP } from '../../kinds/groups';
import { apiGroup } from '../../tree/manifest';
import { changedFields, fieldsChange } from '../changed-fields';
import type { ObjectClassifier } from '../classifier';
import { reinstalled } from './reinstalled';
import { chartChange } from '../versions/chart-change';

/** What says from where the contents come, by kind. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  [`${KUSTOMIZE_GROUP}/Kustomization`]: ['sourceRef', 'path', 'components'],
  [`${HELM_GROUP}/HelmRelease`]: ['chart.spec.sourceRef', 'chart.spec.chart', 'chartRef'],
  [`${SOURCE_GROUP}/HelmChart`]: ['sourceRef', 'chart'],
  [`${SOURCE_GROUP}/HelmRepository`]: ['url', 'type', 'provider'],
  [`${SOURCE_GROUP}/Bucket`]: ['endpoint', 'bucketName', 'prefix', 'region', 'provider'],
  [`${SOURCE_GROUP}/GitRepository`]: [
    'url',
    'ref',
    'include',
    'ignore',
    'sparseCheckout',
    'verify',
    'recurseSubmodules',
  ],
  [`${SOURCE_GROUP}/OCIRepository`]: ['url', 'ref', 'layerSelector', 'ignore', 'verify', 'provider'],
  [`${SOURCE_EXTENSIONS_GROUP}/ArtifactGenerator`]: ['sources', 'artifacts'],
};

/** What Flux applies comes from elsewhere. */
export const sourceChanged: ObjectClassifier = (changed, context) => {
  const { apiVersion, kind } = changed.after.object;
  const names = FIELDS[`${apiGroup(apiVersion)}/${kind}`] ?? [];
  const claims = reinstalled(changed, context);
  const explained = new Set([
    ...(chartChange(changed, context)?.fields ?? []),
    ...claims.flatMap((claim) => claim.fields),
  ]);
  const fields = changedFields(changed, ...names.map((name) => `spec.${name}`)).filter(
    (field) => !explained.has(field),
  );
  if (fields.length === 0) return [];
  const isUnverified = fields.some(({ path, after }) => path === 'spec.verify' && after === undefined);
  return [
    {
      class: 'source-changed',
      fields,
      message: `Flux takes the contents from another place: ${fieldsChange(fields)}`,
      hint: isUnverified
        ? 'keep spec.verify: without it signatures are no longer verified'
        : 'check that the new place holds what the old one did: objects that it lacks are pruned',
    },
  ];
};
