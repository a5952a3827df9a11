import { instanceSpec } from '../../../graph/entries/flux-instance';
import type { GraphNode } from '../../../graph/graph';
import { DEFAULT_COMPONENTS } from '../../../kinds/components';
import { listOf, mapOf, textOf, textsOf, type PlainMap } from '../../../plain/plain-data';
import { objectsOf } from '../../../tree/readable-documents';
import type { ClusterFacts } from '../cluster-facts';
import { directoryOf, isBelow } from '../../../tree/path';
import { once } from '../../../plain/once';
import { minorVersion, statedVersions } from './flux-versions';
import { chartOf } from '../releases/release-chart';

/** What a repository tells of the Flux that runs in a cluster. */
export interface FluxInstallation {
  /**
   * The minor version, for example `2.8`.
   *
   * @default - none; checks take the newest
   */
  readonly version?: string;
  /**
   * The controllers, for example `source-controller`.
   *
   * @default - none
   */
  readonly components?: ReadonlySet<string>;
  /** Whether the newest version runs, as the range that the operator gets is open. */
  readonly isNewest: boolean;
  /** Whether the Flux operator runs it. */
  readonly hasOperator: boolean;
}

/**
 * Finds what a cluster's Flux is: from the manifests that bootstrap wrote, from a FluxInstance or the chart that makes
 * one. What the configuration says of the version wins. Found once for each cluster.
 */
export const fluxInstallation = once((facts: ClusterFacts): FluxInstallation => {
  const found = fromDeployments(facts) ?? fromInstance(facts) ?? fromManifests(facts);
  const hasOperator = facts.nodes.some((node) => isOperatorNode(facts, node)) || found?.hasOperator === true;
  const stated = facts.settings.fluxVersion ?? found?.version ?? versionInFiles(facts);
  return {
    version: stated,
    components: found?.components,
    hasOperator,
    isNewest: stated === undefined && found?.isNewest === true,
  };
});

/** The version in files near the cluster's entry path, otherwise the only version in any file. */
function versionInFiles(facts: ClusterFacts): string | undefined {
  const { tree, cluster } = facts;
  const stated = statedVersions(tree);
  const start = directoryOf(facts.node(cluster.root)?.location?.file ?? cluster.entry);
  const near = stated.filter(
    ({ folder }) => (cluster.entry !== '' && isBelow(folder, cluster.entry)) || folder === start,
  );
  const [version, ...others] = new Set((near.length > 0 ? near : stated).map((one) => one.version));
  return others.length === 0 ? version : undefined;
}

function isOperatorNode(facts: ClusterFacts, node: GraphNode): boolean {
  if (node.type === 'helm-release')
    return /^flux-(?:operator|instance)$/.test(chartOf(facts, node)?.name ?? '');
  return node.type === 'operator' && node.identity.kind !== 'ArtifactGenerator';
}

/** The content of gotk-components.yaml. */
function fromDeployments(facts: ClusterFacts): FluxInstallation | undefined {
  const components = new Set<string>();
  let version: string | undefined;
  for (const applied of facts.ofKind('Deployment')) {
    const labels = mapOf(applied.object.metadata?.labels);
    if (labels['app.kubernetes.io/part-of'] !== 'flux') continue;
    components.add(applied.identity.name);
    version ??= minorVersion(labels['app.kubernetes.io/version']);
  }
  return components.has('source-controller')
    ? { version, components, hasOperator: false, isNewest: false }
    : undefined;
}

/**
 * The specs of the FluxInstances of a cluster, and of the releases of the chart flux-instance; one may lie where bootstrap
 * alone applies it.
 */
export function instancesOf(facts: ClusterFacts): PlainMap[] {
  const root = facts.node(facts.cluster.root);
  const file = root?.location?.file === undefined ? undefined : facts.tree.get(root.location.file);
  const applied = facts.nodes.flatMap(({ object }) => object ?? []);
  return [...applied, ...objectsOf(file)].flatMap((object): PlainMap[] => {
    const spec = instanceSpec(object);
    return spec ? [spec] : [];
  });
}

function fromInstance(facts: ClusterFacts): FluxInstallation | undefined {
  const [spec] = instancesOf(facts);
  return spec && ofInstance(spec);
}

function ofInstance({ distribution, components }: PlainMap): FluxInstallation {
  const listed = listOf(components).length > 0 ? textsOf(components) : DEFAULT_COMPONENTS;
  const range = textOf(mapOf(distribution).version) ?? '2.x';
  const version = minorVersion(range);
  return {
    version,
    components: new Set(listed),
    hasOperator: true,
    isNewest: /^[v=^~]*2(?:\.[x*])?$/.test(range),
  };
}

/** The manifests that Flux publishes in a registry; patches decide what of them runs. */
function fromManifests({ nodes }: ClusterFacts): FluxInstallation | undefined {
  for (const { object, type } of nodes) {
    const { url, ref } = mapOf(object?.spec);
    if (type !== 'source' || !textOf(url)?.endsWith('/flux-manifests')) continue;
    return { version: minorVersion(mapOf(ref).tag), hasOperator: false, isNewest: false };
  }
  return undefined;
}
