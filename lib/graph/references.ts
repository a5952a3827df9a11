import type { KindReference } from '../kinds/flux-kind';
import { fluxKind } from '../kinds/flux-kinds';
import type { ObjectIdentity } from '../findings/finding';
import type { ManifestObject } from '../tree/manifest';
import { apiGroup } from '../tree/manifest';
import type { EdgeKind } from './graph';
import { groupOfKind, isClusterScoped } from './kinds';
import { nodeId } from './node-id';
import { once } from '../plain/once';
import { listOf, mapOf, textOf, valueAt, type PlainMap } from '../plain/plain-data';

/** A reference from a Flux object to another object. */
export interface Reference {
  readonly kind: EdgeKind;
  readonly field: string;
  readonly optional: boolean;
  /** The group, kind, namespace and name of the other object. */
  readonly target: {
    readonly group: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
  };
  /** The identity of the other object, as far as its kind is known. */
  readonly identity: ObjectIdentity;
  /** The node of the other object. */
  readonly to: string;
}

/** The references of a Flux object. Those by label or with `*` for a name are left out: they name no single object. */
export const referencesOf = once((object: ManifestObject): readonly Reference[] => {
  const fields = fluxKind(apiGroup(object.apiVersion), object.kind)?.references ?? [];
  const namespace = textOf(object.metadata?.namespace) ?? '';
  const found: Reference[] = [];
  for (const field of fields) {
    if (field.edge === undefined) continue;
    visitValues(object, field.path, '', (value, path) => {
      // A health check has no default for the namespace.
      found.push(...referenceIn(value, field, path, field.edge === 'health-check' ? '' : namespace));
    });
  }
  return found;
});

/** Visits the values at a path, in which `[]` means every item of a list, each with its own path. */
function visitValues(
  value: unknown,
  path: string,
  at: string,
  visit: (value: unknown, path: string) => void,
): void {
  const end = path.indexOf('.');
  const part = end < 0 ? path : path.slice(0, end);
  const isList = part.endsWith('[]');
  const key = isList ? part.slice(0, -2) : part;
  const inner = valueAt(value, key);
  if (inner === undefined) return;
  const here = at === '' ? key : `${at}.${key}`;
  const enter = (entry: unknown, place: string): void => {
    if (end < 0) visit(entry, place);
    else visitValues(entry, path.slice(end + 1), place, visit);
  };
  if (!isList) enter(inner, here);
  else listOf(inner).forEach((entry, index) => enter(entry, `${here}[${index}]`));
}

function referenceIn(
  value: unknown,
  { edge, kinds, by }: KindReference,
  field: string,
  namespace: string,
): Reference[] {
  const entry: PlainMap = by === 'text' ? { name: value } : mapOf(value);
  const kind = kinds !== 'any' && (by === 'text' || by === 'name') ? kinds[0] : textOf(entry.kind);
  const name = textOf(entry.name);
  if (edge === undefined || kind === undefined || name === undefined || name === '*') return [];
  const apiVersion = textOf(entry.apiVersion);
  // The controller takes apps/v1 for a health check without a version.
  const usual = groupOfKind(kind) || (edge === 'health-check' ? 'apps' : '');
  const group = apiVersion === undefined ? usual : apiGroup(apiVersion);
  const target = { group, kind, namespace: textOf(entry.namespace) ?? namespace, name };
  const isWide = target.namespace === '' || isClusterScoped(group, kind);
  const identity = isWide ? { group, kind, name } : target;
  return [{ kind: edge, field, optional: entry.optional === true, target, identity, to: nodeId(identity) }];
}
