import { once } from '../../plain/once';
import { findPlaintextSecrets } from '../../sops/plaintext-guard';
import type { ManifestObject } from '../../tree/manifest';
import type { Rule } from '../rule';

/** Few objects do, and the two sides of a diff have most of them in common. */
const holdsPlaintext = once((object: ManifestObject) => findPlaintextSecrets(object).length > 0);

/** A Secret whose data stand in the repository for all to read. */
export const plaintextSecret: Rule = {
  code: 'plaintext-secret',
  standsAlone: true,
  *check({ clusters }) {
    for (const node of clusters.flatMap(({ kustomizations }) => kustomizations)) {
      for (const { object, location } of node.build?.inventory ?? []) {
        if (holdsPlaintext(object)) yield* findPlaintextSecrets(object, location);
      }
    }
  },
};
