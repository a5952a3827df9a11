import type { GraphNode } from '../../graph/graph';
import { mapOf, textOf, textsOf, valueAt } from '../../plain/plain-data';
import { providedGroups } from '../../tree/provides';
import type { ClusterFacts } from '../facts/cluster-facts';
import { knownChart, type KnownChart } from './known-charts';
import { groupsOfManifests } from './known-manifests';
import { chartOf, releaseValue } from './release-chart';

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

/** Which kinds the Flux of one cluster brings, and by what. Kinds that are not here come from elsewhere. */
export class ApiProviders {
  private readonly byApi = new Map<string, ApiProvider[]>();
  private readonly guardsByGroup = new Map<string, ApiProvider[]>();

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

  private add(api: string, provider: ApiProvider): void {
    const known = this.byApi.get(api);
    if (known) known.push(provider);
    else this.byApi.set(api, [provider]);
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
    for (const group of new Set([...said, ...remote])) this.add(group, { how: 'remote', node, owners });
    if (!object) return;
    for (const applied of build.inventory) {
      if (!defining.has(applied.object.kind)) continue;
      for (const api of definedBy(applied.object.kind, mapOf(applied.object.spec))) {
        const how = applied.identity.kind === 'CustomResourceDefinition' ? 'crd' : 'made';
        this.add(api, { how, node, owners });
      }
    }
  }

  private sourceUrl(node: GraphNode): string | undefined {
    const [source] = this.facts.edgesFrom(node.id, 'source');
    return source && textOf(mapOf(this.facts.node(source.to)?.object?.spec).url);
  }

  private addRelease(node: GraphNode): void {
    if (mapOf(node.object?.spec).kubeConfig !== undefined) return;
    const chart = chartOf(this.facts, node);
    const known = chart && knownChart(chart.name, chart.repository);
    const owners = node.appliedBy;
    const skips = valueAt(node.object?.spec, 'install', 'crds') === 'Skip';
    const own = known && this.bringsCrds(node, known, skips) ? known.provides : [];
    for (const api of new Set([...(skips || !node.object ? [] : providedGroups(node.object)), ...own])) {
      this.add(api, { how: 'chart', node, owners });
    }
    for (const group of known?.guards ?? []) {
      this.guardsByGroup.set(group, [
        ...(this.guardsByGroup.get(group) ?? []),
        { how: 'chart', node, owners },
      ]);
    }
  }

  private bringsCrds(node: GraphNode, { gate, folder }: KnownChart, skips: boolean): boolean {
    if (folder && skips) return false;
    if (!gate) return true;
    const set = gate.values
      .map((path) => releaseValue(this.facts, node, path.split('.')))
      .find((value) => value !== undefined);
    return set === undefined ? gate.byDefault : set === true || set === 'true';
  }
}

/** The kinds of objects that make kinds known. */
const defining = new Set(['CustomResourceDefinition', 'CompositeResourceDefinition', 'ConstraintTemplate']);

/** The kinds that an object makes known, as `group/Kind`. */
function definedBy(kind: string, spec: Readonly<Record<string, unknown>>): string[] {
  const [group, names, claims] = [textOf(spec.group), mapOf(spec.names), mapOf(spec.claimNames)];
  switch (kind) {
    case 'CustomResourceDefinition':
      return group === undefined ? [] : [`${group}/${String(names.kind)}`];
    case 'CompositeResourceDefinition':
      return textsOf([names.kind, claims.kind]).map((name) => `${group ?? ''}/${name}`);
    case 'ConstraintTemplate':
      return textsOf([valueAt(spec, 'crd', 'spec', 'names', 'kind')]).map(
        (name) => `constraints.gatekeeper.sh/${name}`,
      );
    default:
      return [];
  }
}
