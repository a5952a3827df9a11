import type { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { checkLayout } from '../delivery/check-layout';
import type { Finding } from '../findings/finding';
import { asDirectory, isEntryPath, type Directory } from '../flux/directory';
import { walk } from '../flux/walk';
import { asFleet, type FleetParts } from '../fleet/fleet-parts';
import { checkCluster } from '../graph/unknown-cluster';
import { FLEET_FILE, type FleetFacts } from '../rollout/fleet-file';
import { printFleet } from '../rollout/print-fleet';
import { joinPath } from '../tree/path';
import { TreeFile } from '../tree/tree-file';

/** What is known of an app before the clusters that a part run does not publish are left out. */
export interface WholeApp {
  /** What commands must know of its fleets; `undefined` where there are none with rings. */
  readonly facts?: FleetFacts;
  /** The directories that are in no other: those of all its clusters. */
  readonly roots: readonly Directory[];
  /** What is wrong between clusters, of which some are left out. */
  readonly findings: readonly Finding[];
}

/**
 * Looks at an app as a whole. For a part run it then takes out the clusters of fleets that are not asked for, so that their
 * objects are neither rendered nor checked. Where clusters share files, what is shared follows from all of them.
 *
 * @param wanted - the only cluster to publish
 * @throws FindingsError `cluster-unknown`
 */
export function wholeApp(app: App, wanted: string | undefined): WholeApp {
  const roots: Directory[] = [];
  const fleets: { readonly construct: IConstruct; readonly fleet: FleetParts }[] = [];
  for (const construct of walk(app)) {
    const directory = asDirectory(construct);
    if (directory && directory.parent === undefined) roots.push(directory);
    const fleet = asFleet(construct);
    if (fleet) fleets.push({ construct, fleet });
  }
  const known = fleets.flatMap(({ fleet }) => fleet.facts() ?? []);
  const facts = known.length > 0 ? { facts: joined(known) } : {};
  if (wanted === undefined) return { roots, findings: [], ...facts };
  // A fleet has not created the objects of other clusters: without this, each of them would be reported as empty.
  checkCluster(
    wanted,
    roots.filter(isEntryPath).map(({ construct }) => construct.node.id),
  );
  for (const { construct, fleet } of fleets) {
    if (!fleet.sharesFiles)
      for (const name of fleet.clusters) if (name !== wanted) construct.node.tryRemoveChild(name);
  }
  return { roots, findings: checkLayout(roots), ...facts };
}

function joined(fleets: readonly FleetFacts[]): FleetFacts {
  return {
    rings: fleets.flatMap(({ rings }) => rings),
    components: fleets.flatMap(({ components }) => components),
  };
}

/** The file that tells commands of the fleet; `undefined` where there is none. */
export function fleetFile({ facts }: WholeApp, owner: string): TreeFile | undefined {
  if (!facts) return undefined;
  return TreeFile.fromBytes(fleetPath(owner), Buffer.from(printFleet(facts)), { owner });
}

/** Where that file is. */
export function fleetPath(home: string): string {
  return joinPath(home, FLEET_FILE);
}
