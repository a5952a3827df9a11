import { fail } from '../../findings/findings-error';
import { nearestHint } from '../../findings/nearest-name';
import { shellQuoted } from '../../findings/shell-quoted';
import { firstNames } from '../../plain/first-names';
import type { FleetFacts } from '../../rollout/fleet-file';
import { placesOf, ringNamed } from '../../rollout/rollout-state';
import { clustersOf } from '../../rollout/status';

/** Which clusters a command line names. */
export interface Choice {
  readonly cluster?: readonly string[];
  readonly ring?: readonly string[];
}

/**
 * The clusters that a command line names, in which a component is.
 *
 * @throws FindingsError `component-unknown`, `ring-unknown`
 */
export function chosenClusters(
  fleet: FleetFacts,
  name: string,
  { cluster = [], ring = [] }: Choice,
): readonly string[] {
  const component = fleet.components.find((one) => one.name === name);
  if (!component) {
    const names = fleet.components.map((one) => one.name);
    return fail({
      code: 'component-unknown',
      message: `the fleet has no component ${JSON.stringify(name)}`,
      hint: nearestHint(name, names, `its components are ${firstNames(names, 20)}`),
    });
  }
  const known = clustersOf(fleet, name);
  const wrong = cluster.find((one) => !known.includes(one));
  if (wrong !== undefined) {
    fail({
      code: 'component-unknown',
      message: `${JSON.stringify(name)} is not deployed in the cluster ${JSON.stringify(wrong)}`,
      hint: nearestHint(wrong, known, `it is in ${firstNames(known, 20)}`),
    });
  }
  const ofRings = ring.flatMap((one) =>
    placesOf([component], ringNamed(fleet, one)).map((place) => place.cluster),
  );
  return [...new Set([...cluster, ...ofRings])];
}

/** The lines that suspend or resume a component, one for each Kustomization and cluster. */
export function fluxLines(
  verb: 'suspend' | 'resume',
  { components }: FleetFacts,
  component: string,
  clusters: readonly string[],
): string {
  const { kustomizations = [] } = components.find(({ name }) => name === component) ?? {};
  const lines = clusters.flatMap((cluster) =>
    kustomizations.flatMap(({ namespace, name, clusters: own }) =>
      own.includes(cluster)
        ? [
            `flux ${verb} kustomization ${shellQuoted(name)} --namespace ${shellQuoted(namespace)} --context ${shellQuoted(cluster)}\n`,
          ]
        : [],
    ),
  );
  return lines.join('');
}
