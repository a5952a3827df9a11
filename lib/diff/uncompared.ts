import type { GraphNode } from '../graph/graph';
import { HELM_GROUP } from '../kinds/groups';
import { compareText } from '../plain/compare-text';
import type { Change, ClusterDiff, Uncompared } from './change';
import { identityKey, qualifiedName } from './structure/identity-key';
import type { ClusterComparison } from './structure/cluster-comparison';

/**
 * What files do not show of a cluster's change: of what takes part in the change only, since all else is the same on both
 * sides.
 */
export function uncomparedIn(comparison: ClusterComparison, { name, changes }: ClusterDiff): Uncompared[] {
  const owners = new Set(changes.flatMap(({ owner, formerOwner }) => [owner, formerOwner]));
  const kustomizations = [...comparison.head.kustomizations.values()].flatMap((node) => {
    const before = comparison.base.kustomizations.get(node.id);
    return hiddenParts(node, before, owners.has(qualifiedName(node.identity)));
  });
  const releases = changes.flatMap(chartOf);
  const found = [...kustomizations, ...releases].map((part) => ({ cluster: name, ...part }));
  const distinct = new Map(found.map((part) => [keyOf(part), part]));
  return [...distinct.values()].sort((a, b) => compareText(keyOf(a), keyOf(b)));
}

type Part = Omit<Uncompared, 'cluster'>;

function keyOf({ object, reason, detail }: Part): string {
  return JSON.stringify([identityKey(object), reason, detail]);
}

function hiddenParts(
  { identity, build }: GraphNode,
  before: GraphNode | undefined,
  isChanged: boolean,
): Part[] {
  if (!build) return [];
  const isOtherBuild =
    isChanged ||
    before?.build?.failure !== build.failure ||
    before?.build?.remotes.join('\n') !== build.remotes.join('\n');
  if (!isOtherBuild) return [];
  const failed = build.failure ?? before?.build?.failure;
  const unknown = (build.variables?.used ?? []).filter(({ defined, hasDefault }) => !defined && !hasDefault);
  const isOutside = build.variables?.complete === false && unknown.length > 0;
  return [
    ...build.remotes.map((remote): Part => ({ object: identity, reason: 'remote', detail: remote })),
    ...(failed === undefined ? [] : [part(identity, 'build', FAILURES[failed])]),
    ...(isOutside ? [part(identity, 'variables', unknown.map((use) => use.name).join(', '))] : []),
  ];
}

const FAILURES = {
  'path-missing': 'there is nothing at its path on one of the two sides',
  'build-refused': 'kustomize or the substitution of variables refuses the build on one of the two sides',
} as const;

function part(object: Part['object'], reason: Part['reason'], detail: string): Part {
  return { object, reason, detail };
}

/** A HelmRelease whose change takes effect through its chart, and what makes objects in the cluster. */
function chartOf({ object, class: changeClass, fields }: Change): Part[] {
  if (!object || changeClass === 'deleted' || changeClass === 'orphaned') return [];
  if (object.kind === 'ResourceSet')
    return [part(object, 'generated', 'the objects that it makes in the cluster')];
  if (object.group !== HELM_GROUP || object.kind !== 'HelmRelease') return [];
  const paths = fields.map(({ path }) => path);
  const isMetadata = paths.length > 0 && paths.every((path) => path.startsWith('metadata.'));
  return isMetadata ? [] : [part(object, 'chart', 'the objects that its chart makes')];
}
