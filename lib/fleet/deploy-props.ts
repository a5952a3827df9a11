import type { FluxAppProps } from '../delivery/flux-app';
import type { DependencyReference } from '../flux/dependencies/orderable';
import type { ClusterFacts } from './cluster-facts';
import type { Deployment } from './deployment';
import type { ClusterSelection } from './select';

/** The clusters that get a deployment, what it waits for, and the props of its FluxApps. */
export interface DeployProps<
  Cluster extends ClusterFacts = ClusterFacts,
  Name extends string = string,
  Region extends string = string,
> extends Omit<FluxAppProps, 'dependsOn'> {
  /**
   * The clusters that get the deployment.
   *
   * @default - all clusters
   */
  readonly select?: ClusterSelection<Cluster, Name, Region>;
  /**
   * What the deployment waits for: other deployments in the same cluster, or objects that exist in each cluster, as
   * `{ name }`.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly (Deployment | DependencyReference)[];
}
