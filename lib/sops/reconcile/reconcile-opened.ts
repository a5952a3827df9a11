import { allKeys, type WrappedKey } from '../envelope/envelope-metadata';
import { wrapDataKey } from '../keys/data-key';
import type { KeyTask } from '../keys/key-task';
import { missingValues } from './check-desired';
import { decryptCommitted, type CommittedSecret, type PlainEntry } from './committed-secret';
import { encryptFresh, encryptWith, timestamp } from './encrypt-secret';
import type {
  ReconcileContext,
  ReconcileRequest,
  ReconcileResult,
  ReconcileState,
} from './reconcile-request';
import { plainIsFree, type SecretDifference } from './secret-difference';
import { plainPart, spliceSecret, type EntryText } from './secret-object';

/** A secret whose data key is open. */
export interface Opened {
  readonly difference: SecretDifference;
  readonly dataKey: Buffer;
  readonly context: ReconcileContext;
}

/**
 * Reconciles a secret whose data key is open: its values are compared, and only what changed is encrypted again.
 *
 * @throws FindingsError `sops-tampered`, `sops-recipient-unusable`
 */
export function* reconcileOpened(
  request: ReconcileRequest,
  committed: CommittedSecret,
  opened: Opened,
): KeyTask<ReconcileResult> {
  const { difference, dataKey, context } = opened;
  const current = decryptCommitted(committed, dataKey);
  const { values, missing } = wantedValues(request, current);
  const result = (state: ReconcileState, bytes: Buffer): ReconcileResult => ({
    file: request.file,
    state,
    bytes,
    findings: [],
  });
  if (missing.length > 0)
    return { ...result('refused', committed.bytes), findings: missingValues(request, missing) };
  if (difference.renew || difference.recipients.removed.length > 0) {
    return result('renewed', yield* encryptFresh(request, values, context));
  }
  const now = timestamp(context);
  const added = yield* wrapDataKey(dataKey, difference.recipients.added, {
    now,
    file: request.file,
    gpg: context.gpg,
  });
  const keys = added.length === 0 ? allKeys(committed.envelope.metadata) : inOrder(request, committed, added);
  const entries = entryTexts(values, current);
  const changed =
    difference.removedNames.length > 0 ||
    [...entries].some(([name, entry]) => current.get(name)?.text !== entry.text);
  const kept = keptCiphertexts(committed, entries, current);
  const rewrite = (): Buffer => encryptWith(request, { dataKey, keys, lastModified: now, entries, kept });
  if (changed) return result('updated', rewrite());
  const { plainChanged } = difference;
  if (added.length === 0 && !plainChanged) return result('kept', committed.bytes);
  const plain = plainChanged ? { plain: plainPart(request), header: request.header } : {};
  const spliced =
    plainChanged && !plainIsFree(committed)
      ? undefined
      : spliceSecret(committed.envelope, { ...plain, keys: added.length > 0 ? keys : undefined });
  return result(
    added.length > 0 ? 'rewrapped' : 'updated',
    spliced === undefined ? rewrite() : Buffer.from(spliced),
  );
}

function wantedValues(
  request: ReconcileRequest,
  current: ReadonlyMap<string, PlainEntry>,
): { values: Map<string, Uint8Array>; missing: string[] } {
  const values = new Map<string, Uint8Array>();
  const missing: string[] = [];
  for (const [name, wanted] of request.desired.entries) {
    const there = current.get(name)?.bytes;
    if (wanted.kind === 'value') values.set(name, wanted.bytes);
    else if (there !== undefined) values.set(name, there);
    else if (wanted.kind === 'generate') values.set(name, wanted.make());
    else missing.push(name);
  }
  return { values, missing };
}

/** An unchanged entry stays where and as it is; a changed one goes to `data`, which substitution does not change. */
function entryTexts(
  values: ReadonlyMap<string, Uint8Array>,
  current: ReadonlyMap<string, PlainEntry>,
): Map<string, EntryText> {
  return new Map(
    [...values].map(([name, bytes]) => {
      const there = current.get(name);
      if (there?.bytes.equals(bytes)) return [name, { section: there.section, text: there.text }];
      return [name, { section: 'data', text: Buffer.from(bytes).toString('base64') }];
    }),
  );
}

function keptCiphertexts(
  committed: CommittedSecret,
  entries: ReadonlyMap<string, EntryText>,
  current: ReadonlyMap<string, PlainEntry>,
): Map<string, string> {
  const kept = new Map<string, string>();
  for (const [name, { section, text }] of entries) {
    const there = current.get(name);
    const ciphertext = committed.entries.get(name)?.text;
    if (ciphertext && there?.section === section && there.text === text)
      kept.set(JSON.stringify([section, name]), ciphertext);
  }
  return kept;
}

function inOrder(
  request: ReconcileRequest,
  committed: CommittedSecret,
  added: readonly WrappedKey[],
): WrappedKey[] {
  const all = [...allKeys(committed.envelope.metadata), ...added];
  const ranks = new Map(request.recipients.map(({ id }, index) => [id, index]));
  return all.sort((a, b) => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0));
}
