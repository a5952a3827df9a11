import type { GraphNode } from '../../../graph/graph';
import { isSuspended } from '../../../graph/is-suspended';
import { mapOf, textOf } from '../../../plain/plain-data';
import { groupBy } from '../../../plain/group-by';
import { looksEncrypted } from '../../../sops/encrypted-text';
import { isBelow } from '../../../tree/path';
import type { ClusterFacts, OwnedObject } from '../cluster-facts';
import { localChart } from './local-charts';

/**
 * The HelmReleases of a cluster by the namespace into which they install their charts, if that has to exist before: it is
 * not the one of the release, and neither Helm nor, as far as we know, the chart creates it.
 */
export function releaseTargets(facts: ClusterFacts): ReadonlyMap<string, readonly OwnedObject[]> {
  const releases = [...facts.objects.values()].flatMap(([first]) => first ?? []);
  const targets = releases.flatMap((one) => {
    const namespace = targetOf(facts, one);
    return namespace === undefined ? [] : [{ namespace, one }];
  });
  const groups = [...groupBy(targets, ({ namespace }) => namespace)];
  return new Map(groups.map(([namespace, all]) => [namespace, all.map(({ one }) => one)]));
}

function targetOf(
  facts: ClusterFacts,
  { identity, object, owner, node: id }: OwnedObject,
): string | undefined {
  const node = id === undefined ? undefined : facts.node(id);
  if (identity.kind !== 'HelmRelease' || node?.type !== 'helm-release' || isSuspended(node)) return undefined;
  const { targetNamespace, install, kubeConfig } = mapOf(object.spec);
  const namespace = textOf(targetNamespace);
  const isMade = kubeConfig !== undefined || mapOf(install).createNamespace === true;
  if (namespace === undefined || isMade || owner.build?.complete !== true) return undefined;
  const isPlain = !namespace.includes('${') && !looksEncrypted(namespace);
  return isPlain && !chartMayMakeNamespace(facts, node) ? namespace : undefined;
}

/** Whether a chart may create a namespace: published ones hardly do, and one of the repository shows it. */
function chartMayMakeNamespace(facts: ClusterFacts, node: GraphNode): boolean {
  const folder = localChart(facts, node);
  if (folder !== undefined)
    return facts.tree.files.some(
      ({ path, bytes }) =>
        isBelow(path, folder) && /^kind:\s*Namespace\b|^dependencies:/m.test(bytes.toString('utf8')),
    );
  const { chart, chartRef } = mapOf(node.object?.spec);
  const kind = textOf(mapOf(chartRef).kind) ?? textOf(mapOf(mapOf(mapOf(chart).spec).sourceRef).kind);
  return kind !== 'HelmRepository' && kind !== 'OCIRepository';
}
