import { quotedFolder } from '../../findings/quoted-folder';
import { isSuspended } from '../../graph/is-suspended';
import type { GraphNode } from '../../graph/graph';
import { mapOf } from '../../plain/plain-data';
import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import { automationsOf, covers, reaches, type Automation } from '../facts/images/automations';
import { builtMarkers, imageMarkers, type ImageMarker } from '../facts/images/image-markers';
import type { Rule, RuleFinding } from '../rule';
import { markersWithoutPolicy } from './image-policy-missing';

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

function idle({ node, path, namespace }: Automation): RuleFinding {
  return {
    ...atNode(node, 'spec.update.path'),
    message: `no file below ${quotedFolder(path)} has a marker for a policy${namespace === '' ? '' : ` in the namespace ${JSON.stringify(namespace)}`}${isSelective(node) ? ' that spec.policySelector selects' : ''}, so the automation never changes anything`,
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
