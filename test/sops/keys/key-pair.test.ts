import { randomBytes } from 'node:crypto';
import { readEnvelope } from '../../../lib/sops/envelope/envelope';
import { decryptEnvelope } from '../../../lib/sops/envelope/decrypt-envelope';
import { encryptObject } from '../../../lib/sops/envelope/encrypt-object';
import { SECRET_SELECTOR } from '../../../lib/sops/envelope/selector';
import { openDataKey, wrapDataKey } from '../../../lib/sops/keys/data-key';
import { runKeyTasks, type KeyTask } from '../../../lib/sops/keys/key-task';
import { PrivateKeys } from '../../../lib/sops/keys/private-keys';
import { readRecipients } from '../../../lib/sops/keys/recipients';
import type { Recipient } from '../../../lib/sops/keys/key-request';
import { KEY_PAIR_KINDS, isAge, makeKeyPair, type KeyPairKind } from '../../../lib/secrets/key-pair';

const dataKey = randomBytes(32);

function* encryptTask(recipients: readonly Recipient[]): KeyTask<string> {
  const now = '2026-01-02T03:04:05Z';
  const keys = yield* wrapDataKey(dataKey, recipients, { now, file: 'a.yaml' });
  const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { A: 'dmFsdWU=' } };
  const more = { selector: SECRET_SELECTOR, macOnlyEncrypted: true };
  return encryptObject({ object, dataKey, keys, lastModified: now, ...more });
}

function* openTask(text: string, keys: PrivateKeys): KeyTask<string[]> {
  const envelope = readEnvelope(text, 'a.yaml');
  const opened = yield* openDataKey(envelope, keys);
  const leaves = opened ? decryptEnvelope(envelope, opened) : [];
  return leaves.filter(({ encrypted }) => encrypted).map(({ plain }) => plain.toString());
}

function recipientsOf(kind: KeyPairKind, made: { id: string; publicKey: string }): readonly Recipient[] {
  const { publicKey } = made;
  const input = isAge(kind) ? { age: [made.id] } : { pgp: [{ fingerprint: made.id, publicKey }] };
  return readRecipients(input).recipients;
}

describe('a key pair that we created', () => {
  it.each(KEY_PAIR_KINDS)(
    'decrypts what was encrypted for it, and no other key does: %s',
    (kind) => {
      const [made, other] = [makeKeyPair(kind, 'home'), makeKeyPair('age', 'other')];
      const [text] = runKeyTasks([encryptTask(recipientsOf(kind, made))], PrivateKeys.none) as [string];
      const own = new PrivateKeys(isAge(kind) ? { age: [made.privateKey] } : { pgp: [made.privateKey] });
      expect(runKeyTasks([openTask(text, own)], own)).toEqual([['dmFsdWU=']]);
      const others = new PrivateKeys({ age: [other.privateKey] });
      expect(runKeyTasks([openTask(text, others)], others)).toEqual([[]]);
    },
    60_000,
  );
});
