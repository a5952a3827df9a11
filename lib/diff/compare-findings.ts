import type { Finding } from '../findings/finding';
import { addToGroup } from '../plain/group-by';
import type { Diff } from './change';

/** What a check finds on one side alone. What only moved to another file is on both. */
export function compareFindings(base: readonly Finding[], head: readonly Finding[]): Diff['findings'] {
  const [gone, added] = unmatched(base, head, ({ fingerprint }) => fingerprint);
  const [left, right] = unmatched(gone, added, subjectOf);
  return { new: right, gone: left };
}

/** What a finding is about, wherever it stands. */
function subjectOf({ code, object, field, message }: Finding): string {
  const { group, kind, namespace, name } = object ?? {};
  return JSON.stringify([code, group, kind, namespace, name, field, object === undefined && message]);
}

/** Those of two lists that have no partner with the same key in the other one. */
function unmatched(
  base: readonly Finding[],
  head: readonly Finding[],
  keyOf: (finding: Finding) => string,
): readonly [Finding[], Finding[]] {
  const free = new Map<string, Finding[]>();
  for (const found of base) addToGroup(free, keyOf(found), found);
  const added = head.filter((found) => free.get(keyOf(found))?.shift() === undefined);
  const left = new Set([...free.values()].flat());
  return [base.filter((found) => left.has(found)), added];
}
