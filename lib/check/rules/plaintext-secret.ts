import { findPlaintextSecrets } from '../../sops/plaintext-guard';
import type { Rule } from '../rule';

/** A Secret whose data stand in the repository for all to read. */
export const plaintextSecret: Rule = {
  code: 'plaintext-secret',
  standsAlone: true,
  *check({ clusters }) {
    for (const node of clusters.flatMap(({ kustomizations }) => kustomizations)) {
      for (const { object, location } of node.build?.inventory ?? []) {
        yield* findPlaintextSecrets(object, location);
      }
    }
  },
};
