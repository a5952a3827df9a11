import { comparableText } from '../../plain/comparable-text';
import type { FindingLocation, ObjectIdentity } from '../../findings/finding';
import { groupBy } from '../../plain/group-by';
import type { ChangeGroup } from './group-changes';

/** Objects of which one and the same is told. */
export interface ChangeBundle extends ChangeGroup {
  /** The objects, in the order of their changes; empty for a change without an object. */
  readonly objects: readonly ObjectIdentity[];
}

/** Tells once what happens alike to several objects of one Kustomization. */
export function bundleGroups(groups: readonly ChangeGroup[]): ChangeBundle[] {
  return [...groupBy(groups, (group) => keyOf(group)).values()].map((same) => {
    const [first] = same as [ChangeGroup];
    return {
      ...first,
      objects: same.flatMap(({ change }) => change.object ?? []),
      locations: same.flatMap(({ locations }): readonly FindingLocation[] => locations),
    };
  });
}

/** What a report shows of a change beside its object. A change that takes other objects along is listed separately. */
function keyOf({ change, clusters }: ChangeGroup): string | ChangeGroup['change'] {
  const { owner, formerOwner, message, hint, deletesFirst, fields, versions, alongWith = [] } = change;
  if (!change.object || alongWith.length > 0) return change;
  return comparableText([
    change.class,
    clusters,
    [owner, formerOwner, message, hint, deletesFirst ?? false].map((part) => part ?? ''),
    fields.map(({ path, before, after }) => [path, before === undefined, before, after === undefined, after]),
    versions ?? [],
  ]);
}
