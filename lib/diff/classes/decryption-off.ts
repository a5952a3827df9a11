import { KUSTOMIZE_GROUP } from '../../kinds/groups';
import { mapOf, textOf, valueAt } from '../../plain/plain-data';
import { changedFields, isOfKind } from '../changed-fields';
import type { ChangedObject, Claim, ObjectClassifier, SideObject } from '../classifier';

const KEY = `${KUSTOMIZE_GROUP}/decrypt`;

/** Flux no longer decrypts what sops encrypted. */
export const decryptionOff: ObjectClassifier = (changed) => [
  ...ofKustomization(changed),
  ...ofObject(changed),
];

function ofKustomization(changed: ChangedObject): Claim[] {
  if (!isOfKind(changed, KUSTOMIZE_GROUP, 'Kustomization')) return [];
  if (!decrypts(changed.before) || decrypts(changed.after)) return [];
  return [
    {
      class: 'decryption-off',
      fields: changedFields(changed, 'spec.decryption'),
      message:
        'Flux no longer decrypts the files of the Kustomization: encrypted Secrets fail, or reach the cluster as ciphertext',
      hint: 'keep spec.decryption as long as any file is encrypted',
    },
  ];
}

function ofObject(changed: ChangedObject): Claim[] {
  if (isLeftEncrypted(changed.before) || !isLeftEncrypted(changed.after)) return [];
  return [
    {
      class: 'decryption-off',
      fields: changedFields(changed, `metadata.annotations[${JSON.stringify(KEY)}]`),
      message: 'Flux no longer decrypts the object: it reaches the cluster as ciphertext',
      hint: 'remove the annotation, unless something in the cluster decrypts the object',
    },
  ];
}

function decrypts({ object }: SideObject): boolean {
  return textOf(valueAt(object.spec, 'decryption', 'provider')) !== undefined;
}

function isLeftEncrypted({ object }: SideObject): boolean {
  return textOf(mapOf(object.metadata?.annotations)[KEY])?.toLowerCase() === 'disabled';
}
