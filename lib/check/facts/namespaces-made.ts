import { isMap, listOf, mapOf, textOf, textsOf } from '../../plain/plain-data';
import type { CheckContext } from '../check-context';
import { once } from '../once';
import { namespacesIn } from '../providers/namespaces-in-scripts';
import { chartOf } from '../providers/release-chart';
import type { ClusterFacts, OwnedObject } from './cluster-facts';
import { programTexts } from './program-texts';

/** The namespaces that scripts, helmfiles, Terraform and machines of a repository make. Found once for each context. */
export const bootstrappedNamespaces = once(
  (context: CheckContext): ReadonlySet<string> =>
    new Set(programTexts(context).flatMap(({ text }) => namespacesIn(text))),
);

/** Charts that make namespaces of their own, by the name of the chart. */
const OF_CHARTS: Readonly<Record<string, readonly string[]>> = {
  'tigera-operator': ['calico-system', 'calico-apiserver'],
  cilium: ['cilium-secrets'],
  'rancher-turtles': ['rancher-turtles-system'],
  'cluster-api-operator': ['capi-system'],
};
/** Kinds that have a namespace of their own name. */
const NAMESAKES = new Set(['Namespace', 'SubnamespaceAnchor', 'Project', 'ProjectRequest']);

/** The namespaces that objects of a cluster make there: those in the manifests and values that they hold, too. */
export const namespacesOfObjects = once((facts: ClusterFacts): ReadonlySet<string> => {
  const objects = [...facts.objects.values()].flatMap(([first]) => first ?? []);
  return new Set(objects.flatMap((owned) => [...namespacesOf(facts, owned)]));
});

function* namespacesOf(facts: ClusterFacts, { identity, object, node }: OwnedObject): Iterable<string> {
  if (NAMESAKES.has(identity.kind)) yield identity.name;
  if (identity.kind === 'CustomResourceDefinition') return;
  if (identity.kind === 'HelmRelease') {
    const { install, targetNamespace, values } = mapOf(object.spec);
    // The release itself needs its own namespace before.
    if (mapOf(install).createNamespace === true) yield textOf(targetNamespace) ?? '';
    const release = node === undefined ? undefined : facts.node(node);
    yield* OF_CHARTS[(release && chartOf(facts, release)?.name) ?? ''] ?? [];
    yield* namespacesOfValues(values);
  }
  yield* heldNamespaces(object);
}

/** Namespaces that a chart is told to make: `namespaces: [a, b]`, `namespace: { name: a, create: true }`. */
function* namespacesOfValues(values: unknown): Iterable<string> {
  if (Array.isArray(values)) for (const item of values) yield* namespacesOfValues(item);
  if (!isMap(values)) return;
  for (const [key, inner] of Object.entries(values)) {
    if (key === 'namespaces') {
      yield* isMap(inner) ? Object.keys(inner) : textsOf(inner);
      yield* listOf(inner).flatMap((item) => textOf(mapOf(item).name) ?? []);
    }
    if (key === 'namespace' && mapOf(inner).create === true) yield textOf(mapOf(inner).name) ?? '';
    if (typeof inner === 'object') yield* namespacesOfValues(inner);
  }
}

/** The Namespaces inside an object, as plain data or as text. */
function* heldNamespaces(value: unknown): Iterable<string> {
  if (typeof value === 'string') {
    if (value.includes('Namespace')) yield* namespacesIn(value);
  } else if (Array.isArray(value)) {
    for (const item of value) yield* heldNamespaces(item);
  } else if (isMap(value)) {
    if (value.kind === 'Namespace') yield textOf(mapOf(value.metadata).name) ?? '';
    for (const key of Object.keys(value)) yield* heldNamespaces(value[key]);
  }
}
