import type { ClusterFacts } from '../check/facts/cluster-facts';
import { once } from '../plain/once';
import { mapOf } from '../plain/plain-data';
import type { ManifestObject } from '../tree/manifest';

const IS_DEFAULT = 'storageclass.kubernetes.io/is-default-class';

/** The StorageClasses that a cluster gets from git, by their names. */
export function storageClassesOf(
  cluster: ClusterFacts | undefined,
): ReadonlyMap<string, ManifestObject> | undefined {
  return cluster && classesByName(cluster);
}

/** The name of the only default class that git gives to a cluster; the cluster may have another one. */
export function defaultClassOf(cluster: ClusterFacts | undefined): string | undefined {
  const defaults = [...(storageClassesOf(cluster) ?? [])].filter(
    ([, { metadata }]) => mapOf(metadata?.annotations)[IS_DEFAULT] === 'true',
  );
  return defaults.length === 1 ? defaults[0]?.[0] : undefined;
}

const classesByName = once(
  (facts: ClusterFacts): ReadonlyMap<string, ManifestObject> =>
    new Map(
      facts
        .ofKind('StorageClass')
        .filter(({ identity }) => identity.group === 'storage.k8s.io')
        .map(({ identity, object }) => [identity.name, object]),
    ),
);
