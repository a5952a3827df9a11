import { referencesOf } from '../../graph/references';
import type { GraphNode } from '../../graph/graph';
import { nameOf } from '../../findings/object-name';
import { controllerOf } from '../../kinds/flux-kinds';
import { listOf, mapOf, textOf, type PlainMap } from '../../plain/plain-data';
import { atNode } from '../at-node';
import { lockDownOf } from '../facts/installation/lock-down';
import type { Rule, RuleFinding } from '../rule';

/** The references that the controllers refuse; `dependsOn` and health checks may refer to any namespace. */
const SOURCES: ReadonlySet<string> = new Set(['source', 'chart', 'image']);

/** A reference into another namespace where Flux is locked down. */
export const crossNamespaceReference: Rule = {
  code: 'cross-namespace-reference',
  namesCause: true,
  *check(context) {
    for (const facts of context.clusters) {
      const refusing = lockDownOf(facts)?.refusing;
      if (!refusing || refusing.size === 0) continue;
      for (const node of facts.nodes) {
        const { group, kind } = node.identity;
        if (node.object && refusing.has(controllerOf(group, kind) ?? '')) yield* crossing(node);
      }
    }
  },
};

function* crossing(node: GraphNode): Iterable<RuleFinding> {
  const { namespace = '', kind } = node.identity;
  if (!node.object) return;
  for (const { kind: edge, field, target } of referencesOf(node.object)) {
    if (!SOURCES.has(edge) || target.namespace === namespace) continue;
    yield {
      ...atNode(node, field),
      message: `Flux is locked down and refuses ${nameOf(target)}, because it is not in the namespace of the ${kind}`,
      hint: `move the ${target.kind} to the namespace ${JSON.stringify(namespace)}, or create a second one there${kind === 'Kustomization' && target.namespace !== undefined ? `; or move the Kustomization to ${JSON.stringify(target.namespace)} and set spec.targetNamespace` : ''}`,
    };
  }
  const spec = mapOf(node.object.spec);
  if (kind === 'Alert') yield* silent(node, spec, 'eventSources', 'events from');
  if (kind === 'Receiver') yield* silent(node, spec, 'resources', 'requests for');
}

/** What the notification-controller skips without an error. */
function* silent(node: GraphNode, spec: PlainMap, list: string, what: string): Iterable<RuleFinding> {
  const { namespace = '', kind } = node.identity;
  for (const [index, entry] of listOf(spec[list]).entries()) {
    const other = textOf(mapOf(entry).namespace);
    if (other === undefined || other === namespace) continue;
    yield {
      ...atNode(node, `spec.${list}[${index}]`),
      severity: 'warning',
      message: `Flux is locked down and drops ${what} the namespace ${JSON.stringify(other)}, because the ${kind} is in another namespace`,
      hint: `create ${kind === 'Alert' ? 'an Alert and its Provider' : 'a Receiver'} in the namespace ${JSON.stringify(other)}`,
    };
  }
}
