import { finding, type Finding } from '../findings/finding';
import { durationSeconds } from '../plain/duration';
import { isMap, mapOf, type PlainMap } from '../plain/plain-data';
import type { FleetComponent, FleetFacts, FleetKustomization, FleetRing } from './fleet-file';
import { ALL, FLEET_VERSION } from './print-fleet';

/** A fleet, or why its file says nothing. */
export type ParsedFleet =
  | { readonly fleet: FleetFacts; readonly problem?: undefined }
  | { readonly fleet?: undefined; readonly problem: Finding };

/** Whether a text is, or was before someone edited it, a file of ours: other tools have files of this name. */
export function isFleetFile(content: string): boolean {
  return content.includes('cdk8s-flux promote');
}

/** A mistake in the file, in words that follow "the file". */
class NoFleet extends Error {}

/**
 * Reads the file of a fleet. It is generated, so that one fault is enough to refuse all of it.
 *
 * @param file - its path from the root of the repository
 */
export function parseFleet(content: string, file: string): ParsedFleet {
  try {
    return { fleet: fleetOf(dataOf(content)) };
  } catch (error) {
    if (!(error instanceof NoFleet)) throw error;
    const message = `${JSON.stringify(file)} ${error.message}`;
    const hint = 'run npx cdk8s-flux synth, which writes it; if there is no fleet any more, remove the file';
    return { problem: finding({ code: 'fleet-file-invalid', message, hint, locations: [{ file }] }) };
  }
}

function dataOf(content: string): PlainMap {
  let data: unknown;
  try {
    data = JSON.parse(content);
  } catch {
    throw new NoFleet('is not valid JSON');
  }
  if (!isMap(data) || typeof data.version !== 'number') throw new NoFleet('does not describe a fleet');
  if (data.version === FLEET_VERSION) return data;
  throw new NoFleet(`has version ${data.version}; only version ${FLEET_VERSION} is supported`);
}

function fleetOf(data: PlainMap): FleetFacts {
  if (!Array.isArray(data.rings)) throw new NoFleet('has no list of rings');
  const rings = data.rings.map(ringOf);
  const byName = new Map(rings.map((ring) => [ring.name, ring]));
  if (byName.size < rings.length) throw new NoFleet('has two rings with the same name');
  const components = Object.entries(mapIn(data, 'components')).map(([name, component]): FleetComponent => {
    const { pins, kustomizations } = isMap(component) ? component : {};
    return {
      name,
      pins: words(pins),
      kustomizations: Object.entries(mapOf(kustomizations)).map(([id, clusters]) =>
        kustomizationOf(id, clusters, byName),
      ),
    };
  });
  return { rings, components };
}

function ringOf(ring: unknown): FleetRing {
  if (!isMap(ring) || typeof ring.name !== 'string') throw new NoFleet('has a ring without a name');
  const { name, soak } = ring;
  if (typeof soak !== 'string' || durationSeconds(soak) === undefined)
    throw new NoFleet('has a ring without a soak time');
  const clusters = Object.entries(mapIn(ring, 'clusters')).map(([cluster, path]) => {
    if (typeof path !== 'string') throw new NoFleet('has a cluster without a path');
    return [cluster, path] as const;
  });
  return { name, soak, clusters: new Map(clusters) };
}

function kustomizationOf(
  id: string,
  byRing: unknown,
  rings: ReadonlyMap<string, FleetRing>,
): FleetKustomization {
  const slash = id.indexOf('/');
  if (slash < 1) throw new NoFleet('has a Kustomization without a namespace');
  const clusters = Object.entries(mapOf(byRing)).flatMap(([name, names]) => {
    const ring = rings.get(name);
    if (!ring) throw new NoFleet('has a component in a ring that it does not list');
    const own = names === ALL ? [...ring.clusters.keys()] : words(names);
    if (own.some((cluster) => !ring.clusters.has(cluster)))
      throw new NoFleet('has a component in a cluster that it does not list');
    return own;
  });
  return { namespace: id.slice(0, slash), name: id.slice(slash + 1), clusters };
}

function mapIn(data: PlainMap, key: string): PlainMap {
  const value = data[key];
  if (!isMap(value)) throw new NoFleet(`has no ${key}`);
  return value;
}

function words(value: unknown): readonly string[] {
  if (typeof value !== 'string')
    throw new NoFleet('has a list of names that contains something other than text');
  return value.split(' ').filter((word) => word !== '');
}
