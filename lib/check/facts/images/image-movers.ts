import type { GraphNode } from '../../../graph/graph';
import { groupBy } from '../../../plain/group-by';
import { mapOf, textOf, valueAt } from '../../../plain/plain-data';
import type { CheckContext } from '../../check-context';
import type { ClusterFacts } from '../cluster-facts';
import { builtMarkers, type ImageMarker } from './image-markers';
import type { VersionMover } from './version-mover';

/**
 * Images that Flux commits straight to the branch that clusters follow, by their policies: such a commit is reviewed by
 * nobody. One that goes to a branch of its own is for a pull request, and so for `diff`.
 */
export function* imageMovers(context: CheckContext): Iterable<VersionMover> {
  const markers = groupBy(builtMarkers(context), ({ policy }) => `${policy?.namespace}/${policy?.name}`);
  const readers = markers.size > 0 ? readersOf(context) : new Map<string, Set<string>>();
  const told = new Set<string>();
  for (const facts of context.clusters) {
    for (const node of facts.nodes) {
      const { kind, namespace = '', name } = node.identity;
      const key = `${namespace}/${name}`;
      const marked = kind === 'ImagePolicy' && node.object ? (markers.get(key) ?? []) : [];
      if (marked.length === 0 || told.has(key) || !commitsDirectly(facts, namespace)) continue;
      told.add(key);
      yield moverOf(node, marked, readers);
    }
  }
}

function moverOf(
  node: GraphNode,
  markers: readonly ImageMarker[],
  readers: ReadonlyMap<string, ReadonlySet<string>>,
): VersionMover {
  const { namespace = '', name } = node.identity;
  return {
    node,
    field: 'spec.policy',
    clusters: [...new Set(markers.flatMap(({ file }) => [...(readers.get(file) ?? [])]))],
    key: JSON.stringify(['image', namespace, name]),
    what: `the image of the policy ${JSON.stringify(name)}`,
    isOpen: false,
    hint: 'give each ring its own policy, or set spec.git.push.branch of the ImageUpdateAutomation to a branch for pull requests',
  };
}

/** The clusters that apply objects of a file, by file. */
function readersOf({ clusters }: CheckContext): Map<string, Set<string>> {
  const readers = new Map<string, Set<string>>();
  for (const { cluster, kustomizations } of clusters) {
    for (const { location } of kustomizations.flatMap(({ build }) => build?.inventory ?? [])) {
      if (location.file === undefined) continue;
      const known = readers.get(location.file);
      if (known) known.add(cluster.name);
      else readers.set(location.file, new Set([cluster.name]));
    }
  }
  return readers;
}

/** Whether an automation in the policy's namespace pushes to the branch that it reads. */
function commitsDirectly({ nodes }: ClusterFacts, namespace: string): boolean {
  return nodes.some(({ identity, object }) => {
    if (identity.kind !== 'ImageUpdateAutomation' || identity.namespace !== namespace || !object)
      return false;
    const git = mapOf(mapOf(object.spec).git);
    const pushed = textOf(mapOf(git.push).branch);
    return pushed === undefined || pushed === textOf(valueAt(git, 'checkout', 'ref', 'branch'));
  });
}
