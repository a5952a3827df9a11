import type { Cluster } from '../delivery/cluster';
import type { FluxApp } from '../delivery/flux-app';
import type { DeploymentCluster, FleetCluster } from './cluster-facts';

/** A cluster as the function of a deployment sees it. */
export class ClusterView implements DeploymentCluster {
  readonly name: string;
  readonly environment: string;
  readonly region: string;
  readonly provider?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly fluxVersion?: string;
  readonly kubernetesVersion?: string;
  readonly settings: object;
  readonly ring?: string;
  readonly construct: Cluster;

  private made?: FluxApp;

  constructor(
    cluster: FleetCluster,
    private readonly makeApp: (scope: Cluster) => FluxApp,
  ) {
    this.name = cluster.name;
    this.environment = cluster.environment;
    this.region = cluster.region;
    this.provider = cluster.provider;
    this.labels = cluster.labels;
    this.fluxVersion = cluster.fluxVersion;
    this.kubernetesVersion = cluster.kubernetesVersion;
    this.settings = cluster.settings;
    this.ring = cluster.ring;
    this.construct = cluster.construct;
  }

  /** The FluxApp of the deployment, created when you first use it. */
  get app(): FluxApp {
    return (this.made ??= this.makeApp(this.construct));
  }

  /** The FluxApp, if it was asked for. */
  get madeApp(): FluxApp | undefined {
    return this.made;
  }
}
