import { groupBy } from '../plain/group-by';
import type { FluxComponent } from './components';
import { DELIVERY_KINDS } from './delivery';
import type { FluxKind, KindReference } from './flux-kind';
import { IMAGE_KINDS } from './images';
import { NOTIFICATION_KINDS } from './notifications';
import { OPERATOR_KINDS } from './operator';
import { SOURCE_KINDS } from './sources';

/** Every kind of Flux and of its operator. */
export const FLUX_KINDS: readonly FluxKind[] = [
  ...DELIVERY_KINDS,
  ...SOURCE_KINDS,
  ...IMAGE_KINDS,
  ...NOTIFICATION_KINDS,
  ...OPERATOR_KINDS,
];

const byIdentity = new Map(FLUX_KINDS.map((known) => [`${known.group}/${known.kind}`, known]));
const byName = new Map(FLUX_KINDS.map((known) => [known.kind, known]));
const byGroup = groupBy(FLUX_KINDS, ({ group }) => group);

/** What is known of a kind of Flux; `undefined` for all other kinds. */
export function fluxKind(group: string, kind: string): FluxKind | undefined {
  return byIdentity.get(`${group}/${kind}`);
}

/** What is known of a kind of Flux by its name alone, as fields name kinds; `undefined` for all other kinds. */
export function fluxKindNamed(kind: string): FluxKind | undefined {
  return byName.get(kind);
}

/** The API version and kind of a new object: the version that Flux prefers. */
export function fluxType<Kind extends string>(kind: Kind): { apiVersion: string; kind: Kind } {
  const known = fluxKindNamed(kind);
  if (!known) throw new Error(`unknown Flux kind ${kind}`);
  return { apiVersion: `${known.group}/${known.versions[0].name}`, kind };
}

/** The controller that acts on a kind; for an unknown kind of a known group, the one that acts on its neighbours. */
export function controllerOf(group: string, kind: string): FluxComponent | undefined {
  return (fluxKind(group, kind) ?? byGroup.get(group)?.[0])?.controller;
}

const byField = new Map<string, KindReference>();
const byPath = new Map<string, KindReference>();
for (const { kind, references = [] } of FLUX_KINDS) {
  for (const reference of references) {
    const path = reference.path.replaceAll('[]', '');
    byPath.set(`${kind}.${path}`, reference);
    const field = path.slice(path.lastIndexOf('.') + 1);
    if (!byField.has(field)) byField.set(field, reference);
  }
}

/**
 * The reference that a field of an object is; `undefined` for one that is none.
 *
 * @param kind - the kind of the object; in one that we do not know, a field means what its name means in Flux
 * @param path - the field, without places in lists, for example `spec.include.repository`
 */
export function referenceAt(kind: string, path: string): KindReference | undefined {
  const known = byPath.get(`${kind}.${path}`);
  return known ?? (byName.has(kind) ? undefined : byField.get(path.slice(path.lastIndexOf('.') + 1)));
}
