import { firstNames } from '../../plain/first-names';
import { atNode } from '../at-node';
import { lockDownOf } from '../facts/installation/lock-down';
import type { Rule } from '../rule';

/** How many remotes a finding names. */
const NAMED = 2;

/** What kustomize clones of a URL over HTTP: a repository, with a revision or a folder in it, or of a known host. */
const REPOSITORY =
  /\.git(?:$|[/?])|\/_git\/|[^:]\/\/|[?&](?:ref|version)=|^https?:\/\/(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)\/(?!.*\/(?:releases\/download|releases\/latest|raw)\/)/i;

/**
 * Whether kustomize clones a repository for a remote, which the flag forbids. It downloads single files even with the
 * flag; and a chart fails without it, too.
 */
function isCloned(remote: string): boolean {
  if (!/^https?:\/\//i.test(remote)) return !remote.startsWith('helm chart ');
  const isFile = /\.(?:ya?ml|json)$/i.test(remote.replace(/[?#].*$/, ''));
  return !isFile && REPOSITORY.test(remote);
}

/** A remote base where Flux is locked down. */
export const remoteBaseRefused: Rule = {
  code: 'remote-base-refused',
  *check(context) {
    for (const facts of context.clusters) {
      if (lockDownOf(facts)?.refusesRemoteBases !== true) continue;
      for (const node of facts.kustomizations) {
        const remotes = (node.build?.remotes ?? []).filter(isCloned);
        if (remotes.length === 0) continue;
        const named = firstNames(
          remotes.map((remote) => JSON.stringify(remote)),
          NAMED,
        );
        yield {
          ...atNode(node, 'spec.path'),
          message: `Flux is locked down and refuses to build the path, because a kustomization in it clones ${named}`,
          hint: 'copy the base into the repository, or create a source and a Kustomization for it',
        };
      }
    }
  },
};
