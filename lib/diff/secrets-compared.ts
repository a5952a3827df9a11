import { isMap, listOf, mapOf, mapValues, textOf, withoutEntries } from '../plain/plain-data';
import { looksEncrypted, parseEncryptedValue } from '../sops/encrypted-text';
import { KEY_KINDS } from '../sops/envelope/envelope-metadata';
import type { ManifestObject } from '../tree/manifest';
import type { Change, FieldChange } from './change';
import type { ChangedObject, Claim, ClassifyContext } from './classifier';
import { listed } from './changed-fields';
import { isAtOrWithin, keyPath } from './compare/change-path';
import { differences } from './compare/differences';
import { isEncrypted, isSealed, isSecret, secretEntries, SEALED_DATA } from './compare/secret-entries';

/** What is said of an object's secret values, and the changed fields that mean nothing. */
export interface SecretsCompared {
  readonly claims: readonly Claim[];
  /** Fields of which nothing needs to be said: another ciphertext of the same value, the metadata of sops. */
  readonly silent: readonly FieldChange[];
}

/** A secret value that differs in git. */
interface SecretValue {
  /** The path of its field. */
  readonly path: string;
  /** @default - the base does not have it */
  readonly before?: string;
  /** @default - the head does not have it */
  readonly after?: string;
}

/** Compares the secret values of an object. Names of entries are told, values never. */
export function compareSecrets(changed: ChangedObject, { decrypt }: ClassifyContext = {}): SecretsCompared {
  const values = secretValues(changed);
  const sops = changed.fields.filter(({ path }) => path === 'sops');
  const recipients = recipientsClaim(changed, sops);
  const [known, found] = [changed.before, changed.after].map(({ object }) => opened(object, decrypt));
  const isOpen = known !== undefined && found !== undefined && !isSealed(changed.after.object);
  const real = isOpen ? plainDifferences(values, known, found) : values;
  const paths = new Set(values.map(({ path }) => path));
  const told = new Set(real.map(({ path }) => path));
  const silent = [...sops, ...changed.fields.filter(({ path }) => paths.has(path) && !told.has(path))];
  const isEdited = isOpen || keepsCiphertexts(changed);
  const sure = real.filter((value) => isEdited || isOtherPlainText(value));
  const claims = [sure, real.filter((value) => !sure.includes(value))].flatMap((group) =>
    secretClaims(changed, group, group === sure),
  );
  return { claims: [...claims, ...recipients], silent };
}

const RENEWED = 'the ciphertext changed, but that also happens when the same value is encrypted again';

/** Whether a change is of secret values that could not be compared, as nothing tells whether they differ. */
export function isUncomparedSecret({
  class: changeClass,
  message,
}: Pick<Change, 'class' | 'message'>): boolean {
  return changeClass === 'secret-changed' && message.endsWith(RENEWED);
}

/** The message for values that certainly differ, or for those that may differ. */
function secretClaims(
  { after: { object }, fields: all }: ChangedObject,
  values: readonly SecretValue[],
  isSure: boolean,
): Claim[] {
  const fields = all.filter((field) => values.some(({ path }) => path === field.path));
  if (fields.length === 0) return [];
  const names = listed(fields.map(({ path }) => path));
  const [which, change] = fields.length === 1 ? ['value', 'changes'] : ['values', 'change'];
  const subject = `the secret ${which} of ${names}`;
  return [
    {
      class: 'secret-changed',
      fields,
      message: isSure ? `${subject} ${change}` : `${subject} may change: ${RENEWED}`,
      hint: isSecret(object)
        ? 'restart the pods that read it as environment variables: until then, they keep the old value'
        : undefined,
    },
  ];
}

/** The values whose plain text also differs. */
function plainDifferences(
  values: readonly SecretValue[],
  before: ManifestObject,
  after: ManifestObject,
): SecretValue[] {
  if (values.length === 0) return [];
  const differing = isSecret(after) ? changedEntries(before, after) : differences(before, after);
  const paths = new Set(differing.map(({ path }) => path));
  return values.filter(({ path }) => paths.has(path));
}

function changedEntries(before: ManifestObject, after: ManifestObject): SecretValue[] {
  const [known, found] = [secretEntries(before), secretEntries(after)];
  return [...new Set([...known.keys(), ...found.keys()])].flatMap((key) => {
    const [old, now] = [known.get(key), found.get(key)];
    const path = keyPath((now ?? old)?.section ?? 'data', key);
    return old?.value === now?.value ? [] : [{ path, before: old?.value, after: now?.value }];
  });
}

function secretValues({ before, after, fields }: ChangedObject): SecretValue[] {
  if (isSecret(after.object) && isSecret(before.object)) return changedEntries(before.object, after.object);
  if (isSealed(after.object)) return sealedValues(fields);
  if (![before, after].some(({ object }) => isEncrypted(object))) return [];
  return differences(before.object, after.object).flatMap((difference) => {
    const [old, now] = [difference.before?.value, difference.after?.value].map((value) =>
      typeof value === 'string' ? value : undefined,
    );
    const isSecretText = [old, now].some((text) => text !== undefined && looksEncrypted(text));
    return isSecretText ? [{ path: difference.path, before: old, after: now }] : [];
  });
}

/** A sealed secret gets another ciphertext each time it is sealed, so only names are comparable. */
function sealedValues(fields: readonly FieldChange[]): SecretValue[] {
  return fields
    .filter(({ path }) => isAtOrWithin(path, SEALED_DATA))
    .map(({ path }) => ({ path, before: '', after: '' }));
}

/**
 * Whether the difference is certainly an edit: nothing is encrypted, or another value of the file still has its
 * ciphertext, so the whole file was not encrypted again.
 */
function keepsCiphertexts({ before, after }: ChangedObject): boolean {
  if (isSealed(after.object)) return false;
  if (!isEncrypted(before.object) && !isEncrypted(after.object)) return true;
  const kept = ciphertexts(before.object);
  return ciphertexts(after.object).some((text) => kept.includes(text));
}

/** Whether a value is new or gone, or has another type or length. */
function isOtherPlainText({ before, after }: SecretValue): boolean {
  if (before === undefined || after === undefined) return true;
  const [known, found] = [before, after].map(parseEncryptedValue);
  // If one of them is in plain text, only a key can tell whether the value is the same.
  if (!known || !found) return false;
  return known.type !== found.type || known.data.length !== found.data.length;
}

function ciphertexts(object: ManifestObject): readonly string[] {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') {
      if (parseEncryptedValue(value)) found.push(value);
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
  };
  for (const [key, value] of Object.entries(object)) if (key !== 'sops') walk(value);
  return found;
}

/**
 * An object with its secret values in plain text, which must not leave this file; `undefined` if there is no key on
 * this machine.
 */
function opened(object: ManifestObject, decrypt: ClassifyContext['decrypt']): ManifestObject | undefined {
  if (!isEncrypted(object)) return object;
  const texts = decrypt?.(object);
  if (texts === undefined) return undefined;
  const plain = (value: unknown): unknown => {
    if (typeof value === 'string') return texts.get(value) ?? value;
    if (Array.isArray(value)) return value.map(plain);
    return isMap(value) ? mapValues(value, plain) : value;
  };
  return plain(withoutEntries(object, ['sops'])) as ManifestObject;
}

function recipientsClaim({ before, after }: ChangedObject, sops: readonly FieldChange[]): Claim[] {
  if (sops.length === 0 || !isEncrypted(before.object) || !isEncrypted(after.object)) return [];
  const [known, found] = [recipientsOf(before.object), recipientsOf(after.object)];
  const added = [...found].filter((id) => !known.has(id));
  const removed = [...known].filter((id) => !found.has(id));
  if (added.length + removed.length === 0) return [];
  const parts = [
    ...(added.length > 0 ? [`${listed(added)} can now decrypt it`] : []),
    ...(removed.length > 0 ? [`${listed(removed)} can no longer decrypt it`] : []),
  ];
  return [
    {
      class: 'recipients-changed',
      fields: sops,
      message: parts.join(', and '),
      hint:
        removed.length > 0
          ? 'change the values too: anyone who had the key can still read them in the git history'
          : undefined,
    },
  ];
}

/** The recipients of the values, in all groups of keys. */
function recipientsOf({ sops }: ManifestObject): ReadonlySet<string> {
  const block = mapOf(sops);
  const groups = [block, ...listOf(block.key_groups).map(mapOf)];
  return new Set(
    groups.flatMap((group) =>
      Object.entries(KEY_KINDS).flatMap(([kind, field]) =>
        listOf(group[kind]).flatMap((key) => textOf(mapOf(key)[field]) ?? []),
      ),
    ),
  );
}
