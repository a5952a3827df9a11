import { finding, type Finding, type FindingLocation, type ObjectIdentity } from '../findings/finding';
import type { ManifestObject } from '../tree/manifest';

/** Whether sops encrypted an object: Flux tells it by the same field. */
export function isEncryptedObject(object: ManifestObject): boolean {
  const { sops } = object;
  return typeof sops === 'object' && sops !== null && 'mac' in sops;
}

/** Whether a Flux Kustomization decrypts what it applies. */
export function decrypts(kustomization: ManifestObject): boolean {
  const { decryption } = (kustomization.spec ?? {}) as { decryption?: { provider?: unknown } };
  return decryption?.provider === 'sops';
}

/** An encrypted object, and who applies it as it is. */
export interface Undecrypted {
  /** The encrypted object. */
  readonly object: ObjectIdentity;
  /** The Kustomization, as `namespace/name`. */
  readonly kustomization: string;
  readonly locations: readonly FindingLocation[];
  /** How to fix it. */
  readonly hint: string;
}

/** Says that Flux applies an object as ciphertext: it reports Ready, and the cluster gets a useless Secret. */
export function decryptionMissing({ object, kustomization, locations, hint }: Undecrypted): Finding {
  return finding({
    code: 'decryption-missing',
    message: `the object is encrypted, and the Kustomization ${JSON.stringify(kustomization)}, which applies it, has no spec.decryption: Flux applies the ciphertext and reports Ready`,
    hint,
    locations,
    object,
  });
}
