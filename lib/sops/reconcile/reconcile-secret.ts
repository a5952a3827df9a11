import type { Finding } from '../../findings/finding';
import { FindingsError } from '../../findings/findings-error';
import { openDataKey } from '../keys/data-key';
import { runKeyTasks, type KeyTask } from '../keys/key-task';
import { checkDesired, missingValues } from './check-desired';
import { readCommittedSecret } from './committed-secret';
import { encryptFresh } from './encrypt-secret';
import { encryptBySops, reconcileForeign } from './reconcile-foreign';
import type { ReconcileContext, ReconcileRequest, ReconcileResult } from './reconcile-request';
import { differenceOf, type SecretDifference } from './secret-difference';
import { reconcileOpened } from './reconcile-opened';
import { reconcileClosed } from './reconcile-closed';

/**
 * Brings secrets into line with what is committed, each as `reconcileSecret` does. The data keys of all of them are
 * opened, and then wrapped, in one go.
 */
export function reconcileSecrets(
  requests: readonly ReconcileRequest[],
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
export function reconcileSecret(request: ReconcileRequest, context: ReconcileContext): ReconcileResult {
  return reconcileSecrets([request], context)[0] as ReconcileResult;
}

function* reconcileTask(request: ReconcileRequest, context: ReconcileContext): KeyTask<ReconcileResult> {
  const { file, committed } = request;
  const problems = checkDesired(request);
  if (problems.length > 0) return refused(request, problems);
  try {
    if (committed === undefined) return yield* create(request, context);
    const secret = readCommittedSecret(committed, file);
    const difference = differenceOf(request, secret);
    if (secret.foreign || request.bySops) return reconcileForeign(request, secret, difference, context);
    const dataKey = wantsKey(request, difference)
      ? yield* openDataKey(secret.envelope, context.keys)
      : undefined;
    if (dataKey) return yield* reconcileOpened(request, secret, { difference, dataKey, context });
    return yield* reconcileClosed(request, secret, { difference, context });
  } catch (error) {
    if (FindingsError.isFindingsError(error)) return refused(request, error.findings);
    throw error;
  }
}

function* create(request: ReconcileRequest, context: ReconcileContext): KeyTask<ReconcileResult> {
  const values = new Map<string, Buffer>();
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

/** Opening a data key costs a thread: it is only done where there is something to compare or to change. */
function wantsKey(request: ReconcileRequest, difference: SecretDifference): boolean {
  return difference.needsKey || [...request.desired.entries.values()].some(({ kind }) => kind === 'value');
}

function refused(request: ReconcileRequest, findings: readonly Finding[]): ReconcileResult {
  const located = findings.map((found) => locate(found, request));
  return { file: request.file, state: 'refused', bytes: request.committed, findings: located };
}

function locate(found: Finding, { constructPath }: ReconcileRequest): Finding {
  if (constructPath === undefined) return found;
  return { ...found, locations: found.locations.map((location) => ({ constructPath, ...location })) };
}
