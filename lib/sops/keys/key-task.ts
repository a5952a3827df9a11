import { KeyBridge } from './key-bridge';
import type { KeyAnswer, KeyRequest, UnwrapRequest } from './key-request';
import type { PrivateKeys } from './private-keys';

/**
 * Work that needs keys at some points. It yields what it needs and is given the answers, so that the requests of
 * many tasks are carried out together.
 */
export type KeyTask<T> = Generator<readonly KeyRequest[], T, readonly KeyAnswer[]>;

/** Runs tasks side by side: in each round, the requests of all of them go out as one batch. */
export function runKeyTasks<T>(tasks: readonly KeyTask<T>[], keys: PrivateKeys): T[] {
  const bridge = new KeyBridge();
  const results = new Map<number, T>();
  try {
    let waiting = tasks.map((task, index) => ({ task, index, answers: [] as readonly KeyAnswer[] }));
    while (waiting.length > 0) {
      const asking = waiting.flatMap(({ task, index, answers }) => {
        const step = task.next(answers);
        if (!step.done) return [{ task, index, requests: step.value }];
        results.set(index, step.value);
        return [];
      });
      const batch = asking.flatMap(({ requests }) => requests);
      const answers = batch.length === 0 ? [] : answerAll(batch, keys, bridge);
      let taken = 0;
      waiting = asking.map(({ task, index, requests }) => {
        taken += requests.length;
        return { task, index, answers: answers.slice(taken - requests.length, taken) };
      });
    }
  } finally {
    bridge.close();
  }
  return tasks.map((_, index) => results.get(index) as T);
}

/** The thread decrypts what it can; the gpg keyring is asked for the rest. */
function answerAll(batch: readonly KeyRequest[], keys: PrivateKeys, bridge: KeyBridge): readonly KeyAnswer[] {
  const forThread = batch.filter(
    (request) => request.op !== 'unwrap' || keys.age.length + keys.pgp.length > 0,
  );
  const answers = new Map<KeyRequest, KeyAnswer>();
  if (forThread.length > 0) {
    bridge
      .run(forThread, keys)
      .forEach((answer, index) => answers.set(forThread[index] as KeyRequest, answer));
  }
  return batch.map((request) => {
    const answer = answers.get(request);
    if (answer?.ok || request.op !== 'unwrap') return answer as KeyAnswer;
    return askKeyring(request, keys) ?? answer ?? noKey(request);
  });
}

function askKeyring(request: UnwrapRequest, keys: PrivateKeys): KeyAnswer | undefined {
  for (const wrapped of request.keys) {
    if (wrapped.kind !== 'pgp' || !keys.gpg?.hasSecretKey(wrapped.id)) continue;
    const key = keys.gpg.decrypt(wrapped.enc);
    if (key) return { ok: true, key };
  }
  return undefined;
}

function noKey(request: UnwrapRequest): KeyAnswer {
  return {
    ok: false,
    reason: 'no-key',
    detail: `no private key for ${request.keys.map(({ id }) => id).join(', ')}`,
  };
}
