import type { AppliedObject, ClusterGraph, GraphNode } from '../../graph/graph';
import { isSuspended } from '../../graph/is-suspended';
import { fluxKindNamed } from '../../kinds/flux-kinds';
import { isAlmostFluxGroup, isFluxGroup, KUSTOMIZE_FILE_GROUP } from '../../kinds/groups';
import { addToGroup, groupBy } from '../../plain/group-by';
import { textOf, valueAt } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import type { Severity } from '../../findings/finding';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from '../facts/cluster-facts';
import { unreadFiles } from '../facts/files/unread-files';
import { once } from '../../plain/once';
import { apiProviders, type WithoutCrds } from './api-providers';
import { crdDoubt, type CrdDoubt } from './crd-doubts';
import { chartsThatBring, knownChart } from './known-charts/find-chart';
import { outOfBand } from './out-of-band';
import { comesWithCluster } from './platform-groups';

/** A custom resource and the Kustomization that applies it. */
export interface ApiUser extends AppliedObject {
  readonly owner: GraphNode;
}

/** A kind that a cluster applies objects of, and whose CRD nothing in sight brings to it. */
export interface MissingApi {
  readonly facts: ClusterFacts;
  readonly group: string;
  readonly kind: string;
  /** The objects, at least one. */
  readonly users: readonly ApiUser[];
  /** The release of the chart that has the kind and leaves out its CRD. */
  readonly without?: WithoutCrds;
  /** A file that would bring it, and that nothing reads. */
  readonly unread?: string;
  /** Another cluster of the repository that has objects of the kind, and what brings its CRD. */
  readonly elsewhere?: ClusterFacts;
  /** What may bring it although no file says so. */
  readonly doubt?: CrdDoubt;
  /** How bad it is; an error is certain as far as files can tell. */
  readonly severity: Severity;
}

/** The kinds whose CRDs nothing brings, of all clusters. Found once for each context. */
export const missingApis = once((context: CheckContext): readonly MissingApi[] =>
  context.clusters.flatMap((facts) => {
    const found = [...usersOf(facts)].filter(([api]) => !isProvided(context, facts, api));
    return found.flatMap(([api, users]) => judge(context, facts, api, users));
  }),
);

/** The nodes of Kustomizations that apply a kind which the API server surely does not know, and so never become ready. */
export function kustomizationsWithoutCrd(
  context: CheckContext,
  { name }: Pick<ClusterGraph, 'name'>,
): ReadonlySet<string> {
  const certain = missingApis(context).filter(
    ({ facts, severity }) => facts.cluster.name === name && severity === 'error',
  );
  const facts = context.clusters.find(({ cluster }) => cluster.name === name);
  const owners = facts?.kustomizations.filter(({ build }) => build?.inventory.some(isNoApi)) ?? [];
  return new Set([
    ...certain.flatMap(({ users }) => users.map(({ owner }) => owner.id)),
    ...owners.map(({ id }) => id),
  ]);
}

/**
 * Whether no API server knows the group of an object: that of a kustomize file which is applied like a manifest, or one
 * that reads like Flux's. `kind-unknown` reports them.
 */
function isNoApi({ identity: { group, kind } }: AppliedObject): boolean {
  return (
    group === KUSTOMIZE_FILE_GROUP ||
    (isAlmostFluxGroup(group) && isFluxGroup(fluxKindNamed(kind)?.group ?? ''))
  );
}

/** The objects of a cluster by `group/Kind`, for kinds whose CRDs do not come with clusters. */
const usersOf = once((facts: ClusterFacts): ReadonlyMap<string, readonly ApiUser[]> => {
  const users = new Map<string, ApiUser[]>();
  for (const user of facts.kustomizations.flatMap(usersIn)) {
    const { group, kind } = user.identity;
    addToGroup(users, `${group}/${kind}`, user);
  }
  return users;
});

// The two sides of a diff have most Kustomizations in common.
const usersIn = once((owner: GraphNode): readonly ApiUser[] => {
  const { build } = owner;
  if (!build || build.remoteCluster !== undefined || isSuspended(owner)) return [];
  const users = build.inventory.filter(
    (one) => one.madeBy === undefined && !comesWithCluster(one.identity.group) && !isNoApi(one),
  );
  return users.map((applied) => ({ ...applied, owner }));
});

function isProvided(context: CheckContext, facts: ClusterFacts, api: string): boolean {
  const [group = '', kind = ''] = api.split('/');
  if (api.includes('$')) return true;
  return (
    apiProviders(facts).providersOf(group, kind).length > 0 || outOfBand(context).has(facts, group, kind)
  );
}

function judge(
  context: CheckContext,
  facts: ClusterFacts,
  api: string,
  users: readonly ApiUser[],
): MissingApi[] {
  const [group = '', kind = ''] = api.split('/');
  const releases = apiProviders(facts).withoutCrdsOf(group, kind);
  if (releases.some((release) => release.state === 'unknown' || isInstalled(context, facts, release)))
    return [];
  const doubt = crdDoubt(context, facts, group, kind);
  const found = { facts, group, kind, users, doubt };
  const [without] = releases;
  const unread = unreadFile(context, group, kind);
  if (without) {
    const doubted = doubt ?? unreadDoubt(unread);
    return [{ ...found, doubt: doubted, without, severity: severityOf(without, doubted) }];
  }
  if (doubt?.isLikely) return [];
  const elsewhere = unread === undefined ? otherCluster(context, facts, api) : undefined;
  if (unread !== undefined || elsewhere) {
    return [{ ...found, unread, elsewhere, severity: doubt ? 'info' : 'warning' }];
  }
  // An unknown chart may install any kind.
  const mayBeBrought =
    chartsThatBring(group, kind).length === 0 && apiProviders(facts).unknownReleases.length > 0;
  return mayBeBrought ? [] : [{ ...found, severity: 'info' }];
}

/** Somebody may apply a file by hand that Flux does not read. */
function unreadDoubt(unread: string | undefined): CrdDoubt | undefined {
  if (unread === undefined) return undefined;
  const words = `${JSON.stringify(unread)} contains it, but no Kustomization reads that file`;
  return { words, isLikely: false };
}

/** People who turn CRDs off probably install them in another way. */
function severityOf({ state }: WithoutCrds, doubt: CrdDoubt | undefined): Severity {
  const isChosen = state === 'value' || state === 'skipped';
  if (!doubt) return isChosen ? 'warning' : 'error';
  return isChosen || doubt.isLikely ? 'info' : 'warning';
}

/** Whether a release was installed before Flux adopted it, perhaps with its CRDs. */
function isInstalled(context: CheckContext, facts: ClusterFacts, { node }: WithoutCrds): boolean {
  return outOfBand(context).isBootstrapped(facts, { node });
}

/** A file that nothing reads, and that contains the CRD of a kind or the release of a chart with it. */
function unreadFile(context: CheckContext, group: string, kind: string): string | undefined {
  return unreadFiles(context).find(({ file }) =>
    file.documents.some(({ object }) => bringsApi(object, group, kind)),
  )?.file.path;
}

function bringsApi({ kind: own, spec }: ManifestObject, group: string, kind: string): boolean {
  if (own === 'CustomResourceDefinition') {
    return valueAt(spec, 'group') === group && valueAt(spec, 'names', 'kind') === kind;
  }
  const chart = own === 'HelmRelease' ? textOf(valueAt(spec, 'chart', 'spec', 'chart')) : undefined;
  const provides = chart === undefined ? [] : (knownChart(chart)?.provides ?? []);
  return provides.includes(group) || provides.includes(`${group}/${kind}`);
}

function otherCluster(
  { clusters }: CheckContext,
  facts: ClusterFacts,
  api: string,
): ClusterFacts | undefined {
  const [group = '', kind = ''] = api.split('/');
  return clusters.find(
    (other) =>
      other !== facts && usersOf(other).has(api) && apiProviders(other).providersOf(group, kind).length > 0,
  );
}

/** What is said once of all clusters: a kind that one place uses and one release leaves out. */
export function byPlace(apis: readonly MissingApi[]): MissingApi[] {
  const groups = groupBy(apis, ({ group, kind, users: [first] }) =>
    JSON.stringify([group, kind, first?.location]),
  );
  return [...groups.values()].flatMap((same) => {
    const worst = same.find(({ severity }) => severity === 'error') ?? same[0];
    return worst ? [worst] : [];
  });
}
