import { finding, type Finding } from '../../findings/finding';
import { shellQuoted } from '../../findings/shell-quoted';
import type { KeyTask } from '../keys/key-task';
import { missingValues } from './check-desired';
import type { CommittedSecret } from './committed-secret';
import { encryptFresh } from './encrypt-secret';
import type {
  ReconcileContext,
  ReconcileRequest,
  ReconcileResult,
  ReconcileState,
} from './reconcile-request';
import { plainIsFree, type SecretDifference } from './secret-difference';
import { plainPart, spliceSecret } from './secret-object';

/** A secret whose data key nobody here can open. */
export interface Closed {
  readonly difference: SecretDifference;
  readonly context: ReconcileContext;
}

/**
 * Reconciles a secret that cannot be opened here. What the MAC does not cover is changed in place. Where more must
 * change and every value is here, the file is encrypted again, for which public keys are enough; otherwise it is kept
 * and the findings say what to do.
 *
 * @throws FindingsError `sops-recipient-unusable`
 */
export function* reconcileClosed(
  request: ReconcileRequest,
  committed: CommittedSecret,
  closed: Closed,
): KeyTask<ReconcileResult> {
  const { difference, context } = closed;
  const { file } = request;
  const unknown = [...request.desired.entries].flatMap(([name, value]) =>
    value.kind === 'missing' || (value.kind === 'generate' && committed.entries.has(name)) ? [name] : [],
  );
  if (difference.needsKey && unknown.length === 0) {
    const bytes = yield* encryptFresh(request, freshValues(request), context);
    return { file, state: 'renewed', bytes, findings: difference.renew ? [] : [renewedUnseen(request)] };
  }
  const findings = difference.needsKey ? cannotChange(request, committed, difference, unknown) : [];
  const result = (state: ReconcileState, bytes: Buffer): ReconcileResult => ({
    file,
    state,
    bytes,
    findings,
  });
  if (findings.some(({ severity }) => severity === 'error')) return result('refused', committed.bytes);
  const unverified = unverifiedValues(request, committed);
  findings.push(...unverified);
  if (difference.plainChanged) {
    const spliced = spliceSecret(committed.envelope, { plain: plainPart(request), header: request.header });
    return result('updated', Buffer.from(spliced ?? committed.bytes));
  }
  return result(unverified.length > 0 ? 'unverified' : 'kept', committed.bytes);
}

function freshValues(request: ReconcileRequest): Map<string, Uint8Array> {
  const values = new Map<string, Uint8Array>();
  for (const [name, value] of request.desired.entries) {
    if (value.kind === 'value') values.set(name, value.bytes);
    if (value.kind === 'generate') values.set(name, value.make());
  }
  return values;
}

function cannotChange(
  request: ReconcileRequest,
  committed: CommittedSecret,
  difference: SecretDifference,
  unknown: readonly string[],
): Finding[] {
  const findings: Finding[] = [];
  const { addedNames, removedNames, recipients } = difference;
  if (difference.renew) findings.push(...missingValues(request, unknown));
  else if (addedNames.length + removedNames.length > 0) findings.push(entriesDiffer(request, difference));
  if (recipients.added.length + recipients.removed.length > 0)
    findings.push(recipientsStale(request, difference));
  if (difference.plainChanged && !plainIsFree(committed)) {
    findings.push(
      finding({
        code: 'sops-metadata-locked',
        message:
          'the metadata changed, and the committed file includes it in its MAC, which cannot be renewed without the private key',
        hint: 'run on a machine that has the private key; after that, metadata can change without it',
        locations: locate(request),
      }),
    );
  }
  return findings;
}

function entriesDiffer(request: ReconcileRequest, { addedNames, removedNames }: SecretDifference): Finding {
  const parts = [
    addedNames.length > 0 ? `does not have ${quoted(addedNames)}` : '',
    removedNames.length > 0 ? `has ${quoted(removedNames)}, which the code does not have` : '',
  ];
  return finding({
    code: 'sops-entries-differ',
    message: `the committed file ${parts.filter(Boolean).join(' and ')}; to change it, synth needs the private key or all values, and has neither`,
    hint: 'run on a machine that has the private key, or all values',
    locations: locate(request),
    field: 'data',
  });
}

/** Says that a file is not encrypted for whom it should be, with the lines that mend it. */
export function recipientsStale(
  request: Pick<ReconcileRequest, 'file' | 'constructPath'>,
  difference: Pick<SecretDifference, 'recipients'>,
): Finding {
  const { added, removed } = difference.recipients;
  const parts = [
    added.length > 0 ? `not encrypted for ${quoted(added.map(({ id }) => id))}` : '',
    removed.length > 0 ? `still encrypted for ${quoted(removed.map(({ id }) => id))}` : '',
  ];
  const file = shellQuoted(request.file);
  const renew =
    removed.length > 0
      ? `, and then sops rotate --in-place ${file} (updatekeys keeps the data key, which a former recipient may know)`
      : '';
  return finding({
    code: 'sops-recipients-stale',
    severity: 'warning',
    message: `the committed file is ${parts.filter(Boolean).join(' and ')}`,
    hint: `on a machine that has the private key, run sops updatekeys --yes ${file}${renew}`,
    locations: locate(request),
    field: 'sops',
  });
}

function renewedUnseen(request: ReconcileRequest): Finding {
  return finding({
    code: 'sops-renewed',
    severity: 'info',
    message:
      'the file had to change, and there is no private key here, so synth encrypted the values of this machine again',
    hint: 'check that all values on this machine are correct',
    locations: locate(request),
  });
}

/** Names the values that are here and cannot be compared with those of the committed file. */
export function unverifiedValues(request: ReconcileRequest, { entries }: CommittedSecret): Finding[] {
  const names = [...request.desired.entries]
    .filter(([name, { kind }]) => kind === 'value' && entries.has(name))
    .map(([name]) => name);
  if (names.length === 0) return [];
  return [
    finding({
      code: 'sops-unverified',
      severity: 'warning',
      message: `synth kept the committed file: without the private key it cannot compare the file with the values of ${quoted(names)} on this machine`,
      hint: `run on a machine that has the private key; if a value changed, increase the revision of the secret, or run with --reencrypt ${shellQuoted(request.file)}`,
      locations: locate(request),
      field: 'data',
    }),
  ];
}

function locate({
  file,
  constructPath,
}: Pick<ReconcileRequest, 'file' | 'constructPath'>): { file: string; constructPath?: string }[] {
  return [{ file, constructPath }];
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
