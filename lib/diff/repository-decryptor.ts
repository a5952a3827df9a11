import { comparableText } from '../plain/comparable-text';
import { FindingsError } from '../findings/findings-error';
import type { Graph } from '../graph/graph';
import { mapOf } from '../plain/plain-data';
import { looksEncrypted, parseEncryptedValue } from '../sops/encrypted-text';
import { additionalData, decryptValue } from '../sops/envelope/encrypted-value';
import { readEnvelope, type Envelope } from '../sops/envelope/envelope';
import { openDataKey } from '../sops/keys/data-key';
import { runKeyTasks, type KeyTask } from '../sops/keys/key-task';
import type { PrivateKeys } from '../sops/keys/private-keys';
import type { ManifestObject } from '../tree/manifest';
import type { Decryptor } from './classifier';
import { isEncrypted } from './compare/secret-entries';

/**
 * Opens the encrypted objects that two states of a repository do not share, with the keys of this machine. All data keys
 * are opened together when the first one is asked for. As in Flux, the MAC of a file is not looked at.
 *
 * @param graphs - the graphs of both states
 * @param keys - looked for only where something encrypted changed
 */
export function repositoryDecryptor(graphs: readonly Graph[], keys: () => PrivateKeys): Decryptor {
  let dataKeys: ReadonlyMap<string, Buffer> | undefined;
  return (object) => {
    dataKeys ??= openDataKeys(changedObjects(graphs), keys());
    const dataKey = dataKeys.get(macOf(object));
    return dataKey && plainTexts(object, dataKey);
  };
}

/** The encrypted objects that only one of the states has, one for each file. */
function changedObjects(graphs: readonly Graph[]): ManifestObject[] {
  const states = graphs.map((graph) => {
    const objects = graph.clusters.flatMap(({ nodes }) =>
      nodes.flatMap(({ build }) => (build?.inventory ?? []).map(({ object }) => object)),
    );
    return new Map(objects.filter(isEncrypted).map((object) => [macOf(object), object]));
  });
  return states.flatMap((state) =>
    [...state].filter(([mac]) => !states.every((other) => other.has(mac))).map(([, object]) => object),
  );
}

/** Each encryption has a MAC of its own. */
function macOf({ sops }: ManifestObject): string {
  return String(mapOf(sops).mac);
}

function openDataKeys(objects: readonly ManifestObject[], keys: PrivateKeys): ReadonlyMap<string, Buffer> {
  const tasks = objects.flatMap((object) => {
    const envelope = envelopeOf(object);
    return envelope ? [{ mac: macOf(object), task: openOrPass(envelope, keys) }] : [];
  });
  const opened = runKeyTasks(
    tasks.map(({ task }) => task),
    keys,
  );
  return new Map(
    tasks.flatMap(({ mac }, index) => {
      const dataKey = opened[index];
      return dataKey ? [[mac, dataKey] as const] : [];
    }),
  );
}

/** Damaged objects, or those in a form that sops does not write, are compared as they are. */
function envelopeOf(object: ManifestObject): Envelope | undefined {
  return unlessRefused(() => readEnvelope(comparableText(object), ''));
}

function* openOrPass(envelope: Envelope, keys: PrivateKeys): KeyTask<Buffer | undefined> {
  try {
    return yield* openDataKey(envelope, keys);
  } catch (error) {
    if (FindingsError.isFindingsError(error)) return undefined;
    throw error;
  }
}

function unlessRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (FindingsError.isFindingsError(error)) return undefined;
    throw error;
  }
}

/** The plain texts of an object by their ciphertexts; `undefined` if one of them cannot be decrypted. */
function plainTexts(object: ManifestObject, dataKey: Buffer): ReadonlyMap<string, string> | undefined {
  const texts = new Map<string, string>();
  let isWhole = true;
  const walk = (value: unknown, path: readonly string[]): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, path);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    } else if (typeof value === 'string' && looksEncrypted(value)) {
      const parsed = parseEncryptedValue(value);
      const plain = parsed && decryptValue(parsed, dataKey, additionalData(path));
      if (plain) texts.set(value, plain.toString('utf8'));
      else isWhole = false;
    }
  };
  for (const [key, value] of Object.entries(object)) if (key !== 'sops') walk(value, [key]);
  return isWhole ? texts : undefined;
}
