import { comparableText } from '../../plain/comparable-text';
import { isSuspended } from '../../graph/is-suspended';
import type { ObjectIdentity } from '../../findings/finding';
import { sourcePath } from '../../graph/post-build/kustomization-change';
import { sameAddress } from '../../graph/sources/address';
import type { GraphNode } from '../../graph/graph';
import { sourceOf } from '../../graph/entries/entry';
import { nodeId } from '../../graph/node-id';
import { mapOf, textOf } from '../../plain/plain-data';
import { selectsLabels } from '../../plain/selects-labels';
import { isBelow } from '../../tree/path';
import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from '../facts/cluster-facts';
import { builtMarkers, imageMarkers, type ImageMarker } from '../facts/images/image-markers';
import type { Rule, RuleFinding } from '../rule';
import { markersWithoutPolicy } from './image-policy-missing';

/** An automation that writes to this repository, or may do so. */
interface Automation {
  readonly node: GraphNode;
  /** Whether it is certain that it writes to this repository. */
  readonly isOwn: boolean;
  readonly path: string;
  readonly namespace: string;
  /** Whether its `policySelector` selects a policy of its namespace; true if that cannot be known. */
  readonly selects: (policy: string) => boolean;
}

/** Markers and automations that do not meet. */
export const automationPathMissesMarker: Rule = {
  code: 'automation-path-misses-marker',
  *check(context) {
    const automations = automationsOf(context);
    if (automations.length === 0) return;
    const markers = imageMarkers(context);
    const open = builtMarkers(context).filter(
      (marker) => marker.policy && !automations.some((automation) => covers(automation, marker)),
    );
    for (const automation of automations.filter(({ node, isOwn }) => isOwn && !isSuspended(node))) {
      // Markers below the path that it cannot use have their own findings.
      const isKnown = open.some(({ file }) => reaches(automation, file));
      if (!isKnown && !markers.some((marker) => covers(automation, marker))) yield idle(automation);
    }
    for (const marker of open)
      if (!markersWithoutPolicy(context).has(marker)) yield uncovered(marker, automations);
  },
};

/** The automations of all clusters that may write to this repository, if at least one certainly does. */
function automationsOf({ clusters }: CheckContext): Automation[] {
  const all = clusters.flatMap((facts) =>
    facts.nodes.flatMap((node): Automation[] => {
      if (node.identity.kind !== 'ImageUpdateAutomation' || !node.object) return [];
      const { sourceRef, update } = mapOf(node.object.spec);
      const namespace = node.identity.namespace ?? '';
      const isOwn = isThisRepository(facts, sourceOf(sourceRef, namespace));
      if (isOwn === false) return [];
      const path = sourcePath(textOf(mapOf(update).path) ?? '');
      return [{ node, isOwn: isOwn === true, path, namespace, selects: policyFilter(facts, node) }];
    }),
  );
  return all.some(({ isOwn }) => isOwn) ? all : [];
}

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
function covers(automation: Automation, { file, policy }: ImageMarker): boolean {
  const { namespace, selects } = automation;
  const below = reaches(automation, file);
  // A marker that names no policy has its own finding.
  if (!below || policy === undefined) return below;
  // Without a namespace Flux refuses the automation, which is reported; an old one puts it into "default".
  if (namespace === '' || namespace.includes('${')) return true;
  return policy.namespace === namespace && selects(policy.name);
}

function reaches({ path }: Automation, file: string): boolean {
  return path.includes('${') || isBelow(file, path);
}

function idle({ node, path, namespace }: Automation): RuleFinding {
  return {
    ...atNode(node, 'spec.update.path'),
    message: `no file below ${JSON.stringify(path === '' ? '.' : path)} has a marker for a policy${namespace === '' ? '' : ` in the namespace ${JSON.stringify(namespace)}`}${isSelective(node) ? ' that spec.policySelector selects' : ''}, so the automation never changes anything`,
    hint: 'correct spec.update.path, or mark the fields that it should change',
  };
}

function isSelective({ object }: GraphNode): boolean {
  return mapOf(object?.spec).policySelector !== undefined;
}

function uncovered({ file, line, policy }: ImageMarker, automations: readonly Automation[]): RuleFinding {
  const able = automations.filter((automation) => reaches(automation, file));
  const selective = able.find(({ namespace }) => namespace === policy?.namespace);
  if (selective)
    return {
      locations: [{ file, line }],
      message: `spec.policySelector of ${nameOf(selective.node.identity)} does not select the ImagePolicy ${JSON.stringify(policy?.name)}, so the image is never updated`,
      hint: 'add the labels to the ImagePolicy, or correct the selector',
    };
  const [below] = able;
  const message = below
    ? `${nameOf(below.node.identity)} covers the file, but uses only policies of its own namespace, and the policy is in ${JSON.stringify(policy?.namespace)}`
    : 'no ImageUpdateAutomation covers the file, so the image is never updated';
  return {
    locations: [{ file, line }],
    ...(!below && { cause: message }),
    message,
    hint: below
      ? 'move the policy into the namespace of the automation'
      : 'correct spec.update.path of the automation',
  };
}
