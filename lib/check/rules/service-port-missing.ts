import type { ObjectIdentity } from '../../findings/finding';
import { nameOf } from '../../findings/object-name';
import { isSuspended } from '../../graph/is-suspended';
import { nodeId } from '../../graph/node-id';
import { groupBy } from '../../plain/group-by';
import { mayDiffer } from '../../kinds/apply-marks';
import { listOf, mapOf, textOf, type PlainMap } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import { backendsOf, type Backend } from '../facts/backends';
import type { ClusterFacts, OwnedObject } from '../facts/cluster-facts';
import { placesOfField } from '../facts/patches/set-by-patch';
import type { Rule, RuleFinding } from '../rule';
import { asText } from '../../plain/as-text';

/** An Ingress or route that sends requests to a port which its Service does not have. */
export const servicePortMissing: Rule = {
  code: 'service-port-missing',
  namesCause: true,
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
  if (ports.length === 0 || asText(port).includes('${') || ports.some((one) => isPort(one, port))) return;
  if (isMadeByFlagger(facts, identity)) return;
  const { kind } = sender.identity;
  const isOpen = mayTakeTargetPort(sender.object) && ports.some(({ targetPort }) => targetPort === port);
  const wrong = `there is no port ${JSON.stringify(port)} in ${nameOf(identity)}`;
  yield {
    locations: placesOfField(facts.tree, sender.owner.build, { ...sender, field }),
    object: sender.identity,
    field,
    cluster: facts.cluster.name,
    ...(isOpen && { severity: 'info' }),
    message: isOpen
      ? `${wrong}, only a targetPort, which not all controllers accept; ingress-nginx does`
      : `${wrong}, so the requests that this ${kind} sends there fail`,
    hint: ports.some((one) => asText(one.port) === port)
      ? numberHint(sender.object, asText(port))
      : `use a port that the Service has: ${[...new Set(ports.map(portText))].join(', ')}`,
  };
}

/** What to write instead of the number of a port as a text, which is taken for the name of one. */
function numberHint({ kind }: ManifestObject, port: string): string {
  return kind === 'Ingress'
    ? `write "number: ${port}" instead of "name", which is for the names of ports`
    : `write ${port} without quotes: a text is the name of a port`;
}

/** Classes of Ingresses whose controllers look for the port of a Service only. Other names say nothing about the controller. */
const STRICT_CLASS = /traefik|^(?:alb|cilium|gce|istio|kong|tailscale)$/;

/** Whether the controller of an Ingress may also accept the targetPort of a Service, as ingress-nginx does. */
function mayTakeTargetPort({ kind, metadata, spec }: ManifestObject): boolean {
  const annotated = mapOf(metadata?.annotations)['kubernetes.io/ingress.class'];
  const name = textOf(mapOf(spec).ingressClassName) ?? textOf(annotated) ?? '';
  return kind === 'Ingress' && !STRICT_CLASS.test(name);
}

/** Whether a Canary of Flagger takes over a Service, and gives it the ports of its own. */
function isMadeByFlagger(facts: ClusterFacts, { namespace, name }: ObjectIdentity): boolean {
  return facts.ofKind('Canary').some(({ identity, object }) => {
    const { service, targetRef } = mapOf(object.spec);
    const made = mapOf(service).name ?? mapOf(targetRef).name;
    return identity.group === 'flagger.app' && identity.namespace === namespace && made === name;
  });
}

/** The ports of a Service, or none if not all of them are known: something else may set more with server-side apply, and what is suspended has others in the cluster. */
function knownPorts(copies: readonly OwnedObject[]): readonly PlainMap[] {
  const ports = copies.flatMap((copy) => {
    const spec = mapOf(copy.object.spec);
    const isApplied = copy.owner.build?.complete === true && !isSuspended(copy.owner);
    const isKnown = isApplied && spec.type !== 'ExternalName' && !mayDiffer(copy);
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
  return typeof name === 'string' ? `${asText(port)} (${name})` : asText(port);
}
