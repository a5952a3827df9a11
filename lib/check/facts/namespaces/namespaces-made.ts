import { asText } from '../../../plain/as-text';
import { isMap, listOf, mapOf, textOf, textsOf } from '../../../plain/plain-data';
import type { ManifestObject } from '../../../tree/manifest';
import type { CheckContext } from '../../check-context';
import { nodeId } from '../../../graph/node-id';
import { addToGroup } from '../../../plain/group-by';
import { once } from '../../../plain/once';
import type { GoRegex } from '../../../plain/go-regex';
import { directoryOf } from '../../../tree/path';
import { pathPattern } from '../../../tree/path-pattern';
import { namesFolders, namespaceFormsIn, namespacesIn, namespacesOfTerraform } from './namespaces-in-scripts';
import { isMicrok8sNamespace, isPlatformNamespace } from './platform-namespaces';
import { chartOf } from '../releases/release-chart';
import type { ClusterFacts, OwnedObject } from '../cluster-facts';
import { looseObjects } from '../files/loose-files';
import { programTexts } from '../files/program-texts';

/** Whether a namespace exists in the cluster or will be created. */
export function isNamespaceMade(context: CheckContext, facts: ClusterFacts, namespace: string): boolean {
  return (
    facts.objects.has(nodeId({ group: '', kind: 'Namespace', name: namespace })) ||
    isNamespaceMadeOtherwise(context, facts, namespace)
  );
}

/** Whether something else than a Namespace of the cluster's objects makes a namespace. */
export function isNamespaceMadeOtherwise(
  context: CheckContext,
  facts: ClusterFacts,
  namespace: string,
): boolean {
  return namespacesOfHelm(facts).has(namespace) || isNamespaceMadeElsewhere(context, facts, namespace);
}

/** Whether something else than Namespaces and Helm makes a namespace: cheap questions come first. */
export function isNamespaceMadeElsewhere(
  context: CheckContext,
  facts: ClusterFacts,
  namespace: string,
): boolean {
  return (
    isPlatformNamespace(namespace) ||
    isOfFlux(facts, namespace) ||
    namespacesOfObjects(facts).has(namespace) ||
    bootstrappedNamespaces(context).has(namespace) ||
    computedNamespaces(context).some((isOne) => isOne(namespace)) ||
    (isMicrok8sNamespace(namespace) && isMicrok8s(context, facts))
  );
}

/** Whether the files create any namespace, other than those of Flux or a platform. */
export const makesNamespaces = once((facts: ClusterFacts): boolean =>
  [...facts.objects.values()].some(([first]) => {
    const { kind, name } = first?.identity ?? { kind: '', name: '' };
    return kind === 'Namespace' && !isPlatformNamespace(name) && !isOfFlux(facts, name);
  }),
);

/** The namespace of the Kustomizations that bootstrap created, and of the source of the repository. */
function isOfFlux(facts: ClusterFacts, namespace: string): boolean {
  const { root, syncSource } = facts.cluster;
  return namespace === facts.node(root)?.identity.namespace || namespace === syncSource.namespace;
}

/** The namespaces that scripts, helmfiles, Terraform and machines of a repository make. Found once for each context. */
const bootstrappedNamespaces = once((context: CheckContext): ReadonlySet<string> => {
  const texts = programTexts(context).map(({ text }) => text);
  const found = new Set(texts.flatMap(namespacesIn));
  for (const name of namespacesOfTerraform(programTexts(context))) found.add(name);
  if (!texts.some(namesFolders)) return found;
  for (const path of context.tree.paths) for (const name of directoryOf(path).split('/')) found.add(name);
  return found;
});

/** Whether a file that no build reads has a namespace, so that someone may apply it by hand. */
export function isLooseNamespace(context: CheckContext, namespace: string): boolean {
  return looseNamespaces(context).has(namespace);
}

const looseNamespaces = once((context: CheckContext): ReadonlySet<string> => {
  const namespaces = [...looseObjects(context, 'Namespace')].filter(({ kind }) => kind === 'Namespace');
  return new Set(namespaces.map(({ metadata }) => asText(mapOf(metadata).name)));
});

/** Tests for the namespaces with names that scripts compute. Found once for each context. */
const computedNamespaces = once((context: CheckContext): readonly GoRegex[] =>
  programTexts(context).flatMap(({ text }) => namespaceFormsIn(text).map((parts) => pathPattern(parts))),
);

/** Whether a cluster runs MicroK8s, as far as names of its objects and programs of the repository tell. */
function isMicrok8s(context: CheckContext, facts: ClusterFacts): boolean {
  const names = [...facts.objects.values()].map(([first]) => first?.identity.name ?? '');
  return names.some((name) => name.includes('microk8s')) || mentionsMicrok8s(context);
}

const mentionsMicrok8s = once((context: CheckContext): boolean =>
  programTexts(context).some(({ text }) => /\bmicrok8s\b/i.test(text)),
);

/** The HelmReleases that let Helm create the namespace of their chart, by that namespace. */
export const namespacesOfHelm = once((facts: ClusterFacts): ReadonlyMap<string, readonly OwnedObject[]> => {
  const found = new Map<string, OwnedObject[]>();
  for (const copies of facts.objects.values()) {
    if (copies[0]?.identity.kind !== 'HelmRelease') continue;
    for (const one of copies) {
      const { install, targetNamespace } = mapOf(one.object.spec);
      // The release itself needs its own namespace to exist before.
      const target = mapOf(install).createNamespace === true ? textOf(targetNamespace) : undefined;
      if (target !== undefined) addToGroup(found, target, one);
    }
  }
  return found;
});

/** Charts that create their own namespaces, by the name of the chart. */
const OF_CHARTS: Readonly<Record<string, readonly string[]>> = {
  'tigera-operator': ['calico-system', 'calico-apiserver'],
  cilium: ['cilium-secrets'],
  'rancher-turtles': ['rancher-turtles-system'],
  'cluster-api-operator': ['capi-system'],
};
/** Kinds that create a namespace with their own name. */
const NAMESAKES = new Set(['Namespace', 'SubnamespaceAnchor', 'Project', 'ProjectRequest']);

/** The namespaces that other objects of a cluster make there: those in the manifests and values that they hold, too. */
const namespacesOfObjects = once((facts: ClusterFacts): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const [first] of facts.objects.values()) if (first) addNamespacesOf(facts, first, found);
  return found;
});

function addNamespacesOf(
  facts: ClusterFacts,
  { identity, object, node }: OwnedObject,
  found: Set<string>,
): void {
  if (identity.kind === 'CustomResourceDefinition' || isCoreNamespace(identity)) return;
  if (NAMESAKES.has(identity.kind)) found.add(identity.name);
  if (identity.kind === 'HelmRelease') {
    const { values } = mapOf(object.spec);
    const release = node === undefined ? undefined : facts.node(node);
    for (const name of OF_CHARTS[(release && chartOf(facts, release)?.name) ?? ''] ?? []) found.add(name);
    for (const name of namespacesOfValues(values)) found.add(name);
  }
  for (const name of heldNamespaces(object)) found.add(name);
}

/** Whether an object is a Namespace of Kubernetes, and not of another group. */
export function isCoreNamespace({ group, kind }: OwnedObject['identity']): boolean {
  return group === '' && kind === 'Namespace';
}

/** The Namespaces inside an object. The two sides of a diff have most objects in common. */
const heldNamespaces = once((object: ManifestObject): ReadonlySet<string> => {
  const found = new Set<string>();
  addHeldNamespaces(object, found);
  return found;
});

/** Namespaces that a chart's values ask for: `namespaces: [a, b]`, `namespace: { name: a, create: true }`. */
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

/** Adds the Namespaces inside an object, as plain data or as text. This sees every value of a cluster. */
function addHeldNamespaces(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    if (value.includes('Namespace')) for (const name of namespacesIn(value)) found.add(name);
  } else if (Array.isArray(value)) {
    for (const item of value) addHeldNamespaces(item, found);
  } else if (isMap(value)) {
    const { kind, metadata, generate } = value;
    if (kind === 'Namespace') found.add(textOf(mapOf(metadata).name) ?? '');
    // A rule of Kyverno.
    if (mapOf(generate).kind === 'Namespace') found.add(textOf(mapOf(generate).name) ?? '');
    for (const key in value) addHeldNamespaces(value[key], found);
  }
}
