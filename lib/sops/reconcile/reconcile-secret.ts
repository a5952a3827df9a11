import type { Finding } from '../../findings/finding';
import { FindingsError } from '../../findings/findings-error';
import { openDataKey } from '../keys/data-key';
import { runKeyTasks, type KeyTask } from '../keys/key-task';
import { checkDesired, missingValues } from './check-desired';
import { readCommittedSecret } from './committed-secret';
import { encryptFresh } from './encrypt-secret';
import { encryptBySops, reconcileForeign } from './reconcile-foreign';
import type { LazyRequest, ReconcileContext, ReconcileRequest, ReconcileResult } from './reconcile-request';
import { settled, type ResolvedValue } from '../values/resolved-value';
import { differenceOf, type SecretDifference } from './secret-difference';
import { reconcileOpened } from './reconcile-opened';
import { reconcileClosed } from './reconcile-closed';

/**
 * Brings secrets into line with what is committed, each as `reconcileSecret` does. The data keys of all of them are
 * opened, and then wrapped, in one go.
 */
export function reconcileSecrets(
  requests: readonly LazyRequest[],
  context: ReconcileContext,
): ReconcileResult[] {
  return runKeyTasks(
    requests.map((request) => reconcileTask(request, context)),
    context.keys,
  );
}

/**
 * Brings one secret into line with what is committed. The committed ciphertext is the state: its bytes are kept
 * unless something really changed, and then as much of them as can be.
 *
 * Nothing is thrown for what is wrong with a file or a value; the findings say it, and the state is `refused`.
 */
export function reconcileSecret(request: LazyRequest, context: ReconcileContext): ReconcileResult {
  return reconcileSecrets([request], context)[0] as ReconcileResult;
}

function* reconcileTask(lazy: LazyRequest, context: ReconcileContext): KeyTask<ReconcileResult> {
  const { file, committed } = lazy;
  const unasked = settle(lazy, false);
  try {
    refuseProblems(checkDesired(unasked));
    if (committed === undefined) return yield* create(askAll(lazy), context);
    const secret = readCommittedSecret(committed, file);
    const difference = differenceOf(unasked, secret);
    if (secret.foreign || lazy.bySops) return reconcileForeign(askAll(lazy), secret, difference, context);
    const dataKey = wantsKey(lazy, difference)
      ? yield* openDataKey(secret.envelope, context.keys)
      : undefined;
    if (dataKey) return yield* reconcileOpened(askAll(lazy), secret, { difference, dataKey, context });
    // Without the key, there is nothing to compare with: no command runs for a file that is kept.
    const request = difference.needsKey ? askAll(lazy) : unasked;
    return yield* reconcileClosed(request, secret, { difference, context });
  } catch (error) {
    if (FindingsError.isFindingsError(error)) return refused(unasked, error.findings);
    throw error;
  }
}

function settle(request: LazyRequest, run: boolean): ReconcileRequest {
  const entries = [...request.desired.entries].map(([name, value]) => [name, settled(value, run)] as const);
  return { ...request, desired: { ...request.desired, entries: new Map(entries) } };
}

/** Gets all values, including deferred ones, and checks them. */
function askAll(lazy: LazyRequest): ReconcileRequest {
  const request = settle(lazy, true);
  refuseProblems(checkDesired(request));
  return request;
}

function refuseProblems(problems: readonly Finding[]): void {
  if (problems.length > 0) throw new FindingsError(problems);
}

function* create(request: ReconcileRequest, context: ReconcileContext): KeyTask<ReconcileResult> {
  const values = new Map<string, Uint8Array>();
  const missing: string[] = [];
  for (const [name, value] of request.desired.entries) {
    if (value.kind === 'missing') missing.push(name);
    else values.set(name, value.kind === 'value' ? value.bytes : value.make());
  }
  if (missing.length > 0) return refused(request, missingValues(request, missing));
  const bytes = request.bySops
    ? encryptBySops(request, values, context)
    : yield* encryptFresh(request, values, context);
  return { file: request.file, state: 'created', bytes, findings: [] };
}

/** Decrypting a data key costs a thread, so it happens only if there is something to compare or to change. */
function wantsKey({ desired }: LazyRequest, difference: SecretDifference): boolean {
  const isHere = ({ kind }: ResolvedValue): boolean => kind === 'value' || kind === 'deferred';
  return difference.needsKey || [...desired.entries.values()].some(isHere);
}

function refused(request: ReconcileRequest, findings: readonly Finding[]): ReconcileResult {
  const located = findings.map((found) => locate(found, request));
  return { file: request.file, state: 'refused', bytes: request.committed, findings: located };
}

function locate(found: Finding, { constructPath }: ReconcileRequest): Finding {
  if (constructPath === undefined) return found;
  return { ...found, locations: found.locations.map((location) => ({ constructPath, ...location })) };
}
