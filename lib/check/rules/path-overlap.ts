import { isDeepStrictEqual } from 'node:util';
import { isSuspended } from '../../graph/is-suspended';
import { prunes } from '../../graph/prunes';
import type { GraphNode } from '../../graph/graph';
import { mapOf } from '../../plain/plain-data';
import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import type { ClusterFacts } from '../facts/cluster-facts';
import { groupBy } from '../../plain/group-by';
import type { Rule, RuleFinding } from '../rule';
import { sharedObjects } from '../facts/shared-objects';

/** Kustomizations that build one path, or a folder around another's. */
export const pathOverlap: Rule = {
  code: 'path-overlap',
  *check({ clusters }) {
    for (const cluster of clusters) {
      for (const { owners, objects, overlaps } of sharedObjects(cluster)) {
        const [first, second] = owners;
        if (!overlaps || !first || !second) continue;
        const count = objects.length === 1 ? 'one object' : `${objects.length} objects`;
        yield overlap(
          first,
          second,
          `both apply ${count}, and each may delete objects that the other still needs`,
        );
      }
      for (const [first, second] of twinsElsewhere(cluster)) {
        yield overlap(
          first,
          second,
          'both apply the same objects, and each may delete objects that the other still needs',
        );
      }
    }
  },
};

function overlap(first: GraphNode, second: GraphNode, harm: string): RuleFinding {
  const [outer, inner] =
    (first.build?.path.length ?? 0) > (second.build?.path.length ?? 0) ? [second, first] : [first, second];
  const [path, around] = [pathOf(inner), pathOf(outer)];
  const isSame = path === around;
  const { locations: [here] = [], object, field } = atNode(inner, 'spec.path');
  const there = outer.location && { ...outer.location, field: 'spec.path' };
  return {
    locations: [here, there].filter((location) => location !== undefined),
    object,
    field,
    message: `${isSame ? `${path} is` : `${path} lies in ${around}, which is`} built by ${nameOf(outer.identity)} as well: ${harm}`,
    hint: isSame
      ? 'give each its own path, or remove one of the two'
      : 'move one of the paths out of the other, or list in a kustomization.yaml what the outer one builds',
  };
}

function pathOf({ build }: GraphNode): string {
  return JSON.stringify(build?.path || '.');
}

/** Kustomizations that build one path of another source in the same way; its contents are unknown. */
function* twinsElsewhere(cluster: ClusterFacts): Iterable<[GraphNode, GraphNode]> {
  const outside = cluster.kustomizations.filter(
    (node) => node.build && node.build.source !== 'repository' && !isSuspended(node),
  );
  const groups = groupBy(
    outside,
    ({ id, build }) => `${cluster.edgesFrom(id, 'source')[0]?.to} ${build?.path}`,
  );
  for (const [first, ...others] of groups.values()) {
    for (const other of others)
      if (first && buildsTheSame(first, other) && [first, other].some(prunes)) yield [first, other];
  }
}

/** The fields that change what a Kustomization creates from its path, and where it applies this. */
const telling = [
  'targetNamespace',
  'namePrefix',
  'nameSuffix',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'components',
  'postBuild',
  'kubeConfig',
  'ignore',
];

function buildsTheSame(a: GraphNode, b: GraphNode): boolean {
  const [one, other] = [mapOf(a.object?.spec), mapOf(b.object?.spec)];
  return telling.every((field) => isDeepStrictEqual(one[field], other[field]));
}
