import type { Finding } from '../../findings/finding';
import { readEnvelope } from '../envelope/envelope';
import type { CommittedSecret, Section } from './committed-secret';
import { missingValues } from './check-desired';
import { recipientsStale } from './reconcile-closed';
import type {
  ReconcileContext,
  ReconcileRequest,
  ReconcileResult,
  ReconcileState,
} from './reconcile-request';
import { sopsCommandNeeded } from '../sops-command';
import { plainIsFree, type SecretDifference } from './secret-difference';
import { plainPart, spliceSecret } from './secret-object';

/**
 * Reconciles a file with key groups, keys of a cloud or ssh keys. It is kept; what must change in its values is
 * changed by the sops command, and its recipients are the author's affair.
 */
export function reconcileForeign(
  request: ReconcileRequest,
  committed: CommittedSecret,
  difference: SecretDifference,
  context: ReconcileContext,
): ReconcileResult {
  const { added } = difference.recipients;
  const findings: Finding[] =
    added.length > 0 ? [recipientsStale(request, { recipients: { added, removed: [] } })] : [];
  const result = (state: ReconcileState, bytes: Buffer): ReconcileResult => ({
    file: request.file,
    state,
    bytes,
    findings,
  });
  const isHere = [...request.desired.entries.values()].some(({ kind }) => kind === 'value');
  const mustChange = difference.renew || difference.addedNames.length + difference.removedNames.length > 0;
  let bytes = committed.bytes;
  let state: ReconcileState = 'kept';
  if (mustChange || isHere) {
    const current = context.sops?.decrypt(bytes);
    if (current && context.sops) {
      const plan = changesOf(request, committed, current);
      if (plan.missing.length > 0) {
        findings.push(...missingValues(request, plan.missing));
        return result('refused', bytes);
      }
      if (plan.set.size + plan.unset.length > 0 || difference.renew) {
        const changed = context.sops.change(bytes, plan.set, plan.unset, difference.renew);
        if (!changed) return result('refused', refuse(request, findings, bytes));
        bytes = changed;
        state = difference.renew ? 'renewed' : 'updated';
      }
    } else if (mustChange) return result('refused', refuse(request, findings, bytes));
    else state = 'unverified';
  }
  return difference.plainChanged
    ? withPlain(request, committed, { bytes, state, findings })
    : result(state, bytes);
}

interface Interim {
  readonly bytes: Buffer;
  readonly state: ReconcileState;
  readonly findings: Finding[];
}

function withPlain(
  request: ReconcileRequest,
  committed: CommittedSecret,
  { bytes, state, findings }: Interim,
): ReconcileResult {
  const { file } = request;
  // The sops command may have printed the file anew: its parts are cut where they stand now.
  const envelope = readEnvelope(bytes.toString('utf8'), file);
  const spliced = plainIsFree(committed)
    ? spliceSecret(envelope, { plain: plainPart(request), header: request.header })
    : undefined;
  const changed = state === 'kept' || state === 'unverified' ? 'updated' : state;
  if (spliced !== undefined) return { file, state: changed, bytes: Buffer.from(spliced), findings };
  return { file, state: 'refused', bytes: refuse(request, findings, bytes), findings };
}

function changesOf(
  request: ReconcileRequest,
  committed: CommittedSecret,
  current: Record<string, unknown>,
): { set: Map<string, string>; unset: [string, string][]; missing: string[] } {
  const set = new Map<string, string>();
  const unset: [string, string][] = [];
  const missing: string[] = [];
  for (const [name, wanted] of request.desired.entries) {
    const section = committed.entries.get(name)?.section;
    if (wanted.kind === 'missing' && section === undefined) missing.push(name);
    if (wanted.kind === 'missing' || (wanted.kind === 'generate' && section !== undefined)) continue;
    const bytes = wanted.kind === 'value' ? wanted.bytes : wanted.make();
    if (section !== undefined && valueOf(current, section, name).equals(bytes)) continue;
    set.set(name, bytes.toString('base64'));
    if (section === 'stringData') unset.push([section, name]);
  }
  for (const [name, { section }] of committed.entries) {
    if (!request.desired.entries.has(name)) unset.push([section, name]);
  }
  return { set, unset, missing };
}

function valueOf(current: Record<string, unknown>, section: Section, name: string): Buffer {
  const text = String((current[section] as Record<string, unknown> | undefined)?.[name] ?? '');
  return Buffer.from(text, section === 'data' ? 'base64' : 'utf8');
}

function refuse(request: ReconcileRequest, findings: Finding[], bytes: Buffer): Buffer {
  findings.push(sopsCommandNeeded({ file: request.file, constructPath: request.constructPath }));
  return bytes;
}
