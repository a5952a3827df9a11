import type { OwnFindingInput } from '../../findings/finding';
import { DEFAULT_COMPONENTS, EXTRA_COMPONENTS } from '../../kinds/components';
import { namespaceOf } from '../../flux/references/refer-to';
import { FLUX_NAMESPACE } from '../../kinds/names';
import type { Cluster } from '../cluster';
import type { FluxInstanceProps, FluxInstanceSync } from './flux-instance-props';

/** A setting that the operator would refuse, or that would not work. */
interface Problem {
  readonly isFound: boolean;
  /** Whether something else sets another source for the cluster. */
  readonly isConflict?: true;
  readonly field: string;
  readonly message: string;
  readonly hint: string;
}

const COMPONENTS: readonly string[] = [...DEFAULT_COMPONENTS, ...EXTRA_COMPONENTS];

/** The name of the addresses of a kind of source, and the identities that match it. */
const SOURCES: Readonly<
  Record<string, { readonly url: RegExp; readonly example: string; readonly providers: string[] }>
> = {
  GitRepository: {
    url: /^(?:https?|ssh):\/\//,
    example: 'https://github.com/myorg/fleet',
    providers: ['generic', 'aws', 'azure', 'github'],
  },
  OCIRepository: {
    url: /^oci:\/\//,
    example: 'oci://ghcr.io/myorg/fleet',
    providers: ['generic', 'aws', 'azure', 'gcp'],
  },
  Bucket: { url: /./, example: 'minio.example.com', providers: ['generic', 'aws', 'azure', 'gcp'] },
};

/**
 * What the operator would refuse of a FluxInstance, or would not do as it says.
 *
 * @param namespace - its namespace
 */
export function instanceProblems(
  props: FluxInstanceProps,
  cluster: Cluster,
  namespace: string,
): OwnFindingInput[] {
  const all = [
    ...ofFields(props),
    ...(props.sync ? ofSync(props.sync, cluster) : []),
    ...ofSource(props.sync, cluster, namespace),
  ];
  return all
    .filter(({ isFound }) => isFound)
    .map(({ field, message, hint, isConflict }) =>
      isConflict
        ? { code: 'sync-conflict', field, message, hint }
        : { code: 'flux-instance-invalid', field, message, hint },
    );
}

function ofFields({ distribution, components, cluster, sharding, storage }: FluxInstanceProps): Problem[] {
  const { artifact } = distribution ?? {};
  const { multitenantWorkloadIdentity, objectLevelWorkloadIdentity } = cluster ?? {};
  const shards = sharding?.shards;
  const unknown = components?.find((name) => !COMPONENTS.includes(name));
  return [
    {
      isFound: artifact !== undefined && !artifact.startsWith('oci://'),
      field: 'distribution.artifact',
      message: `got ${JSON.stringify(artifact)}; must begin with oci://`,
      hint: 'for example oci://ghcr.io/controlplaneio-fluxcd/flux-operator-manifests:latest',
    },
    {
      isFound: unknown !== undefined,
      field: 'components',
      message: `got ${JSON.stringify(unknown)}, which is not a controller of Flux`,
      hint: `use ${COMPONENTS.join(', ')}`,
    },
    {
      isFound: multitenantWorkloadIdentity === true && objectLevelWorkloadIdentity !== true,
      field: 'cluster.multitenantWorkloadIdentity',
      message: 'the lock-down is for identities of objects, which the cluster does not allow',
      hint: 'set cluster: { objectLevelWorkloadIdentity: true }',
    },
    {
      isFound: shards !== undefined && shards.length === 0,
      field: 'sharding.shards',
      message: 'got no shard; needs at least one',
      hint: "name them: sharding: { shards: ['shard1', 'shard2'] }, or remove sharding",
    },
    {
      isFound: shards !== undefined && new Set(shards).size < shards.length,
      field: 'sharding.shards',
      message: 'got a shard twice',
      hint: 'name each shard once',
    },
    {
      isFound: sharding?.storage === 'persistent' && storage === undefined,
      field: 'sharding.storage',
      message: 'got "persistent" without storage, so the shards would keep nothing',
      hint: "set storage: { class: 'standard', size: '10Gi' }",
    },
  ];
}

function ofSync({ kind, url, provider }: FluxInstanceSync, cluster: Cluster): Problem[] {
  const source = SOURCES[kind];
  return [
    {
      isFound: source !== undefined && !source.url.test(url),
      field: 'sync.url',
      message: `got ${JSON.stringify(url)}, which is not the address of a ${kind}`,
      hint: `for example ${source?.example ?? ''}`,
    },
    {
      isFound: provider !== undefined && source?.providers.includes(provider) === false,
      field: 'sync.provider',
      message: `got ${JSON.stringify(provider)}, which is not a provider of a ${kind}`,
      hint: `use one of ${source?.providers.map((one) => JSON.stringify(one)).join(', ') ?? ''}`,
    },
    {
      isFound: cluster.sync !== undefined,
      isConflict: true,
      field: 'sync',
      message: 'the Cluster has a sync too, which a FluxInstance follows by itself',
      hint: 'remove sync of the FluxInstance, or that of the Cluster',
    },
  ];
}

/** The operator creates the source in the namespace of the FluxInstance, and names it after that. */
function ofSource(sync: FluxInstanceSync | undefined, cluster: Cluster, namespace: string): Problem[] {
  const kind = (sync ?? cluster.sync)?.kind;
  if (kind === undefined || (sync && cluster.sync)) return [];
  const name = sync?.name ?? namespace;
  const { sourceRef: own, namespace: usual = FLUX_NAMESPACE } = cluster;
  const used = { kind: own.kind, name: own.name, namespace: namespaceOf(own) ?? usual };
  const hint = sync
    ? `set sourceRef of the Cluster: ${kind}.fromName(${JSON.stringify(name)}, ${JSON.stringify(namespace)})`
    : `put the FluxInstance into namespace ${JSON.stringify(used.namespace)}`;
  return [
    {
      isFound: kind !== used.kind || name !== used.name || namespace !== used.namespace,
      isConflict: true,
      field: sync ? 'sync' : 'namespace',
      message: `the operator creates the ${shown({ kind, name, namespace })}, and the FluxApps of the Cluster come from the ${shown(used)}`,
      hint,
    },
  ];
}

function shown({ kind, name, namespace }: Readonly<Record<'kind' | 'name' | 'namespace', string>>): string {
  return `${kind} ${JSON.stringify(`${namespace}/${name}`)}`;
}
