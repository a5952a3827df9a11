import { identityText } from '../../findings/object-name';
import { comparableText } from '../../plain/comparable-text';
import type { FindingLocation } from '../../findings/finding';
import { compareText } from '../../plain/compare-text';
import { groupBy } from '../../plain/group-by';
import { compareWaves } from '../compare-waves';
import { CHANGE_CLASSES, type Change, type ChangeClass, type Diff } from '../change';

/** Changes that are equal in several clusters, told once. */
export interface ChangeGroup {
  /** The change, as the first of the clusters has it. */
  readonly change: Change;
  /** The clusters in which it happens, in code-unit order; empty for the policy of the repository. */
  readonly clusters: readonly string[];
  /**
   * The first wave in which Flux does it in one of these clusters.
   *
   * @default - it belongs to no wave
   */
  readonly wave?: number;
  /** The different places of its object in these clusters. */
  readonly locations: readonly FindingLocation[];
}

/**
 * All changes of a diff, equal ones of several clusters once: the worst class first, then in the order of the waves in which
 * Flux reconciles, then by identity.
 */
export function groupChanges({ clusters, policy }: Pick<Diff, 'clusters' | 'policy'>): ChangeGroup[] {
  const all = [
    ...policy.map((change) => ({ change, cluster: undefined })),
    ...clusters.flatMap(({ name, changes }) => changes.map((change) => ({ change, cluster: name }))),
  ];
  return [...groupBy(all, ({ change, cluster }) => keyOf(change, cluster === undefined)).entries()]
    .map(([key, same]) => {
      const change = (same[0] as (typeof all)[0]).change;
      const names = new Set(same.flatMap(({ cluster }) => (cluster === undefined ? [] : [cluster])));
      const wave = Math.min(...same.map((one) => one.change.wave ?? Infinity));
      const group = {
        change,
        clusters: [...names].sort(compareText),
        ...(wave < Infinity && { wave }),
        locations: placesOf(same),
      };
      return { group, order: orderOf(change), key };
    })
    .sort(
      (a, b) =>
        a.order.class - b.order.class ||
        compareWaves(a.group.wave, b.group.wave) ||
        compareText(a.order.identity, b.order.identity) ||
        compareText(a.key, b.key),
    )
    .map(({ group }) => group);
}

/** How many different changes there are of each class, the worst class first. */
export function countClasses(groups: readonly ChangeGroup[]): [ChangeClass, number][] {
  const byClass = groupBy(groups, ({ change }) => change.class);
  return CHANGE_CLASSES.flatMap((name): [ChangeClass, number][] => {
    const count = byClass.get(name)?.length ?? 0;
    return count > 0 ? [[name, count]] : [];
  });
}

/** What two changes must have in common; the files of their objects may differ. */
function keyOf(change: Change, isPolicy: boolean): string {
  const { object, alongWith = [], fields, versions = [] } = change;
  return comparableText([
    isPolicy,
    change.class,
    object && identityText(object),
    change.owner,
    change.formerOwner,
    change.message,
    change.hint,
    change.deletesFirst === true,
    fields.map(({ path, before, after }) => [path, before === undefined, before, after === undefined, after]),
    versions.map(({ of, name, before, after, step }) => [of, name, before, after, step]),
    alongWith.map(identityText),
  ]);
}

const ranks = new Map(CHANGE_CLASSES.map((name, rank) => [name, rank]));

function orderOf({ class: name, object }: Change): { readonly class: number; readonly identity: string } {
  return { class: ranks.get(name) ?? ranks.size, identity: object ? identityText(object) : '' };
}

function placesOf(same: readonly { readonly change: Change }[]): FindingLocation[] {
  const places = same.flatMap(({ change: { location } }) => (location ? [location] : []));
  return [
    ...groupBy(places, ({ file, line, constructPath }) =>
      JSON.stringify([file, line, constructPath]),
    ).values(),
  ].map(([first]) => first as FindingLocation);
}
