import type { Construct } from 'constructs';
import { fail, FindingsError } from '../findings/findings-error';
import { firstNames } from '../plain/first-names';

/** What a deployment made in one cluster. */
export interface DeploymentResult {
  /** What stands for it. */
  readonly made: Construct | readonly Construct[];
  /** What others wait for. */
  readonly awaited: readonly Construct[];
  /** The Kustomizations that apply it, as `namespace/name`. */
  readonly kustomizations: readonly string[];
}

/** What became of a deployment in each of its clusters. */
export class DeploymentResults {
  private readonly byCluster = new Map<string, DeploymentResult | FindingsError>();

  constructor(
    readonly name: string,
    /** The names of the clusters that the deployment selects. */
    readonly clusters: readonly string[],
  ) {}

  /**
   * What it made in a cluster.
   *
   * @throws FindingsError `deployment-missing` where it is not deployed, or what stopped it there
   */
  in(cluster: string): DeploymentResult {
    const result = this.byCluster.get(cluster) ?? this.refuse(cluster);
    if (FindingsError.isFindingsError(result)) throw result;
    return result;
  }

  /** What others wait for in a cluster; throws as `in` does. */
  awaitedIn(cluster: string): readonly Construct[] {
    return this.in(cluster).awaited;
  }

  /** What it made, by cluster. */
  get made(): readonly (readonly [cluster: string, result: DeploymentResult])[] {
    return [...this.byCluster].flatMap(([cluster, result]) =>
      FindingsError.isFindingsError(result) ? [] : [[cluster, result] as const],
    );
  }

  /** Remembers what became of it in a cluster. */
  keep(cluster: string, result: DeploymentResult | FindingsError): void {
    this.byCluster.set(cluster, result);
  }

  private refuse(cluster: string): never {
    const names = firstNames(
      this.clusters.map((name) => JSON.stringify(name)),
      5,
    );
    const [name, wanted] = [JSON.stringify(this.name), JSON.stringify(cluster)];
    fail({
      code: 'deployment-missing',
      message: `${name} is not deployed in the cluster ${wanted}, only in ${names || 'none'}`,
      hint: `select ${wanted} in deploy(${name}, ...) too, or exclude it from the deployment that needs ${name}`,
    });
  }
}
