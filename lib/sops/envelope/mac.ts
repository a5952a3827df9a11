import { createHash, timingSafeEqual } from 'node:crypto';
import { parseEncryptedValue } from '../encrypted-text';
import { decryptValue, encryptValue } from './encrypted-value';

/** Distinguishes the hash of a MAC over encrypted values from that over all values. */
const MAC_ONLY_ENCRYPTED_START = createHash('sha256').update('sops').digest();

/**
 * Hashes the plaintexts of a file in the order of its text, as sops does.
 *
 * @returns the digest as sops writes it: upper-case hexadecimal
 */
export function macOf(plaintexts: Iterable<Buffer>, macOnlyEncrypted: boolean): string {
  const hash = createHash('sha512');
  if (macOnlyEncrypted) hash.update(MAC_ONLY_ENCRYPTED_START);
  for (const plaintext of plaintexts) hash.update(plaintext);
  return hash.digest('hex').toUpperCase();
}

/** Encrypts a MAC; it is bound to the time of the last change. */
export function encryptMac(mac: string, dataKey: Buffer, lastModified: string): string {
  return encryptValue(Buffer.from(mac), 'str', dataKey, lastModified);
}

/** Whether an encrypted MAC is that of the plaintexts. */
export function macFits(encrypted: string, mac: string, dataKey: Buffer, lastModified: string): boolean {
  const parsed = parseEncryptedValue(encrypted);
  const stored = parsed && decryptValue(parsed, dataKey, lastModified);
  const expected = Buffer.from(mac);
  return stored !== undefined && stored.length === expected.length && timingSafeEqual(stored, expected);
}
