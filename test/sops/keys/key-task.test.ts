import type { WrappedKey } from '../../../lib/sops/envelope/envelope-metadata';
import type { GpgKeyring } from '../../../lib/sops/keys/gpg-keyring';
import type { KeyAnswer, KeyRequest } from '../../../lib/sops/keys/key-request';
import { runKeyTasks, type KeyTask } from '../../../lib/sops/keys/key-task';
import { PrivateKeys } from '../../../lib/sops/keys/private-keys';
import { ageRecipient, privateKeys } from '../fixtures';

const DATA_KEY = Buffer.alloc(32, 7);
const wrap = (id: string, fill = 7): KeyRequest => ({
  op: 'wrap',
  recipient: { kind: 'age', id },
  dataKey: Buffer.alloc(32, fill),
});

/** Asks in rounds, and returns all answers. */
function* asking(...rounds: readonly (readonly KeyRequest[])[]): KeyTask<readonly KeyAnswer[]> {
  const answers: KeyAnswer[] = [];
  for (const requests of rounds) answers.push(...(yield requests));
  return answers;
}

const enc = (answer: KeyAnswer | undefined): string => (answer?.ok && answer.enc) || '';

/** A keyring that has some private keys, each of which opens only what is wrapped for it. */
function keyring(...ids: readonly string[]): { gpg: GpgKeyring; asked: string[] } {
  const asked: string[] = [];
  const gpg = {
    hasSecretKey: (id: string) => ids.includes(id),
    decrypt: (text: string) => {
      asked.push(text);
      return text.startsWith('open') ? DATA_KEY : undefined;
    },
  };
  return { gpg: gpg as unknown as GpgKeyring, asked };
}

describe('tasks that need keys', () => {
  it('get their own answers, although they ask together', () => {
    const id = ageRecipient('age-1');
    const results = runKeyTasks(
      [
        asking([wrap(id, 1), wrap(id, 2)]),
        asking(),
        asking([], [wrap('age1wrong')]),
        asking([wrap(id, 3)], [wrap(id, 4)]),
      ],
      PrivateKeys.none,
    );
    expect(results.map((answers) => answers.map(({ ok }) => ok))).toEqual([
      [true, true],
      [],
      [false],
      [true, true],
    ]);
    const unwrap = (answer: KeyAnswer): KeyRequest => ({
      op: 'unwrap',
      keys: [{ kind: 'age', id, enc: enc(answer) }],
    });
    const tasks = [results[0], results[3]].map((answers = []) => asking(answers.map(unwrap)));
    const opened = runKeyTasks(tasks, privateKeys('age-1')).flat();
    expect(opened.map((answer) => answer.ok && answer.key?.[0])).toEqual([1, 2, 3, 4]);
  });

  it('have no results if there are none', () => {
    expect(runKeyTasks([], PrivateKeys.none)).toEqual([]);
  });

  it('fail with the error of a task', () => {
    function* failing(): KeyTask<string> {
      yield [wrap(ageRecipient('age-1'))];
      throw new Error('stopped');
    }
    expect(() => runKeyTasks([failing()], PrivateKeys.none)).toThrow('stopped');
  });
});

describe('the gpg keyring', () => {
  const pgp = (id: string, text: string): WrappedKey => ({ kind: 'pgp', id, enc: text });
  const unwrap = (...keys: readonly WrappedKey[]): KeyRequest => ({ op: 'unwrap', keys });
  const ask = (request: KeyRequest, keys: PrivateKeys): KeyAnswer | undefined =>
    runKeyTasks([asking([request])], keys)[0]?.[0];
  const opened = { ok: true, key: DATA_KEY };

  it.each<[string, KeyRequest, readonly string[], boolean]>([
    ['opens what is wrapped for its key', unwrap(pgp('A', 'open a')), ['open a'], true],
    ['is asked for the keys that it has', unwrap(pgp('B', 'open b'), pgp('A', 'open a')), ['open a'], true],
    [
      'is asked for the next key if one does not open it',
      unwrap(pgp('A', 'closed'), pgp('C', 'open c')),
      ['closed', 'open c'],
      true,
    ],
    ['is asked once', unwrap(pgp('A', 'open a'), pgp('C', 'open c')), ['open a'], true],
    ['is not asked for keys of another kind', unwrap({ kind: 'age', id: 'A', enc: 'open a' }), [], false],
    ['is not asked for keys that it has not', unwrap(pgp('B', 'open b')), [], false],
  ])('%s', (_, request, expected, isOpen) => {
    const { gpg, asked } = keyring('A', 'C');
    const answer = ask(request, new PrivateKeys({ gpg }));
    expect(asked).toEqual(expected);
    expect(answer).toEqual(isOpen ? opened : expect.objectContaining({ ok: false, reason: 'no-key' }));
  });

  it('is asked for what the other private keys do not open', () => {
    const { gpg, asked } = keyring('A');
    const keys = new PrivateKeys({ age: privateKeys('age-1').age, gpg });
    expect(ask(unwrap(pgp('A', 'open a')), keys)).toEqual(opened);
    expect(asked).toEqual(['open a']);
    expect(ask(unwrap(pgp('B', 'open b')), keys)).toMatchObject({ ok: false });
  });

  it('is not asked for what another private key opens', () => {
    const { gpg, asked } = keyring('A');
    const keys = new PrivateKeys({ age: privateKeys('age-1').age, gpg });
    const [wrapped] = runKeyTasks([asking([wrap(ageRecipient('age-1'))])], PrivateKeys.none)[0] ?? [];
    const answer = ask(
      unwrap(pgp('A', 'open a'), { kind: 'age', id: ageRecipient('age-1'), enc: enc(wrapped) }),
      keys,
    );
    expect(answer).toEqual({ ok: true, key: Uint8Array.from(DATA_KEY) });
    expect(asked).toEqual([]);
  });

  it('is missing: the answer names the keys that are needed', () => {
    expect(ask(unwrap(pgp('A', ''), pgp('B', '')), PrivateKeys.none)).toEqual({
      ok: false,
      reason: 'no-key',
      detail: 'no private key for A, B',
    });
  });
});
