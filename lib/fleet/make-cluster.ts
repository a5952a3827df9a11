import type { Construct } from 'constructs';
import { Cluster, type ClusterProps } from '../delivery/cluster';
import type { ClusterFacts } from './cluster-facts';
import type { FleetClusterFields, FleetClusterOptions } from './fleet-props';
import { layoutFor, type FleetLayout } from './layout';

/** A cluster as its author gave it. */
export type GivenCluster = FleetClusterFields & {
  readonly environment: string;
  readonly region: string;
  readonly settings?: object;
};

/** Makes the Cluster of a fleet. What it is not told, it has from the defaults of the fleet. */
export function makeCluster(
  scope: Construct,
  facts: ClusterFacts,
  given: GivenCluster,
  { layout, defaults }: { readonly layout: FleetLayout; readonly defaults: FleetClusterOptions },
): Cluster {
  const place = layoutFor(layout, facts);
  const {
    provider: _provider,
    labels: _labels,
    environment: _environment,
    region: _region,
    settings: _settings,
    fluxVersion: _fluxVersion,
    kubernetesVersion: _kubernetesVersion,
    ...own
  } = given;
  const { fluxVersion: _flux, kubernetesVersion: _kubernetes, ...shared } = defaults;
  const version = facts.fluxVersion;
  const bootstrap = { ...shared.bootstrap, ...own.bootstrap, ...(version !== undefined && { version }) };
  const props: ClusterProps = {
    ...shared,
    ...own,
    ...(Object.keys(bootstrap).length > 0 && { bootstrap }),
    path: own.path ?? place.path,
    directory: own.directory ?? (own.path === undefined ? place.directory : undefined),
    layers: own.layers ?? (own.path === undefined ? place.layers : undefined),
  };
  return new Cluster(scope, facts.name, props);
}
