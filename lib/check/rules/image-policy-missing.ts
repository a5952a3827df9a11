import type { AppliedObject } from '../../graph/graph';
import { NameIndex } from '../../findings/name-index';
import { didYouMean } from '../../findings/nearest-name';
import { groupBy } from '../../plain/group-by';
import { once } from '../../plain/once';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from '../facts/cluster-facts';
import { isMadeInCluster } from '../facts/missing/generated-in-cluster';
import { possibleOrigin } from '../facts/missing/hidden-parts';
import {
  builtMarkers,
  imagePolicies,
  type ImageMarker,
  type PolicyInFile,
} from '../facts/images/image-markers';
import { nameInFile } from '../facts/files/object-in-file';
import type { Rule } from '../rule';

/** A marker whose policy does not exist. */
export const imagePolicyMissing: Rule = {
  code: 'image-policy-missing',
  namesCause: true,
  check: (context) =>
    [...markersWithoutPolicy(context)].map(([{ file, line, policy }, hint]) => ({
      locations: [{ file, line }],
      message: `there is no ImagePolicy ${JSON.stringify(`${policy?.namespace}/${policy?.name}`)}, so the image is never updated`,
      hint,
    })),
};

/** The markers whose policy does not exist, and what to do about it. Found once for each context. */
export const markersWithoutPolicy = once((context: CheckContext): ReadonlyMap<ImageMarker, string> => {
  const found = new Map<ImageMarker, string>();
  const policies = groupBy(knownPolicies(context), ({ name }) => name);
  // If there are no policies, they are in another repository.
  if (policies.size === 0 || context.clusters.some((facts) => isMadeInCluster(facts, 'ImagePolicy')))
    return found;
  const likely = new LikelyPolicies(policies);
  for (const marker of builtMarkers(context)) {
    if (!marker.policy) continue;
    const { namespace, name } = marker.policy;
    const known = policies.get(name) ?? [];
    if (known.some((one) => one.namespace === namespace || one.namespace === '')) continue;
    const meant = likely.hint(name);
    if (meant === undefined && isProbablyUnseen(context, marker.policy)) continue;
    found.set(marker, meant ?? 'correct the marker, or add the ImagePolicy');
  }
  return found;
});

/** A policy, and its name in the file if the build gives it another one. */
interface KnownPolicy {
  readonly namespace: string;
  readonly name: string;
  readonly nameInFile?: string;
}

/** The policies that clusters apply, also to other clusters, and those in files that no cluster applies. */
const knownPolicies = once(({ tree, clusters }: CheckContext): readonly KnownPolicy[] => {
  const applied = clusters.flatMap((facts) => [...facts.ofKind('ImagePolicy'), ...passedOn(facts)]);
  const sources = new Set(
    applied.map((one) => keyOf(one.location.file, one.location.line, nameInFile(tree, one))),
  );
  return [
    ...applied.map((one) => ({
      namespace: one.identity.namespace ?? '',
      name: one.identity.name,
      nameInFile: nameInFile(tree, one),
    })),
    ...imagePolicies(tree).filter((one: PolicyInFile) => !sources.has(keyOf(one.file, one.line, one.name))),
  ];
});

/** The policies that the Kustomizations of a cluster apply to another cluster, by `kubeConfig`. */
function passedOn({ cluster: { nodes } }: ClusterFacts): readonly AppliedObject[] {
  const builds = nodes.flatMap(({ build }) => (build?.remoteCluster === undefined ? [] : build));
  return builds.flatMap(({ inventory }) =>
    inventory.filter(({ identity }) => identity.kind === 'ImagePolicy'),
  );
}

function keyOf(...parts: readonly (string | number | undefined)[]): string {
  return JSON.stringify(parts);
}

/** Whether it is likely that something which the files do not show creates a policy. */
function isProbablyUnseen({ clusters }: CheckContext, { namespace, name }: KnownPolicy): boolean {
  const identity = { group: 'image.toolkit.fluxcd.io', kind: 'ImagePolicy', namespace, name };
  return clusters.some((facts) => possibleOrigin(facts, identity, () => false)?.isLikely === true);
}

/** Finds the policies that markers probably mean. */
class LikelyPolicies {
  private readonly byNameInFile: ReadonlyMap<string | undefined, readonly KnownPolicy[]>;
  private readonly names: NameIndex;

  constructor(private readonly byName: ReadonlyMap<string, readonly KnownPolicy[]>) {
    this.byNameInFile = groupBy([...byName.values()].flat(), ({ nameInFile }) => nameInFile);
    this.names = new NameIndex(byName.keys());
  }

  /** A hint that names the policy that is meant by the name in a marker. */
  hint(name: string): string | undefined {
    const written = (one: KnownPolicy) => `write ${JSON.stringify(`${one.namespace}:${one.name}`)}`;
    const [elsewhere] = this.byName.get(name) ?? [];
    if (elsewhere)
      return `there is one in the namespace ${JSON.stringify(elsewhere.namespace)}: ${written(elsewhere)}`;
    const [renamed] = this.byNameInFile.get(name) ?? [];
    if (renamed) return `the build names it ${JSON.stringify(renamed.name)}: ${written(renamed)}`;
    const near = this.names.nearest(name);
    return near === undefined
      ? undefined
      : `correct the marker (${didYouMean(near)}), or add the ImagePolicy`;
  }
}
