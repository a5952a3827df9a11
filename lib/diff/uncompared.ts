import { nodeId } from '../graph/node-id';
import type { GraphNode, KustomizationBuild } from '../graph/graph';
import { hasHiddenTemplates } from '../graph/resource-sets/render-resource-set';
import { HELM_GROUP } from '../kinds/groups';
import { compareText } from '../plain/compare-text';
import type { Change, ClusterDiff, Uncompared } from './change';
import { isUncomparedSecret } from './secrets-compared';
import { qualifiedName } from '../findings/object-name';
import { identityKey } from './structure/identity-key';
import type { ClusterState } from './structure/cluster-state';
import type { ClusterComparison } from './structure/cluster-comparison';

/**
 * What files do not show of a cluster's change: of what takes part in the change only, since all else is the same on both
 * sides.
 *
 * @param further - what else is not compared
 */
export function uncomparedIn(
  comparison: ClusterComparison,
  { name, changes }: ClusterDiff,
  further: readonly Part[],
): Uncompared[] {
  const owners = new Set(changes.flatMap(({ owner, formerOwner }) => [owner, formerOwner]));
  const kustomizations = [...comparison.head.kustomizations.values()].flatMap((node) => {
    const before = comparison.base.kustomizations.get(node.id);
    return hiddenParts(node, before, owners.has(qualifiedName(node.identity)));
  });
  const made = [
    ...changes.flatMap((change) => madeInCluster(change, comparison.head)),
    ...usersOf(comparison.head, changes),
  ];
  const secrets = changes
    .filter(isUncomparedSecret)
    .flatMap(({ object, fields }) =>
      object ? [part(object, 'secret', fields.map(({ path }) => path).join(', '))] : [],
    );
  const found = [...kustomizations, ...made, ...secrets, ...further].map((part) => ({
    cluster: name,
    ...part,
  }));
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
  if (!build || !(isChanged || hidesOtherParts(build, before?.build))) return [];
  const failed = build.failure ?? before?.build?.failure;
  const unknown = (build.variables?.used ?? []).filter(({ defined, hasDefault }) => !defined && !hasDefault);
  const isOutside = build.variables?.complete === false && unknown.length > 0;
  return [
    ...build.remotes.map((remote): Part => ({ object: identity, reason: 'remote', detail: remote })),
    ...(failed === undefined ? [] : [part(identity, 'build', FAILURES[failed])]),
    ...(isOutside ? [part(identity, 'variables', unknown.map((use) => use.name).join(', '))] : []),
  ];
}

/** Whether a build hides something that it did not hide before. */
function hidesOtherParts(build: KustomizationBuild, before: KustomizationBuild | undefined): boolean {
  return before?.failure !== build.failure || before?.remotes.join('\n') !== build.remotes.join('\n');
}

const FAILURES = {
  'path-missing': 'its path does not exist on one of the two sides',
  'build-refused': 'the build or the variable substitution fails on one of the two sides',
} as const;

function part(object: Part['object'], reason: Part['reason'], detail: string): Part {
  return { object, reason, detail };
}

const CHART = 'the objects of its chart';

/**
 * HelmReleases whose change takes effect through their charts, and objects that create other objects in the cluster.
 */
function madeInCluster(
  { object, class: changeClass, fields, alongWith = [] }: Change,
  { nodes }: ClusterState,
): Part[] {
  if (!object || UNMADE.has(changeClass)) return [];
  const isMetadata = fields.every(({ path }) => path.startsWith('metadata.'));
  const changed = isMetadata && changeClass === 'changed' ? [] : [object];
  return [...changed, ...alongWith].flatMap((one) => {
    const made = nodes.get(nodeId(one))?.object;
    if (made && hasHiddenTemplates(made))
      return [part(one, 'generated', 'the objects that it creates in the cluster')];
    return one.group === HELM_GROUP && one.kind === 'HelmRelease' ? [part(one, 'chart', CHART)] : [];
  });
}

/** After these changes, nothing is created that could be compared. */
const UNMADE: ReadonlySet<string> = new Set(['deleted', 'orphaned', 'moved', 'cluster-removed']);

/** The fields through which the content of a changed object reaches others. */
const BRINGS: ReadonlySet<string> = new Set(['chart', 'source', 'values-from']);

/** Objects that take their chart, values or contents from a changed object. */
function usersOf({ cluster, nodes }: ClusterState, changes: readonly Change[]): Part[] {
  const changed = new Set(
    changes.flatMap(({ object, class: changeClass, fields }) =>
      object &&
      !UNMADE.has(changeClass) &&
      fields.some(({ path }) => /^(?:spec|data|stringData)\b/.test(path))
        ? [nodeId(object)]
        : [],
    ),
  );
  return cluster.edges.flatMap(({ from, to, kind }) => {
    const user = nodes.get(from);
    if (!user || !BRINGS.has(kind) || !changed.has(to)) return [];
    if (user.type === 'helm-release') return [part(user.identity, 'chart', CHART)];
    const isOutside = user.build !== undefined && user.build.source !== 'repository';
    return isOutside ? [part(user.identity, 'remote', `the data of ${to}`)] : [];
  });
}
