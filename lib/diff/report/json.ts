import { printableJson } from '../../findings/printable';
import type { Diff } from '../change';
import { groupChanges } from './group-changes';

/** Prints a diff for other programs; `schema/diff.schema.json` describes it. Fields may be added, none is removed. */
export function formatDiffJson(diff: Diff): string {
  const { base, head, clusters, policy, clusterCount, findings, uncompared } = diff;
  const groups = groupChanges(diff).map(({ change, clusters: names }) => ({
    class: change.class,
    object: change.object,
    message: change.message,
    clusters: names,
  }));
  return printableJson({ base, head, clusterCount, groups, clusters, policy, findings, uncompared });
}
