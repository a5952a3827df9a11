import { violationsOfObject, type AppliedViolation } from '../../check/facts/object-check';
import { listed } from '../changed-fields';
import type { ChangedObject, Claim, ClassifyContext, ObjectClassifier } from '../classifier';
import { immutableChanges } from '../immutable-fields';
import { isForced } from '../outcome-annotations';

type Violation = AppliedViolation['violation'];

/** The API server refuses the change: an immutable field, or what the schema does not allow. */
export const refused: ObjectClassifier = (changed, context) => {
  const fields = isForced(changed) ? [] : immutableChanges(changed, context);
  if (fields.length === 0) return ofSchema(changed, context);
  const names = listed(fields.map(({ path }) => path));
  return [
    {
      class: 'refused',
      fields,
      message: `the API server refuses to change ${names}: the Kustomization fails, and applies none of its changes`,
      hint: 'undo the change, give the object another name, or set the annotation "kustomize.toolkit.fluxcd.io/force: enabled" so that Flux deletes and recreates it',
    },
  ];
};

/** What was valid in the base and is not any more. */
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

/** An unknown field is dropped, and what a controller dislikes is applied first. */
function errorsOf(violations: readonly Violation[]): Violation[] {
  return violations.filter(
    ({ code, severity }) =>
      severity === 'error' && code.startsWith('schema-') && code !== 'schema-unknown-field',
  );
}

function keyOf({ code, field }: Violation): string {
  return `${code} ${field}`;
}
