import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../../flux/arguments/check-arguments';
import { namespaceIn } from '../../flux/applied-identity';
import { chartOf } from '../../flux/chart-of';
import { enclosingDirectory } from '../../flux/directory';
import { FluxObject, fluxNamespace, splitProps } from '../../flux/flux-object';
import { report } from '../../flux/side-data';
import { fluxType } from '../../kinds/flux-kinds';
import { FLUX_NAMESPACE } from '../../kinds/names';
import type { FluxComponent } from '../../kinds/components';
import { printDocuments } from '../../yaml/print';
import { declaredComponents } from '../bootstrap/cluster-bootstrap';
import { Cluster } from '../cluster';
import type { ClusterSharding } from '../sharding/cluster-sharding';
import type { FluxInstancePatch, FluxInstanceProps } from './flux-instance-props';
import { instanceProblems } from './instance-problems';
import { removeSync } from './make-sync';
import { syncWithPatches, type SyncWithPatches } from './sync-patches';

/** The name that the operator requires: a cluster has one FluxInstance. */
const NAME = 'flux';

/**
 * The Flux installation of a cluster in which the Flux Operator installs Flux. By default, it follows the props of the
 * `Cluster`: `sync`, `lockDown`, `sharding`, and the version and controllers in `bootstrap`.
 *
 * @see https://fluxoperator.dev/docs/crd/fluxinstance/
 */
export class FluxInstance extends FluxObject {
  declare readonly kind: 'FluxInstance';

  private readonly cluster: Cluster;
  private readonly given: FluxInstanceProps;

  constructor(scope: Construct, id: string, props?: FluxInstanceProps) {
    const checked = checkArguments('FluxInstance', scope, id, props);
    const cluster = Cluster.of(scope);
    const [metadata, given] = splitProps(checked.props);
    // The namespace of a Cluster is for the Kustomizations of its FluxApps, not for Flux.
    const own = Cluster.isCluster(chartOf(scope)) ? FLUX_NAMESPACE : undefined;
    const namespace = fluxNamespace(scope, metadata.namespace ?? own);
    super(scope, id, { ...metadata, name: NAME, namespace }, { ...fluxType('FluxInstance'), spec: {} });
    this.cluster = cluster;
    this.given = given;
    reportProblems(this, checked);
    const applied = namespaceIn(enclosingDirectory(scope), namespace);
    for (const found of instanceProblems(given, cluster, applied)) report(this, found);
    if (cluster.sync) removeSync(cluster);
    cluster.useOperator(this);
  }

  /** The controllers; undefined if neither the FluxInstance nor the Cluster sets them. */
  get components(): readonly FluxComponent[] | undefined {
    const { bootstrap } = this.cluster;
    if (this.given.components !== undefined) return this.given.components;
    const isSaid = bootstrap?.components !== undefined || bootstrap?.componentsExtra !== undefined;
    return isSaid ? [...declaredComponents(bootstrap)] : undefined;
  }

  protected override specification(): object {
    const { distribution, cluster, sync: _sync, kustomize, ...fields } = this.given;
    const { bootstrap, lockDown, sharding } = this.cluster;
    const made = this.syncOfCluster();
    const ofCluster = { ...(lockDown && { multitenant: true }), ...cluster };
    const patches = [...made.patches, ...(kustomize?.patches ?? []).map(printedPatch)];
    return {
      distribution: { version: bootstrap?.version ?? '2.x', registry: 'ghcr.io/fluxcd', ...distribution },
      components: this.components,
      ...(Object.keys(ofCluster).length > 0 && { cluster: ofCluster }),
      sync: made.sync,
      ...(patches.length > 0 && { kustomize: { patches } }),
      ...(sharding && sharding.shards.length > 0 && { sharding: shardingOf(sharding) }),
      ...fields,
    };
  }

  private syncOfCluster(): SyncWithPatches {
    const { sync } = this.given;
    const { entryPath, sync: own } = this.cluster;
    if (sync) return { sync: { ...sync, path: sync.path ?? entryPath }, patches: [] };
    return own ? syncWithPatches(this, entryPath, own) : { patches: [] };
  }
}

/** The operator installs the controllers of the shards. */
function shardingOf({ key, shards }: ClusterSharding): object {
  return { ...(key !== undefined && { key }), shards };
}

function printedPatch({ patch, target }: FluxInstancePatch): object {
  return { patch: typeof patch === 'object' ? printDocuments([{ object: patch }]) : patch, target };
}
