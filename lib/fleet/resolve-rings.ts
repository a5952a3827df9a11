import type { OwnFindingInput } from '../findings/finding';
import { plural } from '../findings/summary';
import { durationText, isDuration, isDurationText } from '../flux/duration';
import type { ClusterFacts } from './cluster-facts';
import type { FleetRing, ResolvedRing } from './ring';
import { describeSelection, isSelected } from './select';

/** The rings of a fleet, and what is wrong with them. */
export interface ResolvedRings {
  readonly rings: readonly ResolvedRing[];
  /** By cluster, its ring. */
  readonly ringOf: ReadonlyMap<string, string>;
  readonly problems: readonly OwnFindingInput[];
}

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/** Deals clusters out to rings. A cluster that several rings select is in the first of them. */
export function resolveRings(given: readonly FleetRing[], clusters: readonly ClusterFacts[]): ResolvedRings {
  const ringOf = new Map<string, string>();
  const problems: OwnFindingInput[] = [];
  const taken = new Map<string, string>();
  const rings = given.flatMap((ring, index) => {
    const field = `rings[${index}]`;
    problems.push(...ringProblems(ring, field));
    const selected = clusters.filter((cluster) => isSelected(cluster, ring.select));
    problems.push(...emptyParts(ring, selected.length, field));
    const twice = selected.filter(({ name }) => taken.has(name));
    if (twice.length > 0) problems.push(overlap(ring, field, twice, taken));
    const own = selected.filter(({ name }) => !taken.has(name)).map(({ name }) => name);
    for (const name of own) taken.set(name, ring.name);
    return batchesOf(ring, own);
  });
  for (const { name, clusters: own } of rings) for (const cluster of own) ringOf.set(cluster, name);
  return { rings, ringOf, problems: [...problems, ...sameNames(rings)] };
}

/** One ring, or one for each batch. */
function batchesOf({ name, batches, soak }: FleetRing, clusters: readonly string[]): ResolvedRing[] {
  const text = soakText(soak) ?? '0s';
  const count = Number.isInteger(batches) ? Math.max(1, batches as number) : 1;
  if (batches === undefined) return [{ name, soak: text, clusters }];
  return Array.from({ length: count }, (_, batch) => ({
    name: `${name}-${batch + 1}`,
    soak: text,
    clusters: clusters.filter((_cluster, index) => index % count === batch),
  }));
}

function soakText(soak: FleetRing['soak']): string | undefined {
  if (typeof soak === 'object' && soak !== null && isDuration(soak)) return durationText(soak);
  return typeof soak === 'string' && isDurationText(soak) ? soak : undefined;
}

function ringProblems({ name, soak, batches }: FleetRing, field: string): OwnFindingInput[] {
  const problems: OwnFindingInput[] = [];
  if (!NAME.test(name)) {
    problems.push({
      code: 'argument-invalid',
      message: `got ${JSON.stringify(name)}; must be letters, digits, ".", "_" and "-"`,
      hint: 'use a name such as "production"',
      field: `${field}.name`,
    });
  }
  if (soak !== undefined && soakText(soak) === undefined) {
    problems.push({
      code: 'duration-invalid',
      message: `got ${JSON.stringify(soak)}, which is not a duration`,
      hint: 'use for example "30m" or "24h"',
      field: `${field}.soak`,
    });
  }
  if (batches !== undefined && !(Number.isInteger(batches) && batches >= 1)) {
    problems.push({
      code: 'argument-invalid',
      message: `got ${JSON.stringify(batches)}; must be a whole number of at least 1`,
      hint: 'set the number of batches in which the clusters get a new version, or remove it',
      field: `${field}.batches`,
    });
  }
  return problems;
}

/** A ring without clusters, or batches without clusters. */
function emptyParts(
  { name, select, batches = 1 }: FleetRing,
  count: number,
  field: string,
): OwnFindingInput[] {
  if (count === 0) {
    return [
      {
        code: 'selection-empty',
        message: `the ring ${JSON.stringify(name)} is empty, because no cluster matches ${describeSelection(select)}`,
        hint: 'correct select, or remove the ring',
        field: `${field}.select`,
      },
    ];
  }
  if (!Number.isInteger(batches) || batches <= count) return [];
  return [
    {
      code: 'batch-empty',
      message: `got ${batches}, but the ring ${JSON.stringify(name)} selects ${plural(count, 'cluster')}: the batches from ${JSON.stringify(`${name}-${count + 1}`)} on are empty`,
      hint: `set batches to ${count} or less`,
      field: `${field}.batches`,
    },
  ];
}

function overlap(
  { name }: FleetRing,
  field: string,
  twice: readonly ClusterFacts[],
  taken: ReadonlyMap<string, string>,
): OwnFindingInput {
  const names = twice.map((cluster) => `${cluster.name} (also in ${taken.get(cluster.name)})`);
  return {
    code: 'ring-overlap',
    message: `clusters of the ring ${JSON.stringify(name)} are also in an earlier ring: ${names.join(', ')}`,
    hint: 'narrow one of the selections: a cluster can be in only one ring',
    field: `${field}.select`,
  };
}

function sameNames(rings: readonly ResolvedRing[]): OwnFindingInput[] {
  const names = rings.map(({ name }) => name);
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  return twice.map((name) => ({
    code: 'argument-invalid',
    message: `two rings have the name ${JSON.stringify(name)}; the name of a batch is the name of its ring and a number`,
    hint: 'give one of them another name',
    field: 'rings',
  }));
}
