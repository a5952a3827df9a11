import type { ManifestObject } from '../tree/manifest';
import { mapOf } from '../plain/plain-data';
import { parseEncryptedValue } from './encrypted-text';

/** An entry of a Secret or ConfigMap that sops encrypted as something other than text. */
export interface TypedEntry {
  /** The field: `stringData.pin`. */
  readonly path: readonly [section: string, name: string];
  readonly message: string;
  readonly hint: string;
}

/** The fields whose entries are text, by kind. */
const SECTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Secret', ['data', 'stringData']],
  ['ConfigMap', ['data']],
]);

/**
 * Finds entries of an encrypted Secret or ConfigMap that were numbers or booleans before: Flux decrypts them to what they
 * were, and the API server takes nothing but text.
 */
export function typedEntries(object: ManifestObject): TypedEntry[] {
  return (SECTIONS.get(object.kind) ?? []).flatMap((section) =>
    Object.entries(mapOf(object[section])).flatMap(([name, value]): TypedEntry[] => {
      const type = typeof value === 'string' ? parseEncryptedValue(value)?.type : undefined;
      if (type === undefined || type === 'str' || type === 'bytes') return [];
      return [
        {
          path: [section, name],
          message: `is encrypted with type:${type}; the API server accepts only strings (type:str) in a ${object.kind}`,
          hint: 'put the value in quotes with "sops edit", or set it to a JSON string with "sops set"',
        },
      ];
    }),
  );
}
