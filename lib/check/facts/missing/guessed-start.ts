import type { Finding, ObjectIdentity } from '../../../findings/finding';
import { isMisspelling } from '../../../findings/nearest-name';
import { kustomizationFileIn } from '../../../graph/sources/folder-listing';
import type { GraphNode } from '../../../graph/graph';
import { nodeId } from '../../../graph/node-id';
import { FLUX_NAMESPACE } from '../../../kinds/names';
import { isBelow } from '../../../tree/path';
import type { CheckContext } from '../../check-context';
import type { ClusterFacts } from '../cluster-facts';
import { namedObjects } from './named-objects';

/** Whether nothing in the repository says where Flux starts, so that it may also start elsewhere. */
export function isStartGuessed({ graph }: Pick<CheckContext, 'graph'>): boolean {
  return graph.findings.some(({ code }) => code === 'entry-guessed');
}

/**
 * Whether someone may apply a missing object by hand, because the repository does not say where Flux starts. Nobody does
 * if the reference is surely mistyped, or if the files have the object for another cluster.
 */
export function mayBeByHand(context: CheckContext, facts: ClusterFacts, identity: ObjectIdentity): boolean {
  if (!isStartGuessed(context)) return false;
  const id = nodeId(identity);
  const isElsewhere = context.clusters.some((other) => other.node(id)?.object !== undefined);
  return !isElsewhere && !isMistyped(facts, identity);
}

/** Whether an object has the name in another namespace, or one of which the name is a misspelling. */
function isMistyped(facts: ClusterFacts, { kind, name }: ObjectIdentity): boolean {
  const near = namedObjects(facts).get(kind)?.names.within(name, 2) ?? [];
  return near.some((other) => other === name || isMisspelling(name, other));
}

/** A problem that is none if Flux starts elsewhere, or if someone applies more by hand. */
type Doubt = (found: Finding, cluster: ClusterFacts) => boolean;

const DOUBTS: ReadonlyMap<string, Doubt> = new Map<string, Doubt>([
  ['duplicate-owner', (_, cluster) => isFolderOfParts(cluster)],
  ['path-overlap', (_, cluster) => isFolderOfParts(cluster)],
  ['namespace-missing', ({ severity, object }, cluster) => severity !== 'error' || isOfRoot(object, cluster)],
  ['object-duplicate', ({ locations: [place] }, cluster) => isInRefusedRoot(place?.file, cluster)],
  [
    'manifest-invalid',
    ({ locations: [place] }, cluster) => isChart(place?.file) && isInRefusedRoot(place?.file, cluster),
  ],
  ['path-missing', ({ object }, cluster) => hasNoPath(object, cluster) || isOfBootstrap(object, cluster)],
  [
    'namespace-race',
    ({ severity, object }, cluster) =>
      severity === 'error' ? isOfRoot(object, cluster) : isRoot(object, cluster),
  ],
]);

/** A finding; as an info if it rests on the path from which Flux starts and that is only guessed. */
export function withDoubt(found: Finding, context: CheckContext): Finding {
  const doubt = found.severity === 'info' ? undefined : DOUBTS.get(found.code);
  if (!doubt || !isStartGuessed(context) || !context.clusters.some((cluster) => doubt(found, cluster)))
    return found;
  const message = `${found.message}; this rests on the path from which Flux starts, which is an assumption`;
  return { ...found, severity: 'info', message };
}

/** The root of a cluster, if the repository does not have its Kustomization. */
function madeUpRoot(facts: ClusterFacts): GraphNode | undefined {
  const root = facts.node(facts.cluster.root);
  return root?.location === undefined ? root : undefined;
}

/** Whether someone may apply some of the files in an entry path only, because no kustomization file lists them. */
function isFolderOfParts(cluster: ClusterFacts): boolean {
  const path = madeUpRoot(cluster)?.build?.path;
  return path !== undefined && kustomizationFileIn(cluster.tree, path) === undefined;
}

/** Whether a guessed Kustomization applies an object: the real one may have a targetNamespace. */
function isOfRoot(object: ObjectIdentity | undefined, cluster: ClusterFacts): boolean {
  const root = madeUpRoot(cluster);
  const copies = object ? (cluster.objects.get(nodeId(object)) ?? []) : [];
  return root !== undefined && copies.some(({ owner }) => owner.id === root.id);
}

/** Whether an object is a guessed Kustomization: someone may apply its objects one after another. */
function isRoot(object: ObjectIdentity | undefined, cluster: ClusterFacts): boolean {
  return object !== undefined && madeUpRoot(cluster)?.id === nodeId(object);
}

/** Whether a file is in an entry path that Flux cannot build, so that it hardly is one. */
function isInRefusedRoot(file: string | undefined, cluster: ClusterFacts): boolean {
  const build = madeUpRoot(cluster)?.build;
  return file !== undefined && build?.failure === 'build-refused' && isBelow(file, build.path);
}

function isChart(file = ''): boolean {
  return /(?:^|\/)Chart\.yaml$/.test(file);
}

/** Whether someone applies the Kustomization of Flux itself by hand: `flux bootstrap` creates the folder that it builds. */
function isOfBootstrap(object: ObjectIdentity | undefined, cluster: ClusterFacts): boolean {
  return object?.name === FLUX_NAMESPACE && isOfRoot(object, cluster);
}

/** Whether no path that Kustomizations build from a source exists, so that the source may be another repository. */
function hasNoPath(object: ObjectIdentity | undefined, cluster: ClusterFacts): boolean {
  const source = object && cluster.edgesFrom(nodeId(object), 'source')[0]?.to;
  if (source === undefined) return false;
  return cluster.kustomizations
    .filter(
      ({ id, build }) => id !== cluster.cluster.root && build?.path !== '' && build?.source === 'repository',
    )
    .filter(({ id }) => cluster.edgesFrom(id, 'source')[0]?.to === source)
    .every(({ build }) => build?.failure === 'path-missing');
}
