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
import { fieldPath } from '../../plain/field-path';
import { parseEncryptedValue } from '../../sops/encrypted-text';
import type { ManifestObject } from '../../tree/manifest';
import { atNode } from '../at-node';
import type { Rule, RuleFinding } from '../rule';

/** Encrypted objects in a Kustomization that decrypts nothing, or has no key for them. */
export const decryptionMissing: Rule = {
  code: 'decryption-missing',
  *check({ clusters }) {
    for (const node of clusters.flatMap(({ kustomizations }) => kustomizations)) {
      for (const applied of node.build ? withoutMetadataIn(node.build) : []) yield metadataMissing(applied);
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

/** Flux recognizes what SOPS encrypted by the field `sops`, which an item of an encrypted List does not have. */
function metadataMissing({ identity, object, location }: AppliedObject): RuleFinding {
  return {
    locations: [location],
    object: identity,
    field: encryptedField(object),
    message: `the value is encrypted, but Secret ${JSON.stringify(identity.name)} has no field "sops", so Flux never decrypts it`,
    hint: 'encrypt the file again; of a List, encrypt each Secret as a document of its own',
  };
}

/** The first entry of a Secret that SOPS encrypted. */
function encryptedField(object: ManifestObject): string | undefined {
  return ['data', 'stringData']
    .flatMap((section) =>
      Object.entries(mapOf(object[section])).map(([key, value]) => ({ path: [section, key], value })),
    )
    .flatMap(({ path, value }) =>
      typeof value === 'string' && parseEncryptedValue(value) ? fieldPath(path) : [],
    )[0];
}

const withoutMetadataIn = once(({ inventory }: KustomizationBuild) =>
  inventory.filter(
    ({ identity: { group, kind }, object }) =>
      group === '' && kind === 'Secret' && !isEncryptedObject(object) && encryptedField(object) !== undefined,
  ),
);

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
