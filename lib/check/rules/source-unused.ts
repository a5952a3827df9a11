import { comparableText } from '../../plain/comparable-text';
import type { GraphNode } from '../../graph/graph';
import { isSuspended } from '../../graph/is-suspended';
import { nodeId } from '../../graph/node-id';
import { once } from '../../plain/once';
import { mapOf } from '../../plain/plain-data';
import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import type { ClusterFacts } from '../facts/cluster-facts';
import { isMadeInCluster } from '../facts/missing/generated-in-cluster';
import { hiddenParts } from '../facts/missing/hidden-parts';
import { mayMakeFlux } from '../facts/missing/made-objects';
import { sourcesOfOtherKinds } from '../facts/missing/other-kinds';
import { renamedFrom } from '../facts/missing/renamed-objects';
import { isTouched } from '../facts/missing/touched-names';
import type { Rule } from '../rule';
import { asText } from '../../plain/as-text';

/** A source that no object of the clusters with it uses. */
export const sourceUnused: Rule = {
  code: 'source-unused',
  *check({ clusters }) {
    // Clusters may share a file with more sources than each of them needs.
    const used = new Set(clusters.flatMap((facts) => sourcesOf(facts).filter(isUsedIn(facts)).map(placeOf)));
    for (const node of clusters.flatMap(sourcesOf)) {
      if (node.state !== 'applied' || used.has(placeOf(node))) continue;
      if (isSuspended(node)) continue;
      // Flux reads a repository of OCI charts only for a chart.
      const cost =
        mapOf(node.object?.spec).type === 'oci' ? '' : ', but Flux still fetches it at every interval';
      yield {
        ...atNode(node),
        message: `nothing in the cluster uses ${nameOf(node.identity)}${cost}`,
        hint: 'remove it, or add an object that uses it',
      };
    }
  },
};

const SOURCES = new Set(['GitRepository', 'OCIRepository', 'HelmRepository', 'Bucket']);

function sourcesOf({ nodes }: ClusterFacts): GraphNode[] {
  return nodes.filter(({ identity: { kind } }) => SOURCES.has(kind));
}

/** The kinds that use sources. */
const USERS = ['Kustomization', 'HelmRelease', 'HelmChart', 'ImageUpdateAutomation', 'ArtifactGenerator'];

/** What is one source in the files: the place, or the object where that is not known. */
function placeOf({ location, identity }: GraphNode): string {
  return JSON.stringify([location?.file, location?.line, identity]);
}

/** Whether something in a cluster uses a source, or may use it. */
function isUsedIn(facts: ClusterFacts): (node: GraphNode) => boolean {
  if (mayUseAny(facts)) return () => true;
  const used = new Set(facts.cluster.edges.filter(({ kind }) => kind !== 'applies').map(({ to }) => to));
  const meant = meantSources(facts);
  return (node) =>
    used.has(node.id) ||
    meant.has(node.id) ||
    isSync(facts, node) ||
    isTouched(facts, node.identity.name) ||
    namesInTexts(facts).has(node.identity.name);
}

/** The sources to which something refers with another kind, or by the names that they have before the build. */
function meantSources(facts: ClusterFacts): ReadonlySet<string> {
  const targets = [...facts.edges('source'), ...facts.edges('chart')].flatMap(
    ({ to }) => facts.node(to) ?? [],
  );
  const meant = targets
    .filter(({ state }) => state === 'missing')
    .flatMap(({ identity }) => {
      const renamed = renamedFrom(facts, identity)?.identity;
      return renamed ? [renamed] : sourcesOfOtherKinds(facts, identity);
    });
  return new Set(meant.map(nodeId));
}

/** Whether objects that the files do not show, or that name a source with a variable, may use any source. */
function mayUseAny(facts: ClusterFacts): boolean {
  return (
    hiddenParts(facts).length > 0 ||
    USERS.some((kind) => isMadeInCluster(facts, kind)) ||
    facts.nodes.some((node) => mayMakeFlux(facts, node)) ||
    facts.cluster.edges.some(({ kind, to }) => (kind === 'source' || kind === 'chart') && to.includes('${'))
  );
}

function isSync({ cluster: { syncSource } }: ClusterFacts, { identity }: GraphNode): boolean {
  return (
    identity.kind === syncSource.kind &&
    identity.name === syncSource.name &&
    identity.namespace === syncSource.namespace
  );
}

/** The words of texts that may contain Flux objects: of objects that create others, and of templates in ConfigMaps. */
const namesInTexts = once((facts: ClusterFacts): ReadonlySet<string> => {
  const creators = facts.nodes.filter(({ type }) => type === 'operator').map(({ object }) => object);
  const maps = facts.ofKind('ConfigMap').flatMap(({ object }) => Object.values(mapOf(object.data)));
  const templates = maps.filter((text) => asText(text).includes('sourceRef'));
  return new Set([comparableText(creators), ...templates].join('\n').split(/[^a-z0-9.-]+/));
});
