import { comparableText } from '../plain/comparable-text';
import type { ManifestObject } from '../tree/manifest';
import { keyPath } from './compare/change-path';
import type { FieldChange } from './change';
import { differences, type Difference } from './compare/differences';
import { isEncrypted, isSecret, secretEntries } from './compare/secret-entries';
import { ShownValues } from './compare/shown-values';

/**
 * The fields in which two objects differ, in the order of their paths. Lists are matched by the keys by which Kubernetes
 * and Flux tell their entries apart; what the API server takes for the same is the same. Secret values are left out,
 * and the metadata of sops is one field.
 */
export function fieldChanges(before: ManifestObject, after: ManifestObject): FieldChange[] {
  const [known, found] = [before, after].map(withoutSecretParts) as [ManifestObject, ManifestObject];
  const shown = { before: new ShownValues(known), after: new ShownValues(found) };
  const changes = [
    ...differences(known, found).map((difference) => fieldChange(difference, shown)),
    ...entryChanges(before, after),
    ...(sopsText(before) === sopsText(after) ? [] : [{ path: 'sops' }]),
  ];
  return changes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function fieldChange(
  { path, before, after }: Difference,
  shown: { readonly before: ShownValues; readonly after: ShownValues },
): FieldChange {
  if ((before && shown.before.isSecret(before)) || (after && shown.after.isSecret(after))) return { path };
  return {
    path,
    ...(before && { before: shown.before.of(before) }),
    ...(after && { after: shown.after.of(after) }),
  };
}

function withoutSecretParts(object: ManifestObject): ManifestObject {
  const copy: Record<string, unknown> & ManifestObject = { ...object };
  if (isEncrypted(object)) delete copy.sops;
  if (isSecret(object)) for (const section of ['data', 'stringData']) delete copy[section];
  return copy;
}

/** The entries of a Secret that differ, in whichever field they are. */
function entryChanges(before: ManifestObject, after: ManifestObject): FieldChange[] {
  if (!isSecret(before) || !isSecret(after)) return [];
  const [known, found] = [secretEntries(before), secretEntries(after)];
  const keys = new Set([...known.keys(), ...found.keys()]);
  return [...keys]
    .filter((key) => known.get(key)?.value !== found.get(key)?.value)
    .map((key) => ({ path: keyPath((found.get(key) ?? known.get(key))?.section ?? 'data', key) }));
}

/** The sops metadata of a file, as text. Keys stay in the order in which sops writes them. */
function sopsText(object: ManifestObject): string | undefined {
  return isEncrypted(object) ? comparableText(object.sops) : undefined;
}
