import { mapOf, textOf } from '../../plain/plain-data';
import { isNamespaced } from '../../schema/validate-object';
import { nameOf } from '../at-node';
import type { ClusterFacts, OwnedObject } from '../facts/cluster-facts';
import { groupBy } from '../../plain/group-by';
import { isMadeInCluster } from '../facts/generated-in-cluster';
import type { Rule, RuleFinding } from '../rule';

/** Objects whose namespace is not named, or not made. */
export const namespaceMissing: Rule = {
  code: 'namespace-missing',
  *check({ clusters }) {
    for (const cluster of clusters) {
      const objects = [...cluster.objects.values()].flatMap(([first]) => first ?? []);
      const groups = groupBy(objects, ({ identity: { namespace } }) => namespace);
      const makesAny = isMadeInCluster(cluster, 'Namespace');
      const made = namespacesMade(cluster);
      for (const [namespace, members] of groups) {
        if (namespace === undefined) yield* members.filter(needsNamespace).map(unnamed);
        else if (!makesAny && !made.has(namespace)) yield unmade(namespace, members);
      }
    }
  },
};

function needsNamespace({ object }: OwnedObject): boolean {
  return (
    isNamespaced(object.apiVersion, object.kind) === true && textOf(object.metadata?.namespace) === undefined
  );
}

function unnamed({ identity, location }: OwnedObject): RuleFinding {
  return {
    locations: [location],
    object: identity,
    field: 'metadata.namespace',
    severity: 'error',
    message: `${identity.kind} ${JSON.stringify(identity.name)} has no namespace, so that Flux cannot apply it`,
    hint: 'set metadata.namespace, namespace in the kustomization.yaml, or targetNamespace of the Kustomization',
  };
}

function unmade(namespace: string, [first, ...others]: readonly OwnedObject[]): RuleFinding {
  const who = first ? nameOf(first.identity) : '';
  return {
    locations: first ? [first.location] : [],
    object: first?.identity,
    field: 'metadata.namespace',
    message: `nothing makes the namespace ${JSON.stringify(namespace)} of ${who}${others.length > 0 ? ` and ${others.length} more` : ''}`,
    hint: 'add a Namespace, or correct the name',
  };
}

/** Namespaces that every cluster has. */
const builtIn = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** The namespaces that a cluster has, or gets from a Namespace or a release. */
function namespacesMade(facts: ClusterFacts): ReadonlySet<string | undefined> {
  const { cluster, nodes, objects } = facts;
  return new Set([
    ...builtIn,
    facts.node(cluster.root)?.identity.namespace,
    ...[...objects.values()].flatMap(([first]) => (first && isNamespace(first) ? first.identity.name : [])),
    ...nodes.map(({ object }) => (object?.kind === 'HelmRelease' ? createdBy(object.spec) : undefined)),
  ]);
}

function isNamespace({ identity: { group, kind, namespace } }: OwnedObject): boolean {
  return kind === 'Namespace' && group === '' && namespace === undefined;
}

/** The namespace that a release makes where it is missing. */
function createdBy(spec: unknown): string | undefined {
  const { install, targetNamespace } = mapOf(spec);
  return mapOf(install).createNamespace === true ? textOf(targetNamespace) : undefined;
}
