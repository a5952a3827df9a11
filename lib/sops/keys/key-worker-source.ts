/**
 * The program of the worker thread that wraps and opens data keys.
 *
 * It is a text, and not a module, because it must run unchanged from the sources (under Jest and tsx, where no
 * compiled file exists) and from the compiled package; a function's own text would not do, since test coverage and
 * bundlers rewrite functions. It is plain JavaScript, imports the libraries by the URLs that the caller resolved, and
 * is covered by the tests of `runKeyTasks`.
 */
export const KEY_WORKER_SOURCE = `
'use strict';
const { parentPort, workerData } = require('node:worker_threads');
const { port, signal, urls } = workerData;
const flag = new Int32Array(signal);

let agePromise, pgpPromise;
const age = () => (agePromise ??= import(urls.age));
const pgp = () => (pgpPromise ??= import(urls.openpgp).then((module) => module.default ?? module));
const failure = (reason, detail) => ({ ok: false, reason, detail });

async function prepare(keys) {
  let identities, privateKeys;
  return {
    identities: () => (identities ??= readIdentities(keys.age)),
    privateKeys: () => (privateKeys ??= readPrivateKeys(keys.pgp)),
  };
}

async function readIdentities(texts) {
  const { identityToRecipient } = await age();
  const known = new Map();
  for (const text of texts) {
    // An identity that does not parse was reported by whoever read it; its text must not get into a message.
    const recipient = await identityToRecipient(text).catch(() => undefined);
    if (recipient !== undefined) known.set(recipient, text);
  }
  return known;
}

async function readPrivateKeys(texts) {
  const openpgp = await pgp();
  const keys = [];
  for (const armoredKey of texts) {
    const key = await openpgp.readPrivateKey({ armoredKey }).catch(() => undefined);
    if (key !== undefined && key.isDecrypted()) keys.push(key);
  }
  return keys;
}

async function wrapAge(recipient, dataKey) {
  const { Encrypter, armor } = await age();
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient.id);
  } catch (error) {
    return failure('unusable', error.message);
  }
  const text = armor.encode(await encrypter.encrypt(dataKey));
  return { ok: true, enc: text.endsWith('\\n') ? text : text + '\\n' };
}

// Reading a key and choosing its subkey takes as long as encrypting for it, and many secrets have one recipient.
const publicKeys = new Map();
const readPublicKey = (recipient) => {
  const known = publicKeys.get(recipient.publicKey + recipient.id) ?? findPublicKey(recipient);
  publicKeys.set(recipient.publicKey + recipient.id, known);
  return known;
};

// A certificate may list anybody's key as its subkey. So a fingerprint stands for the certificate only where it is that
// of its primary key, which signs the subkeys; where it is that of a subkey, for this one subkey.
async function findPublicKey(recipient) {
  const openpgp = await pgp();
  const wanted = recipient.id.toLowerCase();
  try {
    const keys = await openpgp.readKeys({ armoredKeys: recipient.publicKey });
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
    return failure('unusable', 'the public key has the fingerprint ' + got);
  } catch (error) {
    return failure('unusable', error.message);
  }
}

async function wrapPgp(recipient, dataKey) {
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
  return { ok: true, enc: armored.replaceAll('\\r\\n', '\\n') };
}

async function unwrap(keys, held) {
  const result = (await unwrapAge(keys, held)) ?? (await unwrapPgp(keys, held));
  return result ?? failure('no-key', 'no private key for ' + keys.map((key) => key.id).join(', '));
}

async function unwrapAge(keys, held) {
  const wrapped = keys.filter((key) => key.kind === 'age');
  if (wrapped.length === 0) return undefined;
  const identities = await held.identities();
  if (identities.size === 0) return undefined;
  const { Decrypter, armor } = await age();
  const ours = wrapped.filter((key) => identities.has(key.id));
  for (const key of ours) {
    const decrypter = new Decrypter();
    decrypter.addIdentity(identities.get(key.id));
    try {
      return { ok: true, key: await decrypter.decrypt(armor.decode(key.enc)) };
    } catch (error) {
      if (key === ours.at(-1)) return failure('damaged', 'the data key wrapped for ' + key.id + ' cannot be opened with its private key');
    }
  }
  return undefined;
}

async function unwrapPgp(keys, held) {
  const wrapped = keys.filter((key) => key.kind === 'pgp');
  if (wrapped.length === 0) return undefined;
  const privateKeys = await held.privateKeys();
  if (privateKeys.length === 0) return undefined;
  const openpgp = await pgp();
  for (const key of wrapped) {
    const wanted = key.id.toLowerCase();
    const decryptionKeys = privateKeys.filter((one) => one.getKeys().some((part) => part.getFingerprint() === wanted));
    if (decryptionKeys.length === 0) continue;
    try {
      const message = await openpgp.readMessage({ armoredMessage: key.enc });
      const { data } = await openpgp.decrypt({ message, decryptionKeys, format: 'binary' });
      return { ok: true, key: data };
    } catch {
      return failure('damaged', 'the data key wrapped for ' + key.id + ' cannot be opened with its private key');
    }
  }
  return undefined;
}

async function make(kind, name) {
  if (kind === 'age' || kind === 'age-pq') {
    const { generateX25519Identity, generateHybridIdentity, identityToRecipient } = await age();
    const privateKey = await (kind === 'age' ? generateX25519Identity() : generateHybridIdentity());
    const publicKey = await identityToRecipient(privateKey);
    return { ok: true, made: { privateKey, publicKey, id: publicKey } };
  }
  const openpgp = await pgp();
  const type = kind === 'pgp-rsa' ? { type: 'rsa', rsaBits: 4096 } : { type: 'ecc', curve: 'curve25519Legacy' };
  const made = await openpgp.generateKey({ ...type, userIDs: [{ name }], format: 'object' });
  return {
    ok: true,
    made: {
      privateKey: made.privateKey.armor().replaceAll('\\r\\n', '\\n'),
      publicKey: made.publicKey.armor().replaceAll('\\r\\n', '\\n'),
      id: made.publicKey.getFingerprint().toUpperCase(),
    },
  };
}

async function identify(armoredKeys) {
  const openpgp = await pgp();
  try {
    const keys = await openpgp.readKeys({ armoredKeys });
    const fingerprint = (part) => part.getFingerprint().toUpperCase();
    const subkeys = keys.flatMap((key) => key.getSubkeys()).map(fingerprint);
    return { ok: true, identified: { primary: keys.map(fingerprint), subkeys } };
  } catch (error) {
    return failure('unusable', error.message);
  }
}

async function answer(request, held) {
  if (request.op === 'identify') return identify(request.publicKey);
  if (request.op === 'unwrap') return unwrap(request.keys, held);
  if (request.op === 'make') return make(request.kind, request.name);
  if (request.recipient.kind === 'age') return wrapAge(request.recipient, request.dataKey);
  return wrapPgp(request.recipient, request.dataKey);
}

parentPort.on('message', async ({ keys, requests }) => {
  try {
    const held = await prepare(keys);
    const answers = [];
    for (const request of requests) answers.push(await answer(request, held));
    port.postMessage({ answers });
  } catch (error) {
    port.postMessage({ problem: String(error && error.message) });
  }
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
});
`;
