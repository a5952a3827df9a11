import { finding, type Finding } from '../findings/finding';
import { nearestHint } from '../findings/nearest-name';
import { firstNames } from '../plain/first-names';
import { groupBy } from '../plain/group-by';
import { isOver } from './emergencies';
import type { FleetFacts } from './fleet-file';
import type { Pins, Suspension } from './pins';

/** What of a fleet is not as its rings have it: what is suspended where, and which emergencies are not over. */
export function describeFleet(pins: Pins, fleet: FleetFacts): Finding[] {
  return [...emergencies(pins, fleet), ...suspensions(pins, fleet)];
}

function emergencies(pins: Pins, { rings }: FleetFacts): Finding[] {
  return pins.emergencies.map((emergency) => {
    const { pin, ring, value, since, reason, line } = emergency;
    const isDone = isOver(emergency, rings, (name) => pins.value(pin, name));
    return finding({
      code: 'pin-emergency',
      message: `the ring ${JSON.stringify(ring)} got ${JSON.stringify(value)} of the pin ${JSON.stringify(pin)} by an emergency promotion on ${since}: ${reason}`,
      hint: isDone
        ? 'the earlier rings have caught up: remove the entry; the next promotion of the pin also removes it'
        : `promote the value in the earlier rings too: cdk8s-flux promote ${pin}`,
      field: `emergencies.${pin}.${ring}`,
      locations: [{ file: pins.file, line }],
    });
  });
}

/** If a component is suspended in several clusters for the same reason, there is one finding. */
function suspensions(pins: Pins, fleet: FleetFacts): Finding[] {
  const places = new Map(
    fleet.components.map(({ name, kustomizations }) => [
      name,
      new Set(kustomizations.flatMap(({ clusters }) => clusters)),
    ]),
  );
  const isKnown = ({ component, cluster }: Suspension) => places.get(component)?.has(cluster) === true;
  const groups = groupBy(pins.suspensions.filter(isKnown), ({ component, since, reason }) =>
    JSON.stringify([component, since, reason]),
  );
  return [
    ...pins.suspensions.filter((one) => !isKnown(one)).map((one) => unknown(pins, one, places)),
    ...[...groups.values()].flatMap(([first, ...more]) => {
      if (!first) return [];
      const { component, since, reason, line } = first;
      const clusters = [first, ...more].map(({ cluster }) => cluster);
      return finding({
        code: 'component-suspended',
        message: `${JSON.stringify(component)} is suspended in ${firstNames(clusters, 5)} since ${since}: ${reason}`,
        hint: `resume it with: cdk8s-flux resume ${component}`,
        field: `suspended.${component}.${first.cluster}`,
        locations: [{ file: pins.file, line }],
      });
    }),
  ];
}

function unknown(
  pins: Pins,
  { component, cluster, line }: Suspension,
  places: ReadonlyMap<string, ReadonlySet<string>>,
): Finding {
  const clusters = places.get(component);
  const [mistyped, known] = clusters ? [cluster, clusters] : [component, places.keys()];
  return finding({
    code: 'suspension-unknown',
    message: clusters
      ? `${JSON.stringify(component)} is not deployed in the cluster ${JSON.stringify(cluster)}, so the entry has no effect`
      : `the fleet has no component ${JSON.stringify(component)}, so the entry has no effect`,
    hint: nearestHint(mistyped, known, 'remove the entry'),
    field: `suspended.${component}.${cluster}`,
    locations: [{ file: pins.file, line }],
  });
}
