/** How a value was typed in YAML before it was encrypted. */
export type ValueType = 'str' | 'int' | 'float' | 'bool' | 'time' | 'bytes' | 'comment';

/** The parts of an encrypted value. */
export interface EncryptedValue {
  /** The ciphertext; as long as the plaintext. */
  readonly data: Buffer;
  /** The nonce: 32 bytes in files of sops. */
  readonly iv: Buffer;
  /** The authentication tag: 16 bytes. */
  readonly tag: Buffer;
  /** The type of the plaintext. */
  readonly type: ValueType;
}

const SHAPE =
  /^ENC\[AES256_GCM,data:([A-Za-z0-9+/]*={0,2}),iv:([A-Za-z0-9+/]+={0,2}),tag:([A-Za-z0-9+/]+={0,2}),type:(str|int|float|bool|time|bytes|comment)\]$/;

/** The bytes of an authentication tag. */
export const TAG_BYTES = 16;

/** Whether a text claims to be an encrypted value; it need not be a valid one. */
export function looksEncrypted(text: string): boolean {
  return text.startsWith('ENC[') && text.endsWith(']');
}

/** Takes an encrypted value apart; `undefined` when the text has another form. */
export function parseEncryptedValue(text: string): EncryptedValue | undefined {
  const match = SHAPE.exec(text);
  if (!match) return undefined;
  const [, data = '', iv = '', tag = '', type = 'str'] = match;
  const parts = {
    data: Buffer.from(data, 'base64'),
    iv: Buffer.from(iv, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
  if (parts.tag.length !== TAG_BYTES || parts.iv.length === 0) return undefined;
  return { ...parts, type: type as ValueType };
}

/** Prints an encrypted value as sops does. */
export function formatEncryptedValue(value: EncryptedValue): string {
  const [data, iv, tag] = [value.data, value.iv, value.tag].map((part) => part.toString('base64'));
  return `ENC[AES256_GCM,data:${data},iv:${iv},tag:${tag},type:${value.type}]`;
}
