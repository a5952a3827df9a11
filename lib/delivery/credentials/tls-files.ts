import type { SecretValue } from '../../sops/values/secret-value';
import type { CredentialText, EntryTable } from './credentials';

/** Certificates in PEM: of the authority that the server's is checked with, and of the client. */
export type TlsFiles = TlsAuthority | TlsClient;

/** The certificate of an authority alone. */
export interface TlsAuthority {
  /** The certificate of the authority that signed the server's. */
  readonly ca: CredentialText;
  readonly certificate?: never;
  readonly key?: never;
}

/** A client's certificate and key. */
export interface TlsClient {
  /**
   * The certificate of the authority that signed the server's.
   *
   * @default - the authorities that the controller trusts
   */
  readonly ca?: CredentialText;
  /** The client's certificate. */
  readonly certificate: CredentialText;
  /** The private key of the client's certificate. */
  readonly key: SecretValue;
}

/** The entries of certificates. */
export const TLS_ENTRIES: EntryTable<Required<TlsFiles>> = {
  ca: 'ca.crt',
  certificate: 'tls.crt',
  key: 'tls.key',
};
