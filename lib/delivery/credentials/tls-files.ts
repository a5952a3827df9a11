import type { SecretValue } from '../../sops/values/secret-value';
import type { CredentialText, EntryTable } from './credentials';

/** Certificates in PEM: that of the authority for verifying the server, and that of the client. */
export type TlsFiles = TlsAuthority | TlsClient;

/** Only the certificate of an authority. */
export interface TlsAuthority {
  /** The certificate of the authority that signed the certificate of the server. */
  readonly ca: CredentialText;
  readonly certificate?: never;
  readonly key?: never;
}

/** A client's certificate and key. */
export interface TlsClient {
  /**
   * The certificate of the authority that signed the certificate of the server.
   *
   * @default - the authorities that the controller trusts
   */
  readonly ca?: CredentialText;
  /** The certificate of the client. */
  readonly certificate: CredentialText;
  /** The private key for the certificate of the client. */
  readonly key: SecretValue;
}

/** The entries of certificates. */
export const TLS_ENTRIES: EntryTable<Required<TlsFiles>> = {
  ca: 'ca.crt',
  certificate: 'tls.crt',
  key: 'tls.key',
};
