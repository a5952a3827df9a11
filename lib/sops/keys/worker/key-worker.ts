/**
 * The program of the worker thread that encrypts and decrypts data keys. The libraries are asynchronous, and some are
 * ESM only; they are imported by the URLs that `KeyBridge` resolved.
 */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type * as Age from 'age-encryption' with { 'resolution-mode': 'import' };
import type * as OpenPgp from 'openpgp' with { 'resolution-mode': 'import' };
import { lazy } from '../../../plain/lazy';
import type { WrappedKey } from '../../envelope/envelope-metadata';
import type { KeyAnswer, KeyFailure, KeyRequest, MakeKeyRequest, PgpRecipient } from '../key-request';
import type { KeyBatch, KeyReply, KeyThreadData } from './key-thread';

const { port, signal, urls } = workerData as KeyThreadData & { readonly port: MessagePort };
const flag = new Int32Array(signal);

/** Thrown if a key needs a library that is not installed. */
class LibraryMissing extends Error {}

const age = lazy(() => import(urls.age) as Promise<typeof Age>);

const pgp = lazy(() => {
  if (urls.openpgp === undefined) throw new LibraryMissing('openpgp');
  const loaded = import(urls.openpgp) as Promise<typeof OpenPgp & { default?: typeof OpenPgp }>;
  return loaded.then((module): typeof OpenPgp => module.default ?? module);
});

function failure(reason: KeyFailure, detail: string): KeyAnswer & { ok: false } {
  return { ok: false, reason, detail };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The private keys of a batch, read when the first request needs them. */
class HeldKeys {
  private ageIdentities?: Promise<Map<string, string>>;
  private pgpKeys?: Promise<OpenPgp.PrivateKey[]>;

  constructor(private readonly texts: KeyBatch['keys']) {}

  identities(): Promise<Map<string, string>> {
    return (this.ageIdentities ??= readIdentities(this.texts.age));
  }

  privateKeys(): Promise<OpenPgp.PrivateKey[]> {
    return (this.pgpKeys ??= readPrivateKeys(this.texts.pgp));
  }
}

async function readIdentities(texts: readonly string[]): Promise<Map<string, string>> {
  const { identityToRecipient } = await age();
  const known = new Map<string, string>();
  for (const text of texts) {
    // The code that read an identity has reported that it does not parse; its text must not be in a message.
    const recipient = await identityToRecipient(text).catch(() => undefined);
    if (recipient !== undefined) known.set(recipient, text);
  }
  return known;
}

async function readPrivateKeys(texts: readonly string[]): Promise<OpenPgp.PrivateKey[]> {
  if (texts.length === 0) return [];
  const openpgp = await pgp();
  const keys: OpenPgp.PrivateKey[] = [];
  for (const armoredKey of texts) {
    const key = await openpgp.readPrivateKey({ armoredKey }).catch(() => undefined);
    if (key?.isDecrypted()) keys.push(key);
  }
  return keys;
}

async function wrapAge(id: string, dataKey: Uint8Array): Promise<KeyAnswer> {
  const { Encrypter, armor } = await age();
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(id);
  } catch (error) {
    return failure('unusable', messageOf(error));
  }
  const text = armor.encode(await encrypter.encrypt(dataKey));
  return { ok: true, enc: text.endsWith('\n') ? text : `${text}\n` };
}

/** A certificate, and the subkeys that encryption is limited to. */
interface FoundKey {
  readonly ok: true;
  readonly key: OpenPgp.Key;
  readonly subkeys?: OpenPgp.KeyID[];
}
type Found = FoundKey | (KeyAnswer & { ok: false });

/** Reading a key and choosing its subkey takes as long as encrypting for it, and many secrets share a recipient. */
const publicKeys = new Map<string, Promise<Found>>();

function readPublicKey(recipient: PgpRecipient): Promise<Found> {
  const name = `${recipient.publicKey}${recipient.id}`;
  const known = publicKeys.get(name) ?? findPublicKey(recipient);
  publicKeys.set(name, known);
  return known;
}

/**
 * A certificate may list anybody's key as its subkey. So a fingerprint means the whole certificate only if it is that
 * of its primary key, which signs the subkeys; if it is that of a subkey, it means only this subkey.
 */
async function findPublicKey({ id, publicKey = '' }: PgpRecipient): Promise<Found> {
  const openpgp = await pgp();
  const wanted = id.toLowerCase();
  try {
    const keys = await openpgp.readKeys({ armoredKeys: publicKey });
    const key = keys.find((one) => one.getFingerprint() === wanted);
    if (key !== undefined) {
      await key.getEncryptionKey();
      return { ok: true, key };
    }
    for (const one of keys) {
      const subkey = one.getSubkeys().find((part) => part.getFingerprint() === wanted);
      if (subkey === undefined) continue;
      const chosen = await one.getEncryptionKey(subkey.getKeyID());
      if (chosen.getFingerprint() === wanted) return { ok: true, key: one, subkeys: [subkey.getKeyID()] };
    }
    const got = keys.map((one) => one.getFingerprint().toUpperCase()).join(', ');
    return failure('unusable', `the public key has the fingerprint ${got}`);
  } catch (error) {
    return failure('unusable', messageOf(error));
  }
}

async function wrapPgp(recipient: PgpRecipient, dataKey: Uint8Array): Promise<KeyAnswer> {
  const openpgp = await pgp();
  const found = await readPublicKey(recipient);
  if (!found.ok) return found;
  const message = await openpgp.createMessage({ binary: dataKey });
  const armored = await openpgp.encrypt({
    message,
    encryptionKeys: found.key,
    encryptionKeyIDs: found.subkeys ?? [],
    format: 'armored',
  });
  return { ok: true, enc: String(armored).replaceAll('\r\n', '\n') };
}

async function unwrap(keys: readonly WrappedKey[], held: HeldKeys): Promise<KeyAnswer> {
  const result = (await unwrapAge(keys, held)) ?? (await unwrapPgp(keys, held));
  return result ?? failure('no-key', `no private key for ${keys.map(({ id }) => id).join(', ')}`);
}

const damaged = (id: string): KeyAnswer =>
  failure('damaged', `the data key wrapped for ${id} cannot be opened with its private key`);

async function unwrapAge(keys: readonly WrappedKey[], held: HeldKeys): Promise<KeyAnswer | undefined> {
  const wrapped = keys.filter(({ kind }) => kind === 'age');
  if (wrapped.length === 0) return undefined;
  const identities = await held.identities();
  if (identities.size === 0) return undefined;
  const { Decrypter, armor } = await age();
  const ours = wrapped.filter(({ id }) => identities.has(id));
  for (const key of ours) {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identities.get(key.id) as string);
    try {
      return { ok: true, key: await decrypter.decrypt(armor.decode(key.enc)) };
    } catch {
      if (key === ours.at(-1)) return damaged(key.id);
    }
  }
  return undefined;
}

async function unwrapPgp(keys: readonly WrappedKey[], held: HeldKeys): Promise<KeyAnswer | undefined> {
  const wrapped = keys.filter(({ kind }) => kind === 'pgp');
  if (wrapped.length === 0) return undefined;
  const privateKeys = await held.privateKeys();
  if (privateKeys.length === 0) return undefined;
  const openpgp = await pgp();
  for (const key of wrapped) {
    const wanted = key.id.toLowerCase();
    const decryptionKeys = privateKeys.filter((one) =>
      one.getKeys().some((part) => part.getFingerprint() === wanted),
    );
    if (decryptionKeys.length === 0) continue;
    try {
      const message = await openpgp.readMessage({ armoredMessage: key.enc });
      const { data } = await openpgp.decrypt({ message, decryptionKeys, format: 'binary' });
      return { ok: true, key: data as Uint8Array };
    } catch {
      return damaged(key.id);
    }
  }
  return undefined;
}

async function make({ kind, name }: MakeKeyRequest): Promise<KeyAnswer> {
  if (kind === 'age' || kind === 'age-pq') {
    const { generateX25519Identity, generateHybridIdentity, identityToRecipient } = await age();
    const privateKey = await (kind === 'age' ? generateX25519Identity() : generateHybridIdentity());
    const publicKey = await identityToRecipient(privateKey);
    return { ok: true, made: { privateKey, publicKey, id: publicKey } };
  }
  const openpgp = await pgp();
  const type =
    kind === 'pgp-rsa'
      ? ({ type: 'rsa', rsaBits: 4096 } as const)
      : ({ type: 'ecc', curve: 'curve25519Legacy' } as const);
  const made = await openpgp.generateKey({ ...type, userIDs: [{ name }], format: 'object' });
  return {
    ok: true,
    made: {
      privateKey: made.privateKey.armor().replaceAll('\r\n', '\n'),
      publicKey: made.publicKey.armor().replaceAll('\r\n', '\n'),
      id: made.publicKey.getFingerprint().toUpperCase(),
    },
  };
}

async function identify(armoredKeys: string): Promise<KeyAnswer> {
  const openpgp = await pgp();
  try {
    const keys = await openpgp.readKeys({ armoredKeys });
    const fingerprint = (part: { getFingerprint(): string }): string => part.getFingerprint().toUpperCase();
    const subkeys = keys.flatMap((key) => key.getSubkeys()).map(fingerprint);
    return { ok: true, identified: { primary: keys.map(fingerprint), subkeys } };
  } catch (error) {
    return failure('unusable', messageOf(error));
  }
}

function answer(request: KeyRequest, held: HeldKeys): Promise<KeyAnswer> {
  if (request.op === 'identify') return identify(request.publicKey);
  if (request.op === 'unwrap') return unwrap(request.keys, held);
  if (request.op === 'make') return make(request);
  const { recipient, dataKey } = request;
  return recipient.kind === 'age' ? wrapAge(recipient.id, dataKey) : wrapPgp(recipient, dataKey);
}

async function answerAll({ keys, requests }: KeyBatch): Promise<KeyReply> {
  try {
    const held = new HeldKeys(keys);
    const answers: KeyAnswer[] = [];
    for (const request of requests) answers.push(await answer(request, held));
    return { answers };
  } catch (error) {
    return error instanceof LibraryMissing ? { missing: error.message } : { problem: messageOf(error) };
  }
}

parentPort?.on('message', (batch: KeyBatch) => {
  void answerAll(batch).then((reply) => {
    port.postMessage(reply);
    Atomics.store(flag, 0, 1);
    Atomics.notify(flag, 0);
  });
});
