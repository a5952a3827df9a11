import type { ObjectIdentity } from '../../../findings/finding';
import { sourceOf } from '../../../graph/entries/entry';
import type { GraphNode } from '../../../graph/graph';
import { nodeId } from '../../../graph/node-id';
import { sourcePath } from '../../../graph/post-build/kustomization-change';
import { sameAddress } from '../../../graph/sources/address';
import { comparableText } from '../../../plain/comparable-text';
import { once } from '../../../plain/once';
import { mapOf, textOf } from '../../../plain/plain-data';
import { selectsLabels } from '../../../plain/selects-labels';
import { isBelow } from '../../../tree/path';
import type { CheckContext } from '../../check-context';
import type { ClusterFacts } from '../cluster-facts';
import type { ImageMarker } from './image-markers';

/** An automation that writes to this repository, or may do so. */
export interface Automation {
  readonly facts: ClusterFacts;
  readonly node: GraphNode;
  /** Whether it is certain that it writes to this repository. */
  readonly isOwn: boolean;
  readonly path: string;
  readonly namespace: string;
  /** Whether its `policySelector` selects a policy of its namespace; true if that cannot be known. */
  readonly selects: (policy: string) => boolean;
}

/** The automations of all clusters that may write to this repository, if at least one certainly does. */
export const automationsOf = once(({ clusters }: CheckContext): readonly Automation[] => {
  const all = clusters.flatMap((facts) =>
    facts.nodes.flatMap((node): Automation[] => {
      if (node.identity.kind !== 'ImageUpdateAutomation' || !node.object) return [];
      const { sourceRef, update } = mapOf(node.object.spec);
      const namespace = node.identity.namespace ?? '';
      const isOwn = isThisRepository(facts, sourceOf(sourceRef, namespace));
      if (isOwn === false) return [];
      const path = sourcePath(textOf(mapOf(update).path) ?? '');
      return [{ facts, node, isOwn: isOwn === true, path, namespace, selects: policyFilter(facts, node) }];
    }),
  );
  return all.some(({ isOwn }) => isOwn) ? all : [];
});

function policyFilter(facts: ClusterFacts, { identity, object }: GraphNode): (policy: string) => boolean {
  const selector = mapOf(object?.spec).policySelector;
  const isOpen = selector === undefined || comparableText(selector).includes('${');
  return (name) => {
    const policy = isOpen
      ? undefined
      : facts.node(nodeId({ ...identity, kind: 'ImagePolicy', name }))?.object?.metadata;
    return policy === undefined || selectsLabels(selector, mapOf(policy.labels));
  };
}

/** Whether a source is this repository: the one that Flux syncs, or another one with the same address. */
function isThisRepository(facts: ClusterFacts, source: ObjectIdentity): boolean | undefined {
  const [id, sync] = [nodeId(source), nodeId(facts.cluster.syncSource)];
  if (id === sync) return true;
  const [url, own] = [id, sync].map((node) => textOf(mapOf(facts.node(node)?.object?.spec).url));
  return url === undefined || own === undefined ? undefined : sameAddress(url, own);
}

/**
 * Flux looks for markers only below the path, and only for policies in the automation's namespace that its `policySelector`
 * selects.
 */
export function covers(automation: Automation, { file, policy }: ImageMarker): boolean {
  const { namespace, selects } = automation;
  const below = reaches(automation, file);
  // A marker that names no policy has its own finding.
  if (!below || policy === undefined) return below;
  // Without a namespace Flux refuses the automation, which is reported; an old one puts it into "default".
  if (namespace === '' || namespace.includes('${')) return true;
  return policy.namespace === namespace && selects(policy.name);
}

/** Whether a file is below the path of an automation, as far as that is known. */
export function reaches({ path }: Automation, file: string): boolean {
  return path.includes('${') || isBelow(file, path);
}
