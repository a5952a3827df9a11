import type { Finding } from '../findings/finding';
import { addToGroup } from '../plain/group-by';
import type { Diff } from './change';

/**
 * What a check finds on one side alone. What only moved to another file is on both, as is what stands at its place while
 * the object has another name, what is in the same file while it has another namespace, and what concerns several objects
 * while another one is the first of them.
 */
export function compareFindings(base: readonly Finding[], head: readonly Finding[]): Diff['findings'] {
  const [gone, added] = unmatched(base, head, ({ fingerprint }) => fingerprint);
  const [moved, other] = unmatched(gone, added, subjectOf);
  const [former, renamed] = unmatched(moved, other, placeOf);
  const [known, found] = unmatched(former, renamed, nameInFile);
  const [left, right] = unmatched(known, found, withoutCount);
  return { new: right, gone: left };
}

/** What a finding is about, independent of its place. */
function subjectOf({ code, object, field, message }: Finding): string {
  const { group, kind, namespace, name } = object ?? {};
  return JSON.stringify([code, group, kind, namespace, name, field, object === undefined && message]);
}

/** The place of a finding, independent of the name of its object. */
function placeOf({ code, object, field, locations, fingerprint }: Finding): string {
  const { file, line } = locations[0] ?? {};
  const isPlace = object !== undefined && line !== undefined;
  return isPlace ? JSON.stringify([code, object.group, object.kind, field, file, line]) : fingerprint;
}

/** What a finding says of which object, independent of the namespace and the line. */
function nameInFile({ code, object, field, message, locations, fingerprint }: Finding): string {
  const file = locations[0]?.file;
  if (object === undefined || file === undefined) return fingerprint;
  return JSON.stringify([code, object.group, object.kind, object.name, field, message, file]);
}

/** What an info says of its object and others like it. */
function withoutCount({ code, severity, message, fingerprint }: Finding): string {
  const text = message.replace(/^this Kustomization (?:has|and \d+ more have) /, '');
  return severity === 'info' && text !== message ? JSON.stringify([code, text]) : fingerprint;
}

/** Entries of two lists that have no partner with the same key in the other list. */
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
