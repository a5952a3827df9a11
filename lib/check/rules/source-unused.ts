import type { GraphNode } from '../../graph/graph';
import { once } from '../../plain/once';
import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import type { ClusterFacts } from '../facts/cluster-facts';
import { isMadeInCluster } from '../facts/generated-in-cluster';
import { hiddenParts } from '../facts/hidden-parts';
import type { Rule } from '../rule';

/** A source that no object of the cluster uses. */
export const sourceUnused: Rule = {
  code: 'source-unused',
  *check({ clusters }) {
    for (const facts of clusters) {
      // Objects that another repository or a template applies may use any source.
      if (hiddenParts(facts).length > 0 || USERS.some((kind) => isMadeInCluster(facts, kind))) continue;
      const used = new Set(facts.cluster.edges.filter(({ kind }) => kind !== 'applies').map(({ to }) => to));
      for (const node of facts.nodes) {
        if (node.state !== 'applied' || !SOURCES.has(node.identity.kind) || used.has(node.id)) continue;
        if (isSync(facts, node) || operatorText(facts).includes(JSON.stringify(node.identity.name))) continue;
        yield {
          ...atNode(node),
          message: `nothing in the cluster uses ${nameOf(node.identity)}, but Flux still fetches it at every interval`,
          hint: 'remove it, or add an object that uses it',
        };
      }
    }
  },
};

const SOURCES = new Set(['GitRepository', 'OCIRepository', 'HelmRepository', 'Bucket']);
/** The kinds that use sources. */
const USERS = ['Kustomization', 'HelmRelease', 'HelmChart', 'ImageUpdateAutomation', 'ArtifactGenerator'];

function isSync({ cluster: { syncSource } }: ClusterFacts, { identity }: GraphNode): boolean {
  return (
    identity.kind === syncSource.kind &&
    identity.name === syncSource.name &&
    identity.namespace === syncSource.namespace
  );
}

/** All objects that create others, as text: they name sources in their own fields. */
const operatorText = once(({ nodes }: ClusterFacts): string =>
  JSON.stringify(nodes.filter(({ type }) => type === 'operator').map(({ object }) => object)),
);
