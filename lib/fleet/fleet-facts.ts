import { addToGroup } from '../plain/group-by';
import type { FleetComponent, FleetFacts, FleetKustomization } from '../rollout/fleet-file';
import type { ClusterRegister } from './cluster-register';
import type { DeploymentResults } from './deployment-results';
import type { PinBoard } from './pin-board';

/** What commands must know of a fleet: its rings, and what applies each deployment in which clusters. */
export function factsOf(
  register: ClusterRegister,
  deployments: Iterable<DeploymentResults>,
  pins: PinBoard,
): FleetFacts {
  const rings = register.rings.map(({ name, soak, clusters }) => ({
    name,
    soak,
    clusters: new Map(
      clusters.map((cluster) => [cluster, register.find(cluster).construct.entryPath] as const),
    ),
  }));
  const components = [...deployments].map((results): FleetComponent => ({
    name: results.name,
    pins: pins.pinsOf(results.name),
    kustomizations: kustomizationsOf(results),
  }));
  return { rings, components };
}

/** The Kustomizations of a deployment; most have the same name in all clusters. */
function kustomizationsOf(results: DeploymentResults): FleetKustomization[] {
  const clusters = new Map<string, string[]>();
  for (const [cluster, { kustomizations }] of results.made)
    for (const key of kustomizations) addToGroup(clusters, key, cluster);
  return [...clusters].map(([key, names]) => {
    const [namespace = '', name = ''] = key.split('/');
    return { namespace, name, clusters: names };
  });
}
