import { violationsOfObject, type AppliedViolation } from '../../check/facts/object-check';
import { KUSTOMIZE_GROUP, OPERATOR_GROUP } from '../../kinds/groups';
import { mapOf } from '../../plain/plain-data';
import type { FieldChange } from '../change';
import { listed } from '../changed-fields';
import type { ChangedObject, Claim, ClassifyContext, ObjectClassifier } from '../classifier';
import { immutableChanges } from '../immutable-fields';
import { isForced } from '../outcome-annotations';

type Violation = AppliedViolation['violation'];

/** The API server refuses the change: an immutable field, or what the schema does not allow. */
export const refused: ObjectClassifier = (changed, context) => {
  const fields = isForced(changed) ? [] : immutableChanges(changed, context);
  if (fields.length === 0) return ofSchema(changed, context);
  const applier = changed.after.maker ? 'ResourceSet' : 'Kustomization';
  const names = listed(fields.map(({ path }) => path));
  return [
    {
      class: 'refused',
      fields,
      message: `the API server refuses to change ${names}${exceptionOf(changed, fields)}: the ${applier} fails and applies none of its changes`,
      hint:
        HINTS.get(changed.identity.kind) ?? hintFor(changed.after.maker ? OPERATOR_GROUP : KUSTOMIZE_GROUP),
    },
  ];
};

function hintFor(group: string): string {
  return `undo the change, rename the object, or set the annotation "${group}/force: enabled" so that Flux deletes it and creates it again`;
}

/** If deleting the object loses data, we do not suggest force. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ['PersistentVolumeClaim', 'undo the change, or add a claim with another name and copy the data'],
  ['PersistentVolume', 'undo the change, or add a volume with another name'],
  [
    'CustomResourceDefinition',
    'undo the change: the CRD cannot be replaced without deleting all objects of its kind',
  ],
]);

/** What the answer depends on and files do not show. */
function exceptionOf({ identity, before }: ChangedObject, fields: readonly FieldChange[]): string {
  const { kind } = identity;
  if (kind === 'Job' && mapOf(before.object.spec).ttlSecondsAfterFinished !== undefined)
    return ', unless the finished Job is already deleted (ttlSecondsAfterFinished)';
  const [field] = fields;
  const isNewClass =
    fields.length === 1 && field?.before === undefined && field?.path === 'spec.storageClassName';
  return kind === 'PersistentVolumeClaim' && isNewClass
    ? `, unless the claim has the class ${JSON.stringify(field?.after)} or none in the cluster (it got the default class when it was created)`
    : '';
}

/** What was valid in the base and no longer is. */
function ofSchema(changed: ChangedObject, { base, head }: ClassifyContext): Claim[] {
  if (!base || !head) return [];
  const found = errorsOf(violationsOfObject(head, changed.after.owner, changed.after.object));
  if (found.length === 0) return [];
  const known = errorsOf(violationsOfObject(base, changed.before.owner, changed.before.object)).map(keyOf);
  const [first, ...others] = found.filter((violation) => !known.includes(keyOf(violation)));
  if (!first) return [];
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const place = first.field === '' ? '' : `${first.field}: `;
  return [
    {
      class: 'refused',
      fields: changed.fields,
      message: `the API server refuses the object: ${place}${first.message}${more}`,
      hint: first.hint,
    },
  ];
}

/** An unknown field is dropped, and a value that a controller refuses is applied first. */
function errorsOf(violations: readonly Violation[]): Violation[] {
  return violations.filter(
    ({ code, severity }) =>
      severity === 'error' && code.startsWith('schema-') && code !== 'schema-unknown-field',
  );
}

function keyOf({ code, field }: Violation): string {
  return `${code} ${field}`;
}
