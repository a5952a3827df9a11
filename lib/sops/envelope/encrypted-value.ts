import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { TAG_BYTES, formatEncryptedValue, type EncryptedValue, type ValueType } from '../encrypted-text';

/** The number of bytes of a nonce, as sops creates it (twelve would be usual). */
const IV_BYTES = 32;

/** The bytes of a file's data key: an AES-256 key. */
export const DATA_KEY_BYTES = 32;

/**
 * What binds a ciphertext to its place: the keys that lead to it. An item of a list has the path of the list, a
 * comment that of what it stands in.
 */
export function additionalData(path: readonly string[]): string {
  return path.map((key) => `${key}:`).join('');
}

/**
 * Encrypts a value with AES-256-GCM and a fresh nonce.
 *
 * @param authenticated - what the ciphertext is bound to, see `additionalData`
 */
export function encryptValue(plain: Buffer, type: ValueType, dataKey: Buffer, authenticated: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', dataKey, iv);
  cipher.setAAD(Buffer.from(authenticated));
  const data = Buffer.concat([cipher.update(plain), cipher.final()]);
  return formatEncryptedValue({ data, iv, tag: cipher.getAuthTag(), type });
}

/** Decrypts a value; `undefined` when it was altered, moved, or encrypted with another key. */
export function decryptValue(
  value: EncryptedValue,
  dataKey: Buffer,
  authenticated: string,
): Buffer | undefined {
  try {
    // OpenSSL also refuses a nonce that is too long.
    const decipher = createDecipheriv('aes-256-gcm', dataKey, value.iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(authenticated));
    decipher.setAuthTag(value.tag);
    return Buffer.concat([decipher.update(value.data), decipher.final()]);
  } catch {
    return undefined;
  }
}
