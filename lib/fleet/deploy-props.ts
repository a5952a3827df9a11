import type { FluxAppProps } from '../delivery/flux-app';
import type { DependencyReference } from '../flux/dependencies/orderable';
import type { ClusterFacts } from './cluster-facts';
import type { Deployment } from './deployment';
import type { ClusterSelection } from './select';

/** Which clusters get a deployment, after what, and all that its FluxApps can be told. */
export interface DeployProps<
  Cluster extends ClusterFacts = ClusterFacts,
  Name extends string = string,
  Region extends string = string,
> extends Omit<FluxAppProps, 'dependsOn'> {
  /**
   * The clusters that get it.
   *
   * @default - all clusters
   */
  readonly select?: ClusterSelection<Cluster, Name, Region>;
  /**
   * What it waits for: other deployments, each in the same cluster, or what each cluster has
   * under a name, as `{ name }`.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly (Deployment | DependencyReference)[];
}
