import type { WrappedKey } from '../envelope/envelope-metadata';

/** Something that only a library of keys can do. */
export type KeyRequest = WrapRequest | UnwrapRequest | MakeKeyRequest | IdentifyRequest;

/** Wraps a data key for one recipient. */
export interface WrapRequest {
  readonly op: 'wrap';
  readonly recipient: Recipient;
  readonly dataKey: Uint8Array;
}

/** Opens a data key, or a share of one, with any of the keys that wrap it. */
export interface UnwrapRequest {
  readonly op: 'unwrap';
  readonly keys: readonly WrappedKey[];
}

/** Makes a key pair. */
export interface MakeKeyRequest {
  readonly op: 'make';
  readonly kind: 'age' | 'age-pq' | 'pgp-rsa' | 'pgp-cv25519';
  /** Who the key is for; PGP only. */
  readonly name: string;
}

/** Tells the fingerprints of a PGP public key and of its subkeys. */
export interface IdentifyRequest {
  readonly op: 'identify';
  /** The public key, ASCII-armored. */
  readonly publicKey: string;
}

/** Whom a file is encrypted for. */
export type Recipient = AgeRecipient | PgpRecipient;

/** An age recipient. */
export interface AgeRecipient {
  readonly kind: 'age';
  /** The public key, `age1...`. */
  readonly id: string;
}

/** A PGP recipient. */
export interface PgpRecipient {
  readonly kind: 'pgp';
  /** The fingerprint: 40 upper-case hexadecimal digits. */
  readonly id: string;
  /**
   * The public key, ASCII-armored.
   *
   * @default - it is asked of the gpg keyring when it is needed
   */
  readonly publicKey?: string;
}

/** A key pair that was made. */
export interface MadeKey {
  /** The private key: an age identity, or an armored PGP key. */
  readonly privateKey: string;
  /** The age recipient, or the armored PGP key. */
  readonly publicKey: string;
  /** The age recipient, or the PGP fingerprint. */
  readonly id: string;
}

/** The fingerprints in an armored text. */
export interface IdentifiedKeys {
  /** Of the primary keys, which sign the others. */
  readonly primary: readonly string[];
  readonly subkeys: readonly string[];
}

/** The answer to a request. `detail` speaks of public things only. */
export type KeyAnswer =
  | {
      readonly ok: true;
      readonly enc?: string;
      readonly key?: Uint8Array;
      readonly made?: MadeKey;
      readonly identified?: IdentifiedKeys;
    }
  | { readonly ok: false; readonly reason: KeyFailure; readonly detail: string };

/** Why a request failed: nobody here has the key, what was given is unusable, or what is wrapped is damaged. */
export type KeyFailure = 'no-key' | 'unusable' | 'damaged';
