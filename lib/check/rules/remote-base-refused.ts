import { firstNames } from '../../plain/first-names';
import { atNode } from '../at-node';
import { lockDownOf } from '../facts/lock-down';
import type { Rule } from '../rule';

/** How many remotes a finding names. */
const NAMED = 2;

/** A remote base where Flux is locked down. */
export const remoteBaseRefused: Rule = {
  code: 'remote-base-refused',
  *check(context) {
    for (const facts of context.clusters) {
      if (lockDownOf(facts)?.refusesRemoteBases !== true) continue;
      for (const node of facts.kustomizations) {
        const remotes = node.build?.remotes ?? [];
        if (remotes.length === 0) continue;
        const named = firstNames(
          remotes.map((remote) => JSON.stringify(remote)),
          NAMED,
        );
        yield {
          ...atNode(node, 'spec.path'),
          message: `Flux is locked down and refuses to build the path, because a kustomization in it reads ${named} from a URL`,
          hint: 'copy what it reads into the repository, or create a source and a Kustomization for it',
        };
      }
    }
  },
};
