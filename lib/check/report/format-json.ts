import { byCause } from '../../findings/causes';
import type { Finding } from '../../findings/finding';
import { uniquePlaces } from '../../findings/unique-places';
import { printableJson } from '../../findings/printable';
import type { CheckReport } from '../check-tree';
import { countSeverities } from '../../findings/summary';

/** Prints a report for other programs; `docs/check.md` says what is in it. Fields may be added, none is removed. */
export function formatJson({ findings: all, allowed, graph, folders }: CheckReport): string {
  const findings = byCause(all).map(withAllPlaces);
  const clusters = graph.clusters.map(({ name, entry }) => ({ name, entry }));
  const summary = { ...countSeverities(findings), allowed };
  return printableJson({ findings, summary, clusters, folders });
}

/** A finding with the places of all that have its cause, so that a program that looks for a place finds it. */
function withAllPlaces(found: Finding): Finding {
  const { occurrences = [found] } = found;
  return { ...found, locations: uniquePlaces(occurrences.flatMap(({ locations }) => locations)) };
}
