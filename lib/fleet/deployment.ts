import type { Construct } from 'constructs';
import type { FluxApp } from '../delivery/flux-app';
import { nameOfCluster, type ClusterReference } from './cluster-facts';
import type { DeploymentResults } from './deployment-results';

/** What the function of a deployment may return: a construct, several constructs, or nothing if it uses its FluxApp. */
export type DeploymentContents = Construct | readonly Construct[] | void;

/** The result of a deployment in a cluster: what its function returned, or otherwise its FluxApp. */
export type Deployed<Made extends DeploymentContents> = Made extends Construct | readonly Construct[]
  ? Made
  : FluxApp;

/**
 * The result of `Fleet.deploy` in some clusters of a fleet. Use it in `dependsOn` of another deployment, which then
 * waits for it in each cluster.
 *
 * @typeParam Made - the type that its function returned
 */
export interface Deployment<out Made extends DeploymentContents = DeploymentContents> {
  /** Its name. */
  readonly name: string;
  /** The names of the clusters that the deployment selects. */
  readonly clusters: readonly string[];
  /**
   * The result in a cluster: what its function returned there, or its FluxApp.
   *
   * @param cluster - the cluster that the function of another deployment gets, or a name
   * @throws FindingsError `deployment-missing` if it is not deployed there. In the function of another deployment, this
   *   is reported together with all other problems.
   */
  in(cluster: ClusterReference): Deployed<Made>;
  /** Whether it is deployed in a cluster. */
  isIn(cluster: ClusterReference): boolean;
}

/** The deployment that has some results. */
export function deploymentOf<Made extends DeploymentContents>(
  name: string,
  results: DeploymentResults,
): Deployment<Made> {
  const { clusters } = results;
  return {
    name,
    clusters,
    in: (cluster) => results.in(nameOfCluster(cluster)).made as Deployed<Made>,
    isIn: (cluster) => clusters.includes(nameOfCluster(cluster)),
  };
}
