import { fieldWithin } from '../../findings/field-within';
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
      const pairs = sharedObjects(cluster).flatMap(({ owners: [first, second], objects, overlaps }) =>
        overlaps && first && second ? [{ ...ordered(first, second), count: objects.length }] : [],
      );
      for (const group of groupBy(pairs, groupOf).values()) {
        const [pair] = group;
        if (pair)
          yield isSamePath(pair) || group.length === 1 ? overlap(pair, totalOf(group)) : manyWithin(group);
      }
      for (const [first, second] of twinsElsewhere(cluster))
        yield overlap(ordered(first, second), 'the same objects');
    }
  },
};

/** Two Kustomizations, and the folder around or the same one. */
interface Pair {
  readonly outer: GraphNode;
  readonly inner: GraphNode;
}

/** Two Kustomizations that apply the same objects. */
interface CountedPair extends Pair {
  readonly count: number;
}

function ordered(first: GraphNode, second: GraphNode): Pair {
  const isInner = (first.build?.path.length ?? 0) > (second.build?.path.length ?? 0);
  return isInner ? { outer: second, inner: first } : { outer: first, inner: second };
}

/** Pairs that have one cause: a folder that is around the paths of several. */
function groupOf({ outer, inner }: Pair): string {
  return isSamePath({ outer, inner }) ? `${outer.id}\0${inner.id}` : outer.id;
}

function isSamePath({ outer, inner }: Pair): boolean {
  return pathOf(outer) === pathOf(inner);
}

const HARM = 'and each may delete objects that the other still needs';
const OUTER_HINT =
  'move one of the paths out of the other, or list in a kustomization.yaml what the outer one builds';

function overlap(pair: Pair, what: string): RuleFinding {
  const { outer, inner } = pair;
  const [path, around] = [pathOf(inner), pathOf(outer)];
  const isSame = isSamePath(pair);
  return {
    ...placesOf(pair),
    message: `${isSame ? `${path} is` : `${path} lies in ${around}, which is`} built by ${nameOf(outer.identity)} as well: both apply ${what}, ${HARM}`,
    hint: isSame ? 'give each its own path, or remove one of the two' : OUTER_HINT,
  };
}

/** A folder around the paths of several Kustomizations, as one finding at the first of them. */
function manyWithin(pairs: readonly CountedPair[]): RuleFinding {
  const [first, ...others] = pairs as [CountedPair, ...CountedPair[]];
  const { outer, inner } = first;
  const paths =
    others.length === 1
      ? 'the path of 1 more Kustomization'
      : `the paths of ${others.length} more Kustomizations`;
  return {
    ...placesOf(first),
    message: `${pathOf(inner)} and ${paths} lie in ${pathOf(outer)}, which is built by ${nameOf(outer.identity)} as well: both apply ${totalOf(pairs)}, ${HARM}`,
    details: others.map((one) => `${nameOf(one.inner.identity)} builds ${pathOf(one.inner)}`),
    hint: OUTER_HINT,
  };
}

function placesOf({ outer, inner }: Pair): ReturnType<typeof atNode> {
  const { locations: [here] = [], ...more } = atNode(inner, 'spec.path');
  const there = outer.location && fieldWithin(outer.location, 'spec.path');
  return { locations: [here, there].filter((location) => location !== undefined), ...more };
}

function totalOf(pairs: readonly CountedPair[]): string {
  const total = pairs.reduce((sum, { count }) => sum + count, 0);
  return total === 1 ? 'one object' : `${total} objects`;
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
