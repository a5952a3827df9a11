import { comparableText } from '../../plain/comparable-text';
import { isMap, mapOf } from '../../plain/plain-data';
import { apiGroup, type ManifestObject } from '../../tree/manifest';

const SECTIONS = ['data', 'stringData'] as const;

/** An entry of a Secret: the section that it is in, and its value in base64; a ciphertext as it is. */
export interface SecretEntry {
  readonly section: (typeof SECTIONS)[number];
  readonly value: string;
}

/** Whether sops encrypted an object. */
export function isEncrypted({ sops }: ManifestObject): boolean {
  return isMap(sops) && 'mac' in sops;
}

/** Whether an object is a Secret of Kubernetes itself. */
export function isSecret({ apiVersion, kind }: ManifestObject): boolean {
  return apiVersion === 'v1' && kind === 'Secret';
}

/** Where a SealedSecret has its values. */
export const SEALED_DATA = 'spec.encryptedData';

/** Whether an object is a SealedSecret, whose values a controller in the cluster decrypts. */
export function isSealed({ apiVersion, kind }: ManifestObject): boolean {
  return kind === 'SealedSecret' && apiGroup(apiVersion) === 'bitnami.com';
}

/** The entries of a Secret as the API server keeps them: `stringData` is written over `data`. */
export function secretEntries(secret: ManifestObject): ReadonlyMap<string, SecretEntry> {
  const entries = new Map<string, SecretEntry>();
  for (const section of SECTIONS) {
    for (const [key, value] of Object.entries(mapOf(secret[section]))) {
      entries.set(key, { section, value: storedValue(secret, section, value) });
    }
  }
  return entries;
}

function storedValue(secret: ManifestObject, section: SecretEntry['section'], value: unknown): string {
  const text = typeof value === 'string' ? value : comparableText(value);
  if (isEncrypted(secret)) return text;
  const bytes = section === 'data' ? Buffer.from(text, 'base64') : Buffer.from(text);
  return bytes.toString('base64');
}
