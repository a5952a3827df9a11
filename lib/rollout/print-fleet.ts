import { compareText } from '../plain/compare-text';
import { groupBy } from '../plain/group-by';
import type { FleetComponent, FleetFacts, FleetKustomization, FleetRing } from './fleet-file';

export const FLEET_VERSION = 1;
/** Stands for all clusters of a ring. */
export const ALL = '*';

const ABOUT =
  'the rings and components of the fleet, for cdk8s-flux promote, rollback, status and suspend; synth writes this file';

/**
 * Prints the file of a fleet, each thing on a line of its own, so that git merges two branches' changes. Names of
 * clusters are separated by spaces, and `*` stands for all of a ring; the layout is one that formatters leave alone.
 */
export function printFleet({ rings, components }: FleetFacts): string {
  const ringOf = new Map(
    rings.flatMap((ring) => [...ring.clusters.keys()].map((name) => [name, ring] as const)),
  );
  const sorted = [...components].sort((a, b) => compareText(a.name, b.name));
  return [
    '{',
    `  "version": ${FLEET_VERSION},`,
    `  "about": ${text(ABOUT)},`,
    `  "rings": ${block('[]', rings.map(printRing), 2)},`,
    `  "components": ${block(
      '{}',
      sorted.map((component) => printComponent(component, ringOf)),
      2,
    )}`,
    '}',
    '',
  ].join('\n');
}

function printRing({ name, soak, clusters }: FleetRing): string {
  const sorted = [...clusters].sort(([a], [b]) => compareText(a, b));
  const lines = sorted.map(([cluster, path]) => `${text(cluster)}: ${text(path)}`);
  const entries = [`"name": ${text(name)}`, `"soak": ${text(soak)}`, `"clusters": ${block('{}', lines, 6)}`];
  return block('{}', entries, 4);
}

function printComponent(
  { name, pins, kustomizations }: FleetComponent,
  ringOf: ReadonlyMap<string, FleetRing>,
): string {
  const applied = [...kustomizations].sort((a, b) => compareText(nameOf(a), nameOf(b)));
  const lines = applied.map((one) => `${text(nameOf(one))}: ${block('{}', clustersByRing(one, ringOf), 8)}`);
  const entries = [
    `"pins": ${text([...new Set(pins)].sort(compareText).join(' '))}`,
    `"kustomizations": ${block('{}', lines, 6)}`,
  ];
  return `${text(name)}: ${block('{}', entries, 4)}`;
}

/** A line for each ring, in which clusters are sorted by name. */
function clustersByRing({ clusters }: FleetKustomization, ringOf: ReadonlyMap<string, FleetRing>): string[] {
  const byRing = groupBy(new Set(clusters), (cluster) => ringOf.get(cluster));
  const rings = new Set(ringOf.values());
  return [...rings].flatMap((ring) => {
    const own = byRing.get(ring) ?? [];
    if (own.length === 0) return [];
    const names = own.length === ring.clusters.size ? ALL : own.sort(compareText).join(' ');
    return `${text(ring.name)}: ${text(names)}`;
  });
}

function nameOf({ namespace, name }: FleetKustomization): string {
  return `${namespace}/${name}`;
}

/** A list or map over several lines. */
function block(brackets: '[]' | '{}', entries: readonly string[], column: number): string {
  const [open = '', close = ''] = brackets;
  if (entries.length === 0) return brackets;
  const indent = ' '.repeat(column);
  return `${open}\n${entries.map((entry) => `${indent}  ${entry}`).join(',\n')}\n${indent}${close}`;
}

function text(value: string): string {
  return JSON.stringify(value);
}
