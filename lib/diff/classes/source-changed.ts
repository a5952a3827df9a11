import { HELM_GROUP, KUSTOMIZE_GROUP, SOURCE_EXTENSIONS_GROUP, SOURCE_GROUP } from '../../kinds/groups';
import { nodeId } from '../../graph/node-id';
import type { GraphNode } from '../../graph/graph';
import { apiGroup } from '../../tree/manifest';
import type { FieldChange } from '../change';
import { changedFields, fieldsChange } from '../changed-fields';
import type { ChangedObject, ClassifyContext, ObjectClassifier } from '../classifier';
import { reinstalled } from './reinstalled';
import { chartChange } from '../versions/chart-change';
import { versionStep } from '../../plain/version-step';

/** The fields that determine where the contents come from, by kind. */
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
  const [before, after] = buildsOf(changed, context);
  const isPathOnly = fields.every(({ path }) => path === 'spec.path') && isKnown(before) && isKnown(after);
  return [
    {
      class: 'source-changed',
      fields,
      ...(isPathOnly && { isPathOnly }),
      message: revisionText(fields) ?? `Flux gets the content from another place: ${fieldsChange(fields)}`,
      hint: isUnverified
        ? 'keep spec.verify: without it, Flux no longer verifies signatures'
        : keepsObjects(before, after)
          ? 'nothing to do: the new place contains all objects of the old one, so Flux prunes nothing'
          : hintOf(kind, fields),
    },
  ];
};

type Build = GraphNode['build'];

/** What a Kustomization applied before, and what it applies now. */
function buildsOf(
  { identity }: ChangedObject,
  { base, head }: ClassifyContext,
): [before: Build, after: Build] {
  const id = nodeId(identity);
  return [base?.node(id)?.build, head?.node(id)?.build];
}

function isKnown(build: Build): build is NonNullable<Build> {
  return build?.complete === true;
}

/** Whether a Kustomization applies everything that it did before, as far as files show. */
function keepsObjects(before: Build, after: Build): boolean {
  if (!isKnown(before) || !isKnown(after)) return false;
  const kept = new Set(after.inventory.map((object) => nodeId(object.identity)));
  return before.inventory.every((object) => kept.has(nodeId(object.identity)));
}

const REVISION = /^spec\.ref\.(\w+)$/;

/** Another branch, tag or commit of the same source. */
function revisionText(fields: readonly FieldChange[]): string | undefined {
  const [field] = fields;
  const what = REVISION.exec(field?.path ?? '')?.[1];
  if (!field || fields.length > 1 || what === undefined) return undefined;
  const { before, after } = field;
  if (typeof before !== 'string' || typeof after !== 'string') return undefined;
  const step = versionStep(before, after);
  const size = step === 'other' || step === 'range' ? '' : ` (${step})`;
  return `Flux gets the content of ${what} ${JSON.stringify(after)} instead of ${JSON.stringify(before)}${size}`;
}

function hintOf(kind: string, fields: readonly FieldChange[]): string {
  if (CHARTS.has(kind)) return 'check that the new place has all charts and versions that are in use';
  return fields.every(({ path }) => path.startsWith('spec.ref'))
    ? 'review what changed between the two: it is not part of this diff'
    : 'check that the new place contains everything that the old one did: Flux prunes missing objects';
}

/** Where charts come from: nothing is pruned when this changes. */
const CHARTS: ReadonlySet<string> = new Set(['HelmRepository', 'HelmChart', 'HelmRelease']);
