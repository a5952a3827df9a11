import type { NodeType } from '../../graph/graph';
import { isMadeInCluster } from '../facts/generated-in-cluster';
import { missingTarget } from '../facts/missing-reference';
import type { Rule } from '../rule';
import { mayMakeNamesake, namesake } from './dependency-cross-kind';

/** What Flux itself waits for; a ResourceSet may wait for any object of the cluster. */
const waitable = new Set<NodeType>(['kustomization', 'helm-release']);

/** A `dependsOn` that names nothing. */
export const dependencyMissing: Rule = {
  code: 'dependency-missing',
  *check(context) {
    for (const cluster of context.clusters) {
      for (const { from, to, field } of cluster.edges('depends-on')) {
        const [source, target] = [cluster.node(from), cluster.node(to)];
        if (!source || target?.state !== 'missing' || !waitable.has(target.type)) continue;
        const { identity } = target;
        const other = namesake(cluster, identity);
        // A release creates what is meant, or it is of the wrong kind; a Kustomization may apply what no file shows.
        if (other && (other.type === 'helm-release' || !mayMakeNamesake(cluster, other))) continue;
        if (isMadeInCluster(cluster, identity.kind)) continue;
        const words = { verb: 'waits for', consequence: 'so it never starts' };
        yield missingTarget(context, cluster, { source, field, identity, ...words });
      }
    }
  },
};
