import { nameOf } from '../../findings/object-name';
import { nodeId } from '../../graph/node-id';
import { groupBy } from '../../plain/group-by';
import { listOf, mapOf, textOf, type PlainMap } from '../../plain/plain-data';
import { backendsOf, type Backend } from '../facts/backends';
import type { ClusterFacts, OwnedObject } from '../facts/cluster-facts';
import type { Rule, RuleFinding } from '../rule';

/** An Ingress or route that sends requests to a port which its Service does not have. */
export const servicePortMissing: Rule = {
  code: 'service-port-missing',
  *check({ clusters }) {
    for (const facts of clusters) {
      for (const copies of facts.objects.values()) {
        for (const sender of copies) {
          if (sender.owner.build?.complete !== true) continue;
          for (const backend of distinct(backendsOf(sender.object))) yield* problemOf(facts, sender, backend);
        }
      }
    }
  },
};

/** The first of those that mean the same port. */
function distinct(backends: readonly Backend[]): Iterable<Backend> {
  const keyOf = ({ namespace, name, port }: Backend) => JSON.stringify([namespace, name, port]);
  return [...groupBy(backends, keyOf).values()].flatMap(([first]) => first ?? []);
}

function* problemOf(facts: ClusterFacts, sender: OwnedObject, backend: Backend): Iterable<RuleFinding> {
  const { port, field, name, namespace = sender.identity.namespace } = backend;
  const identity = { group: '', kind: 'Service', namespace, name };
  const ports = knownPorts(facts.objects.get(nodeId(identity)) ?? []);
  if (ports.length === 0 || String(port).includes('${') || ports.some((one) => isPort(one, port))) return;
  const { kind } = sender.identity;
  yield {
    locations: [sender.location],
    object: sender.identity,
    field,
    cluster: facts.cluster.name,
    message: `there is no port ${JSON.stringify(port)} in ${nameOf(identity)}, so the requests that this ${kind} sends there fail`,
    hint: `use a port that the Service has: ${[...new Set(ports.map(portText))].join(', ')}`,
  };
}

/** The ports of a Service, or none if not all of them are known. */
function knownPorts(copies: readonly OwnedObject[]): readonly PlainMap[] {
  const ports = copies.flatMap(({ object, owner }) => {
    const spec = mapOf(object.spec);
    const isKnown = owner.build?.complete === true && spec.type !== 'ExternalName';
    return isKnown ? listOf(spec.ports).map(mapOf) : [{}];
  });
  return ports.every(({ port }) => typeof port === 'number') ? ports : [];
}

function isPort({ port, name }: PlainMap, wanted: number | string): boolean {
  return typeof wanted === 'number'
    ? port === wanted
    : name === wanted || textOf(name)?.includes('${') === true;
}

function portText({ port, name }: PlainMap): string {
  return typeof name === 'string' ? `${String(port)} (${name})` : String(port);
}
