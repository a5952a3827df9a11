import type { ObjectIdentity } from '../../findings/finding';
import type { GraphNode } from '../../graph/graph';
import { addToGroup } from '../../plain/group-by';
import { mapOf, textOf, textsOf, valueAt } from '../../plain/plain-data';
import { providedGroups } from '../../tree/provides';
import type { ClusterFacts } from '../facts/cluster-facts';
import { once } from '../../plain/once';
import { chartCrds, skipsCrds, type ChartCrds } from './chart-crds';
import { groupsOfPackage } from './crossplane-packages';
import { knownChart } from './known-charts/find-chart';
import type { KnownChart } from './known-charts/known-chart';
import { groupsOfManifests } from './known-manifests';
import { chartOf } from '../facts/releases/release-chart';

/** What brings the CRD of a kind into a cluster. */
export interface ApiProvider {
  /**
   * How: `crd`, a CustomResourceDefinition that a Kustomization applies; `remote`, manifests of another repository;
   * `chart`, a HelmRelease; `made`, an object from which an operator makes the CRD.
   */
  readonly how: 'crd' | 'remote' | 'chart' | 'made';
  /** The node that brings it: the HelmRelease of a chart, the Kustomization otherwise. */
  readonly node: GraphNode;
  /** The Kustomizations that apply it. */
  readonly owners: readonly string[];
}

/** A release of a well-known chart that does not bring the CRDs of its kinds, or perhaps not. */
export interface WithoutCrds extends ChartCrds {
  readonly node: GraphNode;
  /** The chart's name. */
  readonly chart: string;
}

/** What brings the kinds of a cluster. Found once for each cluster. */
export const apiProviders = once((facts: ClusterFacts) => new ApiProviders(facts));

/** Which kinds the Flux of one cluster brings, and by what. Kinds that are not here come from elsewhere. */
export class ApiProviders {
  private readonly byApi = new Map<string, ApiProvider[]>();
  private readonly guardsByGroup = new Map<string, ApiProvider[]>();
  private readonly withoutByApi = new Map<string, WithoutCrds[]>();
  private readonly unknown: GraphNode[] = [];

  constructor(private readonly facts: ClusterFacts) {
    for (const node of facts.nodes) {
      if (node.type === 'kustomization') this.addKustomization(node);
      else if (node.type === 'helm-release' && node.object) this.addRelease(node);
    }
  }

  /** Whether the cluster's Flux brings no kind at all, nor guards any. */
  get areNone(): boolean {
    return this.byApi.size + this.guardsByGroup.size === 0;
  }

  /** What brings a kind: providers that name the kind itself come before those of its whole group. */
  providersOf(group: string, kind: string): readonly ApiProvider[] {
    return [...(this.byApi.get(`${group}/${kind}`) ?? []), ...(this.byApi.get(group) ?? [])];
  }

  /** The releases whose webhooks must let objects of a group through. */
  guardsOf(group: string): readonly ApiProvider[] {
    return this.guardsByGroup.get(group) ?? [];
  }

  /** The releases of well-known charts that have a kind, and may leave out its CRD. */
  withoutCrdsOf(group: string, kind: string): readonly WithoutCrds[] {
    return [...(this.withoutByApi.get(`${group}/${kind}`) ?? []), ...(this.withoutByApi.get(group) ?? [])];
  }

  /** The releases of charts of which it is not known what they bring. */
  get unknownReleases(): readonly GraphNode[] {
    return this.unknown;
  }

  private addKustomization(node: GraphNode): void {
    const { build, object } = node;
    if (!build || build.remoteCluster !== undefined) return;
    const owners = [node.id];
    const said = object ? providedGroups(object) : [];
    const url = build.source === 'outside' ? this.sourceUrl(node) : undefined;
    const remotes = [...build.remotes, ...(url === undefined ? [] : [`${url}/${build.path}`])];
    const remote = remotes
      .filter((address) => /crd|install|manifests/i.test(address))
      .flatMap(groupsOfManifests);
    for (const group of new Set([...said, ...remote]))
      addToGroup(this.byApi, group, { how: 'remote', node, owners });
    if (!object) return;
    const defined = new Map<string, 'crd' | 'made'>();
    for (const { identity, object: made, madeBy } of build.inventory) {
      if (madeBy !== undefined) continue;
      const how = identity.kind === 'CustomResourceDefinition' ? 'crd' : 'made';
      for (const api of definedBy(identity, mapOf(made.spec))) defined.set(api, how);
    }
    for (const [api, how] of defined) addToGroup(this.byApi, api, { how, node, owners });
  }

  private sourceUrl(node: GraphNode): string | undefined {
    const [source] = this.facts.edgesFrom(node.id, 'source');
    return source && textOf(mapOf(this.facts.node(source.to)?.object?.spec).url);
  }

  private addRelease(node: GraphNode): void {
    if (mapOf(node.object?.spec).kubeConfig !== undefined) return;
    const chart = chartOf(this.facts, node);
    const known = chart && knownChart(chart.name, chart.repository);
    const said = node.object && !skipsCrds(node) ? providedGroups(node.object) : [];
    if (!known && said.length === 0) this.unknown.push(node);
    const brought = known ? this.addKnown(node, known) : [];
    for (const api of new Set([...said, ...brought])) this.addChart(this.byApi, api, node);
  }

  /** Adds what a well-known chart guards and leaves out, and returns what it installs. */
  private addKnown(node: GraphNode, known: KnownChart): readonly string[] {
    for (const group of known.guards ?? []) this.addChart(this.guardsByGroup, group, node);
    const crds = chartCrds(this.facts, node, known);
    if (crds.state === 'on' || (crds.state === 'unknown' && known.gate?.byDefault === true)) {
      return known.provides;
    }
    for (const api of known.leaves?.groups ?? known.provides) {
      addToGroup(this.withoutByApi, api, { node, chart: known.chart, ...crds });
    }
    return [];
  }

  private addChart(map: Map<string, ApiProvider[]>, api: string, node: GraphNode): void {
    addToGroup(map, api, { how: 'chart', node, owners: node.appliedBy });
  }
}

/** The kinds that an object defines, as `group/Kind`, or all of a group; none for most kinds of objects. */
function definedBy({ group: own, kind }: ObjectIdentity, spec: Readonly<Record<string, unknown>>): string[] {
  const [group, names, claims] = [textOf(spec.group), mapOf(spec.names), mapOf(spec.claimNames)];
  switch (kind) {
    case 'CustomResourceDefinition':
    case 'CompositeResourceDefinition':
      return textsOf([names.kind, claims.kind]).map((name) => `${group ?? ''}/${name}`);
    case 'ConstraintTemplate':
      return textsOf([valueAt(spec, 'crd', 'spec', 'names', 'kind')]).map(
        (name) => `constraints.gatekeeper.sh/${name}`,
      );
    case 'Provider':
      return own === 'pkg.crossplane.io' ? groupsOfPackage(textOf(spec.package) ?? '') : [];
    default:
      return [];
  }
}
