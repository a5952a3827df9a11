import type { GraphNode } from '../../graph/graph';
import { atNode } from '../at-node';
import { once } from '../../plain/once';
import { isBelow } from '../../tree/path';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from '../facts/cluster-facts';
import { isStartGuessed } from '../facts/guessed-start';
import type { Rule } from '../rule';

/** The path of a Kustomization that belongs to another cluster, while nothing builds the one of its own. */
export const pathOfOtherCluster: Rule = {
  code: 'path-of-other-cluster',
  *check(context) {
    // The paths from which clusters start are what tells the clusters apart.
    if (isStartGuessed(context)) return;
    for (const facts of context.clusters) {
      for (const node of facts.kustomizations) {
        const meant = ownPath(context, facts, node);
        if (meant === undefined || node.build === undefined) continue;
        const [name, path, own] = [facts.cluster.name, node.build.path, meant.path].map((text) =>
          JSON.stringify(text),
        );
        yield {
          ...atNode(node, 'spec.path'),
          cluster: facts.cluster.name,
          message: `the cluster ${name} builds ${path}, as the cluster ${JSON.stringify(meant.other)} does, and nothing builds ${own}`,
          hint: `set spec.path to ${JSON.stringify(`./${meant.path}`)}, or remove that folder if it is no longer used`,
        };
      }
    }
  },
};

/** The folder of the cluster itself that a path with the name of another cluster corresponds to. */
function ownPath(
  context: CheckContext,
  { cluster }: ClusterFacts,
  { id, build }: GraphNode,
): { readonly path: string; readonly other: string } | undefined {
  if (id === cluster.root || build?.source !== 'repository') return undefined;
  const [entry, path] = [cluster.entry, build.path].map((text) => text.split('/')) as [string[], string[]];
  for (const [at, own] of entry.entries()) {
    for (const [index, name] of path.entries()) {
      const other = name === own ? undefined : clustersByEntry(context).get(withName(entry, at, name));
      const meant = withName(path, index, own);
      if (!other || !pathsOf(other).has(build.path) || !isForgotten(context, meant)) continue;
      return { path: meant, other: other.cluster.name };
    }
  }
  return undefined;
}

/** Whether there are manifests in a folder, and no cluster builds it. */
function isForgotten(context: CheckContext, folder: string): boolean {
  const hasManifest = context.tree.files.some(
    ({ path }) => /\.ya?ml$/.test(path) && isBelow(path, folder) && path !== folder,
  );
  return hasManifest && !readPaths(context).some((path) => isBelow(path, folder));
}

function withName(parts: readonly string[], at: number, name: string): string {
  return parts.map((part, index) => (index === at ? name : part)).join('/');
}

const clustersByEntry = once(
  ({ clusters }: CheckContext) => new Map(clusters.map((facts) => [facts.cluster.entry, facts])),
);

const pathsOf = once(
  ({ kustomizations }: ClusterFacts): ReadonlySet<string> =>
    new Set(kustomizations.flatMap(({ build }) => (build?.source === 'repository' ? [build.path] : []))),
);

const readPaths = once(({ clusters }: CheckContext): readonly string[] =>
  clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(({ build }) => build?.reads ?? [])),
);
