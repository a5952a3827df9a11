import { posix } from 'node:path';
import { isAssumption } from '../../graph/entries/assumptions';
import type { GraphNode } from '../../graph/graph';
import { textOf, valueAt } from '../../plain/plain-data';
import { nameOf } from '../../findings/object-name';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from '../facts/cluster-facts';
import { describeOrigin, isSharedName, possibleOrigin, type HiddenPart } from '../facts/missing/hidden-parts';
import { once } from '../../plain/once';
import { apiProviders } from './api-providers';
import { chartsThatBring } from './known-charts/find-chart';
import { groupsOfManifests } from './known-manifests';
import { outOfBand } from './out-of-band';
import { chartOf } from '../facts/releases/release-chart';

/** Something that may bring a CRD although no file shows that it does. */
export interface CrdDoubt {
  /** What it is, for example `Kustomization "flux-system/other" applies another repository, which may bring it`. */
  readonly words: string;
  /** Whether something speaks for it, as where it names the group. */
  readonly isLikely: boolean;
}

/** Something that installs what files do not show, with everything that we know about it. */
interface Maker {
  readonly words: string;
  readonly text: string;
  /**
   * Whether it installs the CRDs of one project, which its name contains, so that `crd` in the name does not count for
   * others.
   */
  readonly isOfProject?: boolean;
}

/** Kinds, with their groups, from which operators install objects that the repository does not show. */
const INSTALLERS =
  /^(?:(?:Subscription|Operator)\.operators\.coreos\.com|ClusterExtension\.olm\.operatorframework\.io|(?:Provider|Configuration)\.pkg\.crossplane\.io|(?:Application|ApplicationSet)\.argoproj\.io|HelmChart\.helm\.cattle\.io|(?:App|PackageInstall)\.(?:kappctrl|packaging)\.k14s\.io|Terraform\.infra\.contrib\.fluxcd\.io|ClusterProfile\.config\.projectsveltos\.io|Bootstrap\.delivery\.crd-bootstrap|ResourceSet\.fluxcd\.controlplane\.io|(?:Job|CronJob)\.batch)$/;

/** What may bring the CRD of a kind, which nothing in sight brings; of several things, one that is likely to. */
export function crdDoubt(
  context: CheckContext,
  facts: ClusterFacts,
  group: string,
  kind: string,
): CrdDoubt | undefined {
  const identity = { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition', name: group };
  const origin = possibleOrigin(facts, identity, (part) => bringsOthersOnly(part, group));
  if (origin?.isLikely) return { words: describeOrigin(origin), isLikely: true };
  const names = namesOf(group, kind);
  const hints = hintsOf(group, kind);
  const makers = makersOf(facts);
  const named = [...makers, ...unknownCharts(facts)].find(
    ({ text, isOfProject }) =>
      names.some((name) => text.includes(name)) ||
      (text.includes('crd') && (isOfProject !== true || hints.some((hint) => compact(text).includes(hint)))),
  );
  if (named) return { words: named.words, isLikely: true };
  if (hasOpenShift(facts)) return { words: 'OpenShift installs many kinds', isLikely: true };
  const words = [
    origin && describeOrigin(origin),
    makers[0]?.words,
    unknownCharts(facts).find(({ text }) => isSharedName(text))?.words,
    ...elsewhere(context),
  ].find((text) => text !== undefined);
  return words === undefined ? undefined : { words, isLikely: false };
}

/** Whether a build is incomplete only because of remote manifests that are known to define other groups. */
function bringsOthersOnly({ node: { build }, isForeign }: HiddenPart, group: string): boolean {
  const remotes = isForeign ? [] : (build?.remotes ?? []);
  const groups = remotes.map(groupsOfManifests);
  return groups.length > 0 && groups.every((known) => known.length > 0 && !known.includes(group));
}

/** Labels of API groups that many projects have. */
const GENERIC = new Set(['k8s', 'x-k8s', 'coreos', 'github', 'gitlab', 'cncf']);

/** Words that indicate a group: its name, its project, and the charts that install it. */
function namesOf(group: string, kind: string): string[] {
  const project = group.split('.').at(-2) ?? '';
  const charts = chartsThatBring(group, kind).map(({ chart }) => chart);
  const isTelling = project.length > 3 && !GENERIC.has(project);
  return [group, ...charts.filter(({ length }) => length > 4), ...(isTelling ? [project] : [])];
}

/** Words of groups and charts that many projects have. */
const VAGUE =
  /^(?:operators?|secrets?|controllers?|managers?|stack|storage|config|networking|infrastructure)$/;

/** Possible names of a chart that is named after the CRDs of a project and belongs to the group: `gateway-api-crds`. */
function hintsOf(group: string, kind: string): string[] {
  const labels = group.split('.').slice(0, -1);
  const words = chartsThatBring(group, kind).flatMap(({ chart }) => chart.split('-'));
  const hints = [...labels.filter(({ length }) => length > 3), ...words.filter(({ length }) => length > 5)];
  return hints.filter((hint) => !VAGUE.test(hint) && !GENERIC.has(hint)).map(compact);
}

/** A text without the characters between its words. */
function compact(text: string): string {
  return text.replace(/[^a-z0-9]/g, '');
}

/** Objects of a cluster that install more objects; for Jobs, those that run kubectl or Helm. */
const makersOf = once((facts: ClusterFacts): readonly Maker[] =>
  [...facts.objects.values()].flatMap(([first]) => {
    const { group, kind } = first?.identity ?? { group: '', kind: '' };
    if (!first || !INSTALLERS.test(`${kind}.${group}`)) return [];
    const text = JSON.stringify(first.object).toLowerCase();
    if (group === 'batch' && !/kubectl|helm/.test(text)) return [];
    return [{ words: `${nameOf(first.identity)} installs objects that are not in the files`, text }];
  }),
);

/** Releases of charts that are not well known, by chart and name. */
const unknownCharts = once((facts: ClusterFacts): readonly Maker[] =>
  apiProviders(facts).unknownReleases.map((node) => {
    const text = `${chartText(facts, node)} ${node.identity.name}`.toLowerCase();
    return {
      words: `the CRDs of the chart of ${nameOf(node.identity)} are unknown`,
      text,
      isOfProject: !text.includes('\n') && text.split(/[^a-z]+/).some((word) => !COMMON_WORD.test(word)),
    };
  }),
);

/**
 * Words in the names of charts that may install all CRDs of a cluster: `cluster-crds`, `custom-resource-definitions`.
 */
const COMMON_WORD =
  /^(?:|crds?|all|base|bases|bundle|charts?|cluster|common|core|custom|definitions?|extra|global|helm|infra|infrastructure|install|k8s|kubernetes|main|my|our|platform|release|resources?|shared|system|the)$/;

/** The chart's name; for a chart in this repository, the name in its Chart.yaml. */
function chartText(facts: ClusterFacts, node: GraphNode): string {
  const path = textOf(valueAt(node.object?.spec, 'chart', 'spec', 'chart'));
  const file = path === undefined ? undefined : facts.tree.get(posix.normalize(`${path}/Chart.yaml`));
  return `${chartOf(facts, node)?.name ?? ''} ${file?.bytes.toString('utf8') ?? ''}`;
}

const hasOpenShift = once((facts: ClusterFacts): boolean =>
  [...facts.objects.values()].some(([first]) => first?.identity.group.endsWith('openshift.io')),
);

/** Doubts that do not belong to one cluster. */
function elsewhere(context: CheckContext): (string | undefined)[] {
  const isRemote = context.clusters.some(({ kustomizations }) =>
    kustomizations.some(({ build }) => build?.remoteCluster !== undefined),
  );
  const isGuessed = context.graph.findings.some(isAssumption);
  return [
    outOfBand(context).hasBootstrap ? 'the repository installs something before Flux' : undefined,
    isRemote ? 'Flux in another cluster may install it' : undefined,
    isGuessed ? 'the path from which Flux starts is an assumption' : undefined,
  ];
}
