import type { AppliedObject, GraphNode, KustomizationBuild } from '../../graph/graph';
import { once } from '../../plain/once';
import { mapOf } from '../../plain/plain-data';
import {
  decrypts,
  isEncryptedObject,
  isForPgpOnly,
  keylessMessage,
  undecryptedMessage,
} from '../../sops/decryption-guard';
import { atNode } from '../at-node';
import type { Rule, RuleFinding } from '../rule';

/** Encrypted objects in a Kustomization that decrypts nothing, or has no key for them. */
export const decryptionMissing: Rule = {
  code: 'decryption-missing',
  *check({ clusters }) {
    for (const node of clusters.flatMap(({ kustomizations }) => kustomizations)) {
      if (node.object && decrypts(node.object)) {
        yield* keyMissing(node);
        continue;
      }
      const encrypted = node.build ? encryptedIn(node.build) : [];
      const [first] = encrypted;
      if (!first) continue;
      const { namespace = '', name } = node.identity;
      yield {
        ...atNode(node, 'spec.decryption'),
        locations: [...(atNode(node).locations ?? []), first.location],
        message: undecryptedMessage(`${namespace}/${name}`, first.identity, encrypted.length - 1),
        hint: 'add spec.decryption: { provider: sops, secretRef: { name: ... } }',
      };
    }
  },
};

/** Flux has PGP keys only from the Secret that the Kustomization names; for others, the controller may have its own. */
function* keyMissing(node: GraphNode): Iterable<RuleFinding> {
  const { object, build, identity } = node;
  if (mapOf(mapOf(object?.spec).decryption).secretRef !== undefined || !build) return;
  const encrypted = pgpOnlyIn(build);
  const [first] = encrypted;
  if (!first) return;
  yield {
    ...atNode(node, 'spec.decryption'),
    locations: [...(atNode(node).locations ?? []), first.location],
    message: keylessMessage(
      `${identity.namespace ?? ''}/${identity.name}`,
      first.identity,
      encrypted.length - 1,
    ),
    hint: 'name the Secret with the private key: spec.decryption.secretRef: { name: ... }',
  };
}

const pgpOnlyIn = once(({ inventory }: KustomizationBuild) =>
  inventory.filter(({ object }) => isForPgpOnly(object)),
);

// The two sides of a diff have most builds in common.
const encryptedIn = once(({ inventory }: KustomizationBuild) => inventory.filter(isEncrypted));

/** Whether SOPS encrypted an object, or a file from which a Secret was generated. */
function isEncrypted({ identity, object }: AppliedObject): boolean {
  if (isEncryptedObject(object)) return true;
  if (identity.group !== '' || identity.kind !== 'Secret') return false;
  return Object.values(mapOf(object.data)).some(
    (value) =>
      typeof value === 'string' &&
      Buffer.from(value, 'base64').toString('latin1').includes('ENC[AES256_GCM,'),
  );
}
