import type { Finding, ObjectIdentity } from '../../findings/finding';
import { plural } from '../../findings/summary';
import { firstNames } from '../../plain/first-names';
import type { Diff } from '../change';
import type { ChangeBundle } from './bundle-groups';
import { countClasses, type ChangeGroup } from './group-changes';

/** An object as people write it: `Deployment apps/podinfo`. */
export function objectText({ kind, namespace, name }: ObjectIdentity): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** The other places of a finding that is also true elsewhere: ` and 5 more places`. */
export function morePlaces({ occurrences = [] }: Finding): string {
  return occurrences.length > 1 ? ` and ${plural(occurrences.length - 1, 'more place')}` : '';
}

/** What several changes are about: their only object, or how many there are. */
export function subjectOfAll(bundle: ChangeBundle): string {
  const { objects } = bundle;
  return objects.length < 2 ? subjectOf(bundle) : plural(objects.length, 'object');
}

/** What a change is about: its object, or what it concerns without one. */
export function subjectOf({ change, clusters }: ChangeGroup): string {
  if (change.object) return objectText(change.object);
  return clusters.length === 0 ? 'policy' : 'cluster';
}

/** Where something happens, up to the names of the clusters: `in 12 clusters: `. */
export function inClusters(count: number): string {
  return count === 1 ? 'in cluster ' : `in ${count} clusters: `;
}

/** What a diff comes to, by class: `1 deleted, 3 changed`. */
export function classCounts(groups: readonly ChangeGroup[]): string {
  return countClasses(groups)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}

/** What a diff says beside its changes: findings that are new or gone, and what could not be compared. */
export function besideChanges({ findings, uncompared }: Diff): string[] {
  return [
    ...(findings.new.length > 0 ? [plural(findings.new.length, 'new finding')] : []),
    ...(findings.gone.length > 0 ? [`${plural(findings.gone.length, 'finding')} resolved`] : []),
    ...(uncompared.length > 0 ? [`${uncompared.length} not compared`] : []),
  ];
}

/** What a diff comes to, in one line. */
export function summaryOf(diff: Diff, groups: readonly ChangeGroup[]): string {
  return `${summaryParts(diff, groups)
    .map(({ text, names }) => text + firstNames(names))
    .join('; ')}`;
}

/** The parts of the summary line: each is our own text, and names of clusters that follow it. */
export function summaryParts(
  diff: Diff,
  groups: readonly ChangeGroup[],
): { readonly text: string; readonly names: readonly string[] }[] {
  const names = diff.clusters.map(({ name }) => name);
  const all = plural(diff.clusterCount, 'cluster');
  const beside = besideChanges(diff).map((text) => ({ text, names: [] }));
  if (groups.length === 0) return [{ text: `no changes in ${all}`, names: [] }, ...beside];
  const where =
    names.length === 0 ? '' : diff.clusterCount === 1 ? ' in cluster ' : ` in ${names.length} of ${all}: `;
  return [{ text: `${classCounts(groups)}${where}`, names }, ...beside];
}
