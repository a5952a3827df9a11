import { finding, type Finding, type FindingLocation, type ObjectIdentity } from '../findings/finding';
import { listOf, mapOf } from '../plain/plain-data';
import type { ManifestObject } from '../tree/manifest';
import { looksEncrypted } from './encrypted-text';

/** Whether sops encrypted an object: Flux tells it by the same field. */
export function isEncryptedObject(object: ManifestObject): boolean {
  const { sops } = object;
  return typeof sops === 'object' && sops !== null && 'mac' in sops;
}

/** The lists in which an encrypted file names keys other than those of PGP. */
const OTHER_KEYS = ['age', 'azure_kv', 'gcp_kms', 'hc_vault', 'hckms', 'key_groups', 'kms'];

/** Whether only a PGP key decrypts an object. */
export function isForPgpOnly(object: ManifestObject): boolean {
  if (!isEncryptedObject(object)) return false;
  const sops = mapOf(object.sops);
  return listOf(sops.pgp).length > 0 && OTHER_KEYS.every((list) => listOf(sops[list]).length === 0);
}

/** Whether a Flux Kustomization decrypts what it applies. What is wrong with how it says so, the schema finds. */
export function decrypts(kustomization: ManifestObject): boolean {
  return mapOf(kustomization.spec).decryption !== undefined;
}

/** What is wrong with a Kustomization that applies encrypted objects as they are. */
export function undecryptedMessage(kustomization: string, first: ObjectIdentity, others: number): string {
  return `Kustomization ${JSON.stringify(kustomization)} has no spec.decryption, and applies ${withOthers(first, others)}, encrypted with SOPS: the API server refuses a Secret with data, and everything else reaches the cluster as ciphertext`;
}

/** What is wrong with a Kustomization that has no PGP key for encrypted objects. */
export function keylessMessage(kustomization: string, first: ObjectIdentity, others: number): string {
  return `Kustomization ${JSON.stringify(kustomization)} has no spec.decryption.secretRef, and applies ${withOthers(first, others)}, encrypted with SOPS for PGP keys only: Flux has no such key without that Secret, so it applies nothing`;
}

function withOthers({ kind, name }: ObjectIdentity, others: number): string {
  const isUnknown = looksEncrypted(kind);
  const what = isUnknown ? 'an object with an encrypted kind' : `${kind} ${JSON.stringify(name)}`;
  return `${what}${others > 0 ? ` and ${others} more` : ''}`;
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

/** Reports an encrypted object that is applied as it is. */
export function decryptionMissing({ object, kustomization, locations, hint }: Undecrypted): Finding {
  const message = undecryptedMessage(kustomization, object, 0);
  return finding({ code: 'decryption-missing', message, hint, locations, object });
}
