import type { AppliedObject } from '../../graph/graph';
import { mapOf, textOf } from '../../plain/plain-data';
import { atNode } from '../at-node';
import type { Rule } from '../rule';

/** Encrypted objects in a Kustomization that decrypts nothing. */
export const decryptionMissing: Rule = {
  code: 'decryption-missing',
  *check({ clusters }) {
    for (const node of clusters.flatMap(({ kustomizations }) => kustomizations)) {
      if (mapOf(node.object?.spec).decryption !== undefined) continue;
      const encrypted = (node.build?.inventory ?? []).filter(isEncrypted);
      const [first] = encrypted;
      if (!first) continue;
      const { kind, name } = first.identity;
      const more = encrypted.length > 1 ? ` and ${encrypted.length - 1} more` : '';
      yield {
        ...atNode(node, 'spec.decryption'),
        locations: [...(atNode(node).locations ?? []), first.location],
        message: `applies ${kind} ${JSON.stringify(name)}${more} encrypted by SOPS, and decrypts nothing: a Secret with stringData and every other kind reach the cluster as ciphertext, a Secret with data is refused`,
        hint: 'add spec.decryption: { provider: sops, secretRef: { name: ... } }',
      };
    }
  },
};

/** Whether an object, or a file from which a Secret was generated, is encrypted by SOPS. */
function isEncrypted({ identity, object }: AppliedObject): boolean {
  if (textOf(mapOf(object.sops).mac) !== undefined) return true;
  if (identity.group !== '' || identity.kind !== 'Secret') return false;
  return Object.values(mapOf(object.data)).some(
    (value) =>
      typeof value === 'string' &&
      Buffer.from(value, 'base64').toString('latin1').includes('ENC[AES256_GCM,'),
  );
}
