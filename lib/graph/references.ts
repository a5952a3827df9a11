import type { KindReference } from '../kinds/flux-kind';
import { fluxKind } from '../kinds/flux-kinds';
import type { ManifestObject } from '../tree/manifest';
import { apiGroup } from '../tree/manifest';
import type { EdgeKind } from './graph';
import { groupOfKind } from './kinds';
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
}

/** The references of a Flux object. Those by label or with `*` for a name are left out: they name no single object. */
export function referencesOf(object: ManifestObject): Reference[] {
  const fields = fluxKind(apiGroup(object.apiVersion), object.kind)?.references ?? [];
  const namespace = textOf(object.metadata?.namespace) ?? '';
  return fields.flatMap((field) =>
    field.edge === undefined
      ? []
      : valuesAt(object, field.path).flatMap(([path, value]) => referenceIn(value, field, path, namespace)),
  );
}

/** The values at a path, in which `[]` stands for every place of a list, each with its own path. */
function valuesAt(object: unknown, path: string): [path: string, value: unknown][] {
  let found: [string, unknown][] = [['', object]];
  for (const part of path.split('.')) {
    const key = part.replace('[]', '');
    found = found
      .map(([at, value]): [string, unknown] => [at === '' ? key : `${at}.${key}`, valueAt(value, key)])
      .filter(([, value]) => value !== undefined);
    if (found.length === 0) return [];
    if (part !== key)
      found = found.flatMap(([at, list]) =>
        listOf(list).map((entry, index): [string, unknown] => [`${at}[${index}]`, entry]),
      );
  }
  return found;
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
  const group = apiVersion === undefined ? groupOfKind(kind) : apiGroup(apiVersion);
  const target = { group, kind, namespace: textOf(entry.namespace) ?? namespace, name };
  return [{ kind: edge, field, optional: entry.optional === true, target }];
}
