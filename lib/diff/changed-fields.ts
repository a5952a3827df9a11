import { cutList } from '../plain/first-names';
import type { FieldChange } from './change';
import type { ChangedObject } from './classifier';
import { isAtOrWithin, touches } from './compare/change-path';
import { apiGroup } from '../tree/manifest';

/** The changed fields of an object that are some fields, lie within one of them, or hold one. */
export function changedFields({ fields }: ChangedObject, ...names: readonly string[]): FieldChange[] {
  return fields.filter(({ path }) => names.some((name) => touches(path, name)));
}

/** The changed fields within a field, without those within some others. */
export function changedWithin(
  { fields }: ChangedObject,
  outer: string,
  except: readonly string[] = [],
): FieldChange[] {
  return fields.filter(
    ({ path }) => isAtOrWithin(path, outer) && !except.some((field) => isAtOrWithin(path, field)),
  );
}

/** Whether an object is of a kind, whatever the version of its API. */
export function isOfKind({ after }: ChangedObject, group: string, ...kinds: readonly string[]): boolean {
  return kinds.includes(after.object.kind) && apiGroup(after.object.apiVersion) === group;
}

/** Names in a sentence: `a, b and c`, or the first ones and how many follow. */
export function listed(names: readonly string[], most = 5): string {
  const { shown, more } = cutList(names, most);
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return [shown.slice(0, -1).join(', '), shown.at(-1)].filter(Boolean).join(' and ');
}

/** What happens to some fields: `spec.path changes`, `spec.path and spec.sourceRef change`. */
export function fieldsChange(fields: readonly FieldChange[]): string {
  return `${listed(fields.map(({ path }) => path))} ${fields.length === 1 ? 'changes' : 'change'}`;
}
