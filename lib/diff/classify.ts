import { CHANGE_CLASSES } from './change';
import type { ChangedObject, Claim, ClassifyContext, ObjectClassifier } from './classifier';
import { decryptionOff } from './classes/decryption-off';
import { orderChanged } from './classes/order-changed';
import { pruneOff } from './classes/prune-off';
import { recreated } from './classes/recreated';
import { refused } from './classes/refused';
import { reinstalled } from './classes/reinstalled';
import { restarted } from './classes/restarted';
import { sourceChanged } from './classes/source-changed';
import { resumed, suspended } from './classes/suspension';
import { unseenObjects } from './classes/unseen-objects';
import { upgraded } from './classes/upgraded';
import { waitChanged } from './classes/wait-changed';
import { widened } from './classes/widened';
import { onceResumed } from './once-resumed';
import { isIgnored, isLeftAlone } from './outcome-annotations';
import { plainChange } from './plain-change';
import { compareSecrets } from './secrets-compared';

const CLASSIFIERS: readonly ObjectClassifier[] = [
  refused,
  recreated,
  unseenObjects,
  reinstalled,
  widened,
  decryptionOff,
  pruneOff,
  suspended,
  resumed,
  upgraded,
  restarted,
  sourceChanged,
  orderChanged,
  waitChanged,
];

/** Classes that are impossible for an object that is deleted and created again. */
const NOT_OF_RECREATED = new Set(['restarted', 'changed']);

/**
 * What Flux will do with an object because of its changed fields, the worst first. A field may be part of several
 * claims; what none explains is one claim of the class `changed`. Empty where the change has no effect.
 */
export function classifyObject(changed: ChangedObject, context: ClassifyContext = {}): Claim[] {
  if (isLeftAlone(changed.after)) return unapplied(changed, context);
  const { claims, silent } = compareSecrets(changed, context);
  const seen = { ...changed, fields: changed.fields.filter((field) => !silent.includes(field)) };
  const found = [...claims, ...CLASSIFIERS.flatMap((classifier) => classifier(seen, context))];
  return inOrder(settle(found, seen, context)).map((claim) => onceResumed(claim, changed));
}

/** Removes what another claim makes impossible, and adds what no claim explains. */
function settle(
  claims: readonly Claim[],
  changed: ChangedObject,
  context: ClassifyContext,
): readonly Claim[] {
  const refusal = claims.find((claim) => claim.class === 'refused');
  // If the API server refuses the object, nothing else of the change happens.
  if (refusal) return [{ ...refusal, fields: changed.fields }];
  const whole = claims.find((claim) => claim.class === 'recreated');
  if (whole) {
    const others = claims.filter((claim) => claim !== whole && !NOT_OF_RECREATED.has(claim.class));
    return [{ ...whole, fields: changed.fields }, ...others];
  }
  const explained = new Set(claims.flatMap(({ fields }) => fields));
  const left = changed.fields.filter((field) => !explained.has(field));
  return left.length === 0 ? claims : [...claims, plainChange(left, changed, context)];
}

/** Flux does not apply the object, so its other changes have no effect either. */
function unapplied(changed: ChangedObject, context: ClassifyContext): Claim[] {
  const isNew = isIgnored(changed.after) && !isIgnored(changed.before);
  const claims = isNew ? suspended(changed, context) : [leftAlone(changed)];
  return claims.map((claim) => ({ ...claim, fields: changed.fields }));
}

function leftAlone({ after, fields }: ChangedObject): Claim {
  const reason = isIgnored(after)
    ? 'an annotation tells Flux to leave the object alone'
    : 'the annotation ssa: IfNotPresent tells Flux only to create the object';
  return {
    class: 'changed',
    fields,
    message: `nothing changes in the cluster: ${reason}`,
    hint: 'remove the annotation, or change the object in the cluster by hand',
  };
}

function inOrder(claims: readonly Claim[]): Claim[] {
  return [...claims].sort((a, b) => CHANGE_CLASSES.indexOf(a.class) - CHANGE_CLASSES.indexOf(b.class));
}
