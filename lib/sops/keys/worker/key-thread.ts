import type { KeyAnswer, KeyRequest } from '../key-request';

/** What the thread is started with, beside its port. */
export interface KeyThreadData {
  /** Set to 1 when an answer is there. */
  readonly signal: SharedArrayBuffer;
  /** Where the libraries are. `openpgp` is installed only by those who use PGP. */
  readonly urls: { readonly age: string; readonly openpgp?: string };
}

/** What the thread is asked to do, and the private keys that it may use. */
export interface KeyBatch {
  readonly requests: readonly KeyRequest[];
  readonly keys: { readonly age: readonly string[]; readonly pgp: readonly string[] };
}

/** What it answers: an answer for each request, the library that is missing, or what went wrong. */
export type KeyReply =
  { readonly answers: readonly KeyAnswer[] } | { readonly missing: string } | { readonly problem: string };
