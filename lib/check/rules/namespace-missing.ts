import { nameOf } from '../../findings/object-name';
import type { ClusterFacts, OwnedObject } from '../facts/cluster-facts';
import { groupBy } from '../../plain/group-by';
import { isBefore } from '../providers/chart-version';
import { fluxInstallation } from '../facts/installation/flux-installation';
import { isMadeInCluster } from '../facts/missing/generated-in-cluster';
import { describeOrigin, possibleOrigin } from '../facts/missing/hidden-parts';
import { lacksNamespace } from '../facts/namespaces/lacks-namespace';
import { isNamespaceMade, makesNamespaces } from '../facts/namespaces/namespaces-made';
import { releaseTargets } from '../facts/releases/release-targets';
import { looksEncrypted } from '../../sops/encrypted-text';
import type { Rule, RuleFinding } from '../rule';

/** Objects whose namespace is not named, or not made. */
export const namespaceMissing: Rule = {
  code: 'namespace-missing',
  *check(context) {
    for (const cluster of context.clusters) {
      const objects = [...cluster.objects.values()].flatMap(([first]) => first ?? []);
      const groups = groupBy(objects, ({ identity: { namespace } }) => namespace);
      const isKnown = !isMadeInCluster(cluster, 'Namespace');
      const missing: RuleFinding[] = [];
      for (const [namespace, members] of groups) {
        // A part of the build that is unknown may set the namespace.
        const certain = members.filter(({ owner }) => owner.build?.complete === true);
        if (namespace === undefined)
          yield* certain
            .filter(({ object }) => lacksNamespace(object))
            .map((one) => ({ ...unnamed(one, cluster), cluster: cluster.cluster.name }));
        else if (
          isKnown &&
          certain[0] &&
          !namespace.includes('${') &&
          // With its metadata encrypted, nobody can tell where an object belongs; that is reported.
          !looksEncrypted(namespace) &&
          !isNamespaceMade(context, cluster, namespace)
        )
          missing.push(unmade(cluster, namespace, certain));
      }
      for (const [namespace, releases] of isKnown ? releaseTargets(cluster) : [])
        if (!groups.has(namespace) && !isNamespaceMade(context, cluster, namespace))
          missing.push(unmadeTarget(unmade(cluster, namespace, releases)));
      const isByHand = missing.length > 1 && !makesNamespaces(cluster);
      yield* isByHand ? missing.map(madeElsewhere) : missing;
    }
  },
};

/** A namespace for the objects of charts, which Helm creates only if the release says so. */
function unmadeTarget(found: RuleFinding): RuleFinding {
  const { severity, hint } = found;
  const add = 'add a Namespace, set spec.install.createNamespace, or correct the name';
  return { ...found, field: 'spec.targetNamespace', hint: severity === undefined ? add : hint };
}

/** If a repository creates no namespace at all, its authors usually create them by hand or elsewhere. */
function madeElsewhere(found: RuleFinding): RuleFinding {
  return {
    ...found,
    severity: 'info',
    message: `${found.message}; as the cluster has no Namespace in this repository, they may be made elsewhere`,
    hint: 'add the Namespaces, without which a new cluster cannot be set up from this repository alone',
  };
}

/** Until Flux 0.18, kubectl put such objects into "default". */
function unnamed({ identity, location, owner }: OwnedObject, cluster: ClusterFacts): RuleFinding {
  const isOld = isBefore(fluxInstallation(cluster).version, '0.18');
  const who = `${identity.kind} ${JSON.stringify(identity.name)} has no namespace`;
  return {
    locations: [location],
    object: identity,
    field: 'metadata.namespace',
    severity: isOld ? 'info' : 'error',
    cause: `several objects of ${nameOf(owner.identity)} have no namespace, so Flux cannot apply them`,
    message: isOld
      ? `${who}, so this old Flux puts it into "default", and Flux 0.18 and newer cannot apply it`
      : `${who}, so Flux cannot apply it`,
    hint: 'set metadata.namespace, namespace in the kustomization.yaml, or targetNamespace of the Kustomization',
  };
}

function unmade(cluster: ClusterFacts, namespace: string, members: readonly OwnedObject[]): RuleFinding {
  const [first, ...others] = members;
  const who = first ? nameOf(first.identity) : '';
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  // What is in the namespace itself is applied only after it.
  const origin = possibleOrigin(
    cluster,
    { group: '', kind: 'Namespace', name: namespace },
    ({ node }) => node.identity.namespace === namespace,
  );
  const maker = origin ? 'nothing in this repository' : 'nothing';
  return {
    locations: first ? [first.location] : [],
    object: first?.identity,
    field: 'metadata.namespace',
    cluster: cluster.cluster.name,
    ...(origin && { severity: 'info' }),
    message: `${maker} creates the namespace ${JSON.stringify(namespace)} of ${who}${more}${origin ? `; ${describeOrigin(origin)}` : ''}`,
    hint: origin ? 'make sure that it does, or correct the name' : 'add a Namespace, or correct the name',
  };
}
