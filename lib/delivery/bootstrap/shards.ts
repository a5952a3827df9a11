import { FLUX_NAMESPACE, COMPONENTS_FILE } from '../../kinds/names';
import { SHARD_KEY, SHARD_ROLE, SHARDED_COMPONENTS, WATCH_FLAG } from '../../kinds/sharding';
import { DEFAULT_COMPONENTS, EXTRA_COMPONENTS } from '../../kinds/components';
import type { ClusterSharding } from '../sharding/cluster-sharding';
import { addValue, anyOf, ARGUMENTS, type KustomizationPatch } from './add-argument';

/** What each shard has in common with the main controllers. */
const SHARED_KINDS = [
  ...['Namespace', 'CustomResourceDefinition', 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  ...['ServiceAccount', 'NetworkPolicy', 'ResourceQuota'],
];

/** Controllers that run once in a cluster. */
const SINGLE_COMPONENTS = [...DEFAULT_COMPONENTS, ...EXTRA_COMPONENTS].filter(
  (name) => !SHARDED_COMPONENTS.some((sharded) => sharded === name),
);

/** Leaves the objects of shards to the controllers of these. Patches by name also fit what was renamed. */
export function mainControllersPatch({ key = SHARD_KEY }: ClusterSharding): KustomizationPatch {
  return addValue(ARGUMENTS, `${WATCH_FLAG}=!${key}`, {
    kind: 'Deployment',
    name: anyOf(SHARDED_COMPONENTS),
    annotationSelector: `!${SHARD_ROLE}`,
  });
}

/**
 * The kustomization of a shard: the controllers that bootstrap installs once more, under other names. An upgrade of Flux
 * upgrades them too.
 *
 * @see https://fluxcd.io/flux/installation/configuration/sharding/#configure-controller-sharding
 */
export function shardKustomization(
  shard: string,
  { key = SHARD_KEY }: Partial<ClusterSharding> = {},
): object {
  const removed = [
    { kind: anyOf(SHARED_KINDS) },
    { labelSelector: `app.kubernetes.io/component in (${SINGLE_COMPONENTS.join(',')})` },
  ].map((target) => ({ target, patch: DELETE }));
  const renamed = SHARDED_COMPONENTS.map((name) => ownPods(name, shard));
  const selected = addValue(ARGUMENTS, `${WATCH_FLAG}=${key}=${shard}`, {
    kind: 'Deployment',
    name: anyOf(SHARDED_COMPONENTS),
  });
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    namespace: FLUX_NAMESPACE,
    resources: [`../${COMPONENTS_FILE}`],
    nameSuffix: `-${shard}`,
    commonAnnotations: { [SHARD_ROLE]: 'shard' },
    patches: [...removed, ownService(shard), ...renamed, ownAddress(shard), selected],
  };
}

const DELETE = ['apiVersion: v1', 'kind: all', 'metadata:', '  name: all', '$patch: delete', ''].join('\n');

/** Separates the Pods of a shard from those of the main controllers. */
function ownPods(name: string, shard: string): KustomizationPatch {
  return {
    target: { kind: 'Deployment', name },
    patch: ['/spec/selector/matchLabels/app', '/spec/template/metadata/labels/app']
      .map((path) => `- op: replace\n  path: ${path}\n  value: ${name}-${shard}\n`)
      .join(''),
  };
}

function ownService(shard: string): KustomizationPatch {
  return {
    target: { kind: 'Service', name: 'source-controller' },
    patch: `- op: replace\n  path: /spec/selector/app\n  value: source-controller-${shard}\n`,
  };
}

/** The address from which the artifacts of a shard are fetched. The last argument counts. */
function ownAddress(shard: string): KustomizationPatch {
  const address = `--storage-adv-addr=source-controller-${shard}.$(RUNTIME_NAMESPACE).svc.cluster.local.`;
  return addValue(ARGUMENTS, address, { kind: 'Deployment', name: 'source-controller' });
}
