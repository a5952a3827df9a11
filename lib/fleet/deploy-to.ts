import { Construct } from 'constructs';
import { FluxApp } from '../delivery/flux-app';
import { FindingsError } from '../findings/findings-error';
import { finding } from '../findings/finding';
import { JsonPatch } from 'cdk8s';
import { appliedName, appliedNamespace } from '../flux/applied-identity';
import { topmostOrdered } from '../flux/dependencies/topmost-ordered';
import type { DependencyReference } from '../flux/dependencies/orderable';
import { ClusterView } from './cluster-view';
import type { DeploymentCluster, FleetCluster } from './cluster-facts';
import type { DeployProps } from './deploy-props';
import type { DeploymentContents } from './deployment';
import type { DeploymentResult, DeploymentResults } from './deployment-results';

/** What is deployed. */
export interface DeployTarget {
  readonly name: string;
  readonly props: Omit<DeployProps, 'select' | 'dependsOn'>;
  readonly make: (cluster: DeploymentCluster) => DeploymentContents;
  /** What it waits for: other deployments, as they are in each cluster, or what is there by that name. */
  readonly dependsOn: readonly (DeploymentResults | DependencyReference)[];
  /** Whether it is held as it is in a cluster. */
  readonly isSuspended: (cluster: string) => boolean;
  /** Whether this run leaves a cluster out, so that what is in it need not be kept. */
  readonly isLeftOut: (cluster: string) => boolean;
}

/**
 * Deploys to one cluster. Findings that the author's function throws are given back, so that the rest of the app is still
 * looked at; what the function had put into its FluxApp is then gone.
 */
export function deployTo(cluster: FleetCluster, target: DeployTarget): DeploymentResult | FindingsError {
  const view = new ClusterView(cluster, (scope) => new FluxApp(scope, target.name, target.props));
  try {
    const made = target.make(view);
    const returned = made === undefined ? [] : [made].flat();
    const app = view.madeApp;
    const awaited = app ? [app] : returned;
    const isRight = awaited.length > 0 && returned.every((one) => Construct.isConstruct(one));
    if (!isRight) refuse(cluster, target, made);
    for (const construct of awaited) waitForOthers(construct, cluster, target);
    if (target.isSuspended(cluster.name)) awaited.forEach(suspend);
    const kustomizations = awaited.flatMap(kustomizationsOf);
    if (target.isLeftOut(cluster.name)) awaited.forEach(removeContents);
    return { made: (made ?? app) as DeploymentResult['made'], awaited, kustomizations };
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    if (view.madeApp) cluster.construct.node.tryRemoveChild(target.name);
    return error;
  }
}

function waitForOthers(construct: Construct, cluster: FleetCluster, { dependsOn }: DeployTarget): void {
  const awaited = dependsOn.flatMap((one): readonly (Construct | DependencyReference)[] =>
    'awaitedIn' in one ? one.awaitedIn(cluster.name) : [one],
  );
  const ordered = topmostOrdered(construct);
  for (const object of ordered) object.waitFor(...awaited);
  if (ordered.length === 0)
    construct.node.addDependency(...awaited.filter((one) => Construct.isConstruct(one)));
}

function kustomizationsOf(construct: Construct): string[] {
  const objects = topmostOrdered(construct).filter(({ kind }) => kind === 'Kustomization');
  return objects.map((object) => `${appliedNamespace(object) ?? ''}/${appliedName(object)}`);
}

/** Removes everything inside a construct. */
function removeContents({ node }: Construct): void {
  for (const child of [...node.children]) node.tryRemoveChild(child.node.id);
}

/** Makes Flux leave everything as it is, until the entry that suspends it is removed from the pins. */
function suspend(construct: Construct): void {
  for (const object of topmostOrdered(construct)) object.addJsonPatch(JsonPatch.add('/spec/suspend', true));
}

function refuse(cluster: FleetCluster, { name }: DeployTarget, made: unknown): never {
  const got = made === undefined ? 'created no construct' : 'returned something that is not a construct';
  throw new FindingsError([
    finding({
      code: 'deployment-empty',
      message: `the function of ${JSON.stringify(name)} ${got} in the cluster ${JSON.stringify(cluster.name)}`,
      hint: 'create constructs in cluster.app, or create them in cluster.construct and return them; if there is nothing to deploy, exclude the cluster with select',
    }),
  ]);
}
