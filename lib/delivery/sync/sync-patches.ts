import type { ApiObject } from 'cdk8s';
import type { Finding } from '../../findings/finding';
import { FindingsError } from '../../findings/findings-error';
import { resolveSpec } from '../../flux/resolve-spec';
import { fluxType } from '../../kinds/flux-kinds';
import { BOOTSTRAP_NAME, FLUX_NAMESPACE } from '../../kinds/names';
import { mapOf, textOf } from '../../plain/plain-data';
import { validateObject } from '../../schema/validate-object';
import { violationFinding } from '../../schema/validate-tree-object';
import { printDocuments } from '../../yaml/print';
import type { ClusterSync } from './cluster-sync';
import { SYNC_INTERVAL } from './make-sync';

/** The tag that the operator sets first, if a patch sets the real reference. */
const ANY_TAG = 'latest';

/** The sync of a FluxInstance, and patches for what it has no field for. */
export interface SyncWithPatches {
  /**
   * The sync.
   *
   * @default - the operator syncs nothing
   */
  readonly sync?: object;
  readonly patches: readonly object[];
}

/**
 * The sync of a Cluster as a FluxInstance has it. The operator makes the OCIRepository of few fields: the others are patched
 * in, as its documentation does it.
 *
 * @param owner - the FluxInstance
 * @param path - the entry path
 * @throws FindingsError with all that Flux would refuse of the OCIRepository
 * @see https://fluxoperator.dev/docs/instance/customization/
 */
export function syncWithPatches(owner: ApiObject, path: string, given: ClusterSync): SyncWithPatches {
  const { kind, interval, kustomization, ...source } = given;
  const resolved = mapOf(plainData(owner, { interval: interval ?? SYNC_INTERVAL, ...source }));
  refuseInvalid(owner, resolved);
  const { url, ref, secretRef, provider, interval: every, ...others } = resolved;
  const { tag, ...moreOfRef } = mapOf(ref);
  const isPlainTag = Object.keys(moreOfRef).length === 0;
  const patched = { ...(!isPlainTag && { ref }), ...others };
  const pullSecret = textOf(mapOf(secretRef).name);
  return {
    sync: {
      kind,
      url,
      ref: textOf(tag) ?? ANY_TAG,
      path,
      ...(pullSecret !== undefined && { pullSecret }),
      ...(provider !== undefined && { provider }),
      interval: every,
    },
    patches: [
      ...patchesOf('OCIRepository', patched),
      ...patchesOf('Kustomization', mapOf(plainData(owner, kustomization ?? {}))),
    ],
  };
}

function plainData(owner: ApiObject, value: object): unknown {
  const findings: Finding[] = [];
  const result = resolveSpec(owner, value, findings);
  if (findings.length > 0) throw new FindingsError(findings);
  return result;
}

/** Only the API server checks what the operator creates, long after synth. */
function refuseInvalid(owner: ApiObject, spec: object): void {
  const metadata = { name: BOOTSTRAP_NAME, namespace: FLUX_NAMESPACE };
  const object = { ...fluxType('OCIRepository'), metadata, spec };
  const findings = validateObject(object).map((violation) =>
    violationFinding(violation, { object, constructPath: owner.node.path }, ''),
  );
  if (findings.length > 0) throw new FindingsError(findings);
}

/** One patch that adds fields to the spec of the object of a kind; `undefined` if there is nothing to add. */
function patchesOf(kind: string, fields: Readonly<Record<string, unknown>>): object[] {
  const operations = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ op: 'add', path: `/spec/${name}`, value }));
  return operations.length === 0
    ? []
    : [{ patch: printDocuments([{ object: operations }]), target: { kind } }];
}
