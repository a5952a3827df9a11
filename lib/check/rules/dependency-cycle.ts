import { fieldWithin } from '../../findings/field-within';
import type { OrderCycle } from '../../graph/order/order';
import type { FindingLocation } from '../../findings/finding';
import { nameOf } from '../../findings/object-name';
import type { ClusterFacts } from '../facts/cluster-facts';
import type { Rule, RuleFinding } from '../rule';

/** Objects that wait for one another in a loop. */
export const dependencyCycle: Rule = {
  code: 'dependency-cycle',
  *check({ clusters }) {
    for (const cluster of clusters) {
      for (const cycle of cluster.cycles) {
        // The checks of objects report an object that waits for itself.
        if (cycle.nodes.length > 1 || cycle.throughParent) yield cycleFinding(cluster, cycle);
      }
    }
  },
};

function cycleFinding(cluster: ClusterFacts, { nodes, throughParent }: OrderCycle): RuleFinding {
  const loop = [...nodes, nodes[0] ?? ''].map((id) => cluster.node(id)?.identity.name ?? id).join(' -> ');
  const why = throughParent
    ? 'a parent waits for what it applies, which waits for it'
    : 'each waits for the next';
  const locations = nodes.flatMap((id, index) => place(cluster, id, nodes[(index + 1) % nodes.length] ?? ''));
  return {
    message: `${loop} (${why})${consequence(cluster, nodes)}`,
    hint: throughParent
      ? 'remove the dependency on the parent, or wait: true of the parent'
      : 'remove one of these dependencies',
    locations,
    object: cluster.node(nodes[0] ?? '')?.identity,
    field: fieldOf(cluster, nodes[0] ?? '', nodes[1] ?? nodes[0] ?? ''),
  };
}

/**
 * A loop of Kustomizations prevents the controller from starting any other Kustomization of the same source on a new
 * revision.
 */
function consequence(cluster: ClusterFacts, nodes: readonly string[]): string {
  const first = nodes.find((id) => cluster.node(id)?.type === 'kustomization');
  const source = first && cluster.node(cluster.edgesFrom(first, 'source')[0]?.to ?? '');
  return source
    ? `; on a new revision of ${nameOf(source.identity)} Flux then starts no Kustomization of it, not even those outside the loop`
    : '';
}

/** Where a node says that it waits for the next one of the loop. */
function place(cluster: ClusterFacts, id: string, next: string): FindingLocation[] {
  const location = cluster.node(id)?.location;
  return location ? [fieldWithin(location, fieldOf(cluster, id, next))] : [];
}

/** The field with which a node waits for another one: its `dependsOn`, otherwise its `wait`. */
function fieldOf(cluster: ClusterFacts, id: string, next: string): string {
  return cluster.edgesFrom(id, 'depends-on').find(({ to }) => to === next)?.field ?? 'spec.wait';
}
