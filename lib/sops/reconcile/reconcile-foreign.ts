import type { Finding } from '../../findings/finding';
import { FindingsError } from '../../findings/findings-error';
import { printDocuments } from '../../yaml/print';
import { readEnvelope } from '../envelope/envelope';
import { sopsCommandNeeded, type SopsChange, type SopsPath } from '../sops-command';
import { missingValues } from './check-desired';
import { readCommittedSecret, type CommittedSecret, type Section } from './committed-secret';
import { base64Entries } from './encrypt-secret';
import { recipientsStale, unverifiedValues } from './reconcile-closed';
import type {
  ReconcileContext,
  ReconcileRequest,
  ReconcileResult,
  ReconcileState,
} from './reconcile-request';
import { plainIsFree, type SecretDifference } from './secret-difference';
import { plainPart, samePlain, secretObject, spliceSecret } from './secret-object';

/**
 * Reconciles a file with key groups, keys of a cloud or ssh keys. It is kept; what must change in its values, and in
 * metadata that its MAC covers, is changed by the sops command. Its recipients are the author's affair.
 *
 * @throws FindingsError `sops-command-needed`, `secret-value-missing`
 */
export function reconcileForeign(
  request: ReconcileRequest,
  committed: CommittedSecret,
  difference: SecretDifference,
  context: ReconcileContext,
): ReconcileResult {
  const { file } = request;
  const findings: Finding[] = notYetFor(request, difference);
  const free = plainIsFree(committed);
  const { bytes, state } = changeBySops(request, committed, { difference, context, withPlain: !free });
  if (state === 'unverified') findings.push(...unverifiedValues(request, committed));
  if (!difference.plainChanged || !free) return { file, state, bytes, findings };
  // The sops command may have printed the file again: its parts are cut where they are now.
  const envelope = readEnvelope(bytes.toString('utf8'), file);
  const spliced = spliceSecret(envelope, { plain: plainPart(request), header: request.header });
  const changed = state === 'kept' || state === 'unverified' ? 'updated' : state;
  return { file, state: changed, bytes: spliced === undefined ? bytes : Buffer.from(spliced), findings };
}

/**
 * Encrypts a new Secret by the sops command, with its own reading of `.sops.yaml`: to encrypt for the recipients one by
 * one would let each of them open what a group of them should.
 *
 * @throws FindingsError `sops-command-needed`, and what `readCommittedSecret` says of a rule that Flux cannot work with
 */
export function encryptBySops(
  request: ReconcileRequest,
  values: ReadonlyMap<string, Uint8Array>,
  { sops }: ReconcileContext,
): Buffer {
  const object = secretObject(plainPart(request), base64Entries(values));
  const bytes = sops?.encrypt(Buffer.from(printDocuments([{ object }])), request.file);
  if (bytes === undefined) throw needed(request);
  readCommittedSecret(bytes, request.file);
  return bytes;
}

/** Other keys in the file are no problem: the code never contains those of a cloud. */
function notYetFor(request: ReconcileRequest, { recipients }: SecretDifference): Finding[] {
  const { added } = recipients;
  return added.length > 0 ? [recipientsStale(request, { recipients: { added, removed: [] } })] : [];
}

interface Foreign {
  readonly difference: SecretDifference;
  readonly context: ReconcileContext;
  /** Whether only the sops command can make the change of metadata. */
  readonly withPlain: boolean;
}

function changeBySops(
  request: ReconcileRequest,
  committed: CommittedSecret,
  { difference, context, withPlain }: Foreign,
): { readonly bytes: Buffer; readonly state: ReconcileState } {
  const { addedNames, removedNames, renew } = difference;
  const plainChanged = withPlain && difference.plainChanged;
  const mustChange = renew || plainChanged || addedNames.length + removedNames.length > 0;
  const isHere = [...request.desired.entries.values()].some(({ kind }) => kind === 'value');
  const { bytes } = committed;
  if (!mustChange && !isHere) return { bytes, state: 'kept' };
  const current = context.sops?.decrypt(bytes);
  if (current === undefined) {
    if (mustChange) throw needed(request);
    return { bytes, state: 'unverified' };
  }
  const entries = entryChanges(request, committed, current);
  const plain = plainChanged ? plainChanges(request, committed) : NO_CHANGE;
  const change = {
    set: [...entries.set, ...plain.set],
    unset: [...entries.unset, ...plain.unset],
    rotate: renew,
  };
  if (change.set.length + change.unset.length === 0 && !renew) return { bytes, state: 'kept' };
  const changed = context.sops?.change(bytes, change);
  if (changed === undefined) throw needed(request);
  return { bytes: changed, state: renew ? 'renewed' : 'updated' };
}

type Places = Omit<SopsChange, 'rotate'>;

const NO_CHANGE: Places = { set: [], unset: [] };

function entryChanges(
  request: ReconcileRequest,
  committed: CommittedSecret,
  current: Record<string, unknown>,
): Places {
  const set: [SopsPath, unknown][] = [];
  const unset: SopsPath[] = [];
  const missing: string[] = [];
  for (const [name, wanted] of request.desired.entries) {
    const section = committed.entries.get(name)?.section;
    if (wanted.kind === 'missing' && section === undefined) missing.push(name);
    if (wanted.kind === 'missing' || (wanted.kind === 'generate' && section !== undefined)) continue;
    const bytes = Buffer.from(wanted.kind === 'value' ? wanted.bytes : wanted.make());
    if (section !== undefined && valueOf(current, section, name).equals(bytes)) continue;
    set.push([['data', name], bytes.toString('base64')]);
    if (section === 'stringData') unset.push([section, name]);
  }
  if (missing.length > 0) throw new FindingsError(missingValues(request, missing));
  for (const [name, { section }] of committed.entries) {
    if (!request.desired.entries.has(name)) unset.push([section, name]);
  }
  return { set, unset };
}

function plainChanges(request: ReconcileRequest, { plain: before }: CommittedSecret): Places {
  const after = plainPart(request);
  const differs = (key: string): boolean => !samePlain({ [key]: before[key] }, { [key]: after[key] });
  return {
    set: Object.keys(after)
      .filter(differs)
      .map((key) => [[key], after[key]] as const),
    unset: Object.keys(before)
      .filter((key) => !(key in after))
      .map((key) => [key]),
  };
}

function valueOf(current: Record<string, unknown>, section: Section, name: string): Buffer {
  const text = String((current[section] as Record<string, unknown> | undefined)?.[name] ?? '');
  return Buffer.from(text, section === 'data' ? 'base64' : 'utf8');
}

function needed({ file, constructPath }: ReconcileRequest): FindingsError {
  return new FindingsError([sopsCommandNeeded({ file, constructPath })]);
}
