import { byCause } from '../../findings/causes';
import { printableJson } from '../../findings/printable';
import type { CheckReport } from '../check-tree';
import { countSeverities } from '../../findings/summary';

/** Prints a report for other programs; `docs/check.md` says what is in it. Fields may be added, none is removed. */
export function formatJson({ findings: all, allowed, graph, folders }: CheckReport): string {
  const findings = byCause(all);
  const clusters = graph.clusters.map(({ name, entry }) => ({ name, entry }));
  const summary = { ...countSeverities(findings), allowed };
  return printableJson({ findings, summary, clusters, folders });
}
