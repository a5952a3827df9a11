import { referenceAt } from '../kinds/flux-kinds';
import type { EntrySet, Fields } from '../kinds/secret-entries';
import { providerType } from './provider-types';

/**
 * What a field that names a Secret needs of it: all entries of one of the sets. Nothing where any entries may do.
 *
 * @param kind - the kind of the object that refers
 * @param path - the field below its spec, without places in lists
 * @param spec - the spec of the object
 */
export function secretNeeds(kind: string, path: string, spec: Fields): readonly EntrySet[] | undefined {
  if (kind === 'Provider' && path === 'secretRef') return providerNeeds(spec);
  return referenceAt(kind, `spec.${path}`)?.entries?.(spec);
}

/** Whether a Secret has what is needed. */
export function hasEntries(names: readonly string[], needs: readonly EntrySet[]): boolean {
  return needs.some((set) => set.every((entry) => names.some((name) => fits(name, entry))));
}

function fits(name: string, entry: string): boolean {
  return entry.startsWith('*') ? name.endsWith(entry.slice(1)) : name === entry;
}

/** A Provider's address may be in its Secret, beside what the type needs. */
function providerNeeds({ type, address }: Fields): readonly EntrySet[] {
  const known = providerType(type);
  const sets = known?.entries ?? [[]];
  const isAddressed = !known || (typeof address === 'string' && address !== '');
  return isAddressed ? sets : sets.map((set) => [...set, 'address']);
}
