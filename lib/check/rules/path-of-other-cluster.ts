import { comparableText } from '../../plain/comparable-text';
import type { GraphNode, KustomizationBuild } from '../../graph/graph';
import { atNode } from '../at-node';
import { nodeId } from '../../graph/node-id';
import { isKustomizationFile } from '../../graph/sources/folder-listing';
import { artifactFilter } from '../../graph/sources/source-ignore';
import { once } from '../../plain/once';
import { listOf, mapOf } from '../../plain/plain-data';
import { isBelow } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import type { TreeFile } from '../../tree/tree-file';
import type { CheckContext } from '../check-context';
import { builtPaths } from '../facts/files/built-paths';
import type { ClusterFacts } from '../facts/cluster-facts';
import { instanceOf } from '../facts/installation/flux-instance';
import { isMadeInCluster } from '../facts/missing/generated-in-cluster';
import { isStartGuessed } from '../facts/missing/guessed-start';
import { unreadFiles } from '../facts/files/unread-files';
import { objectsOf } from '../../tree/readable-documents';
import type { Rule } from '../rule';

/** The path of a Kustomization that belongs to another cluster, while nothing builds the one of its own. */
export const pathOfOtherCluster: Rule = {
  code: 'path-of-other-cluster',
  *check(context) {
    // The paths from which clusters start are what tells the clusters apart.
    if (isStartGuessed(context) || context.clusters.some(hasUnknownPaths)) return;
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
  facts: ClusterFacts,
  node: GraphNode,
): { readonly path: string; readonly other: string } | undefined {
  const { cluster } = facts;
  const { build } = node;
  // What a build uses is not known if it fails.
  if (node.id === cluster.root || !build || build.failure !== undefined || !isForCluster(build))
    return undefined;
  const [entry, path] = [cluster.entry, build.path].map((text) => text.split('/')) as [string[], string[]];
  for (const [at, own] of entry.entries()) {
    for (const [index, name] of path.entries()) {
      const other = name === own ? undefined : clustersByEntry(context).get(withName(entry, at, name));
      const meant = withName(path, index, own);
      if (!other || !pathsOf(other).has(build.path) || !hasSameFiles(facts, other)) continue;
      if (!isForgotten(context, meant)) continue;
      return { path: meant, other: other.cluster.name };
    }
  }
  return undefined;
}

/** Whether Kustomizations exist whose paths nobody knows before they are in the cluster. */
function hasUnknownPaths(facts: ClusterFacts): boolean {
  const isUnknown = facts.kustomizations.some(
    ({ build }) => build?.source === 'unknown' || build?.path.includes('${'),
  );
  return isUnknown || isMadeInCluster(facts, 'Kustomization');
}

/** Whether a Kustomization applies files of the repository to its own cluster, not to one that the path may name. */
function isForCluster({ source, remoteCluster }: KustomizationBuild): boolean {
  return source === 'repository' && remoteCluster === undefined;
}

/** Whether two clusters read the same branch or tag, so that what one of them misses is not in another. */
function hasSameFiles(...clusters: readonly [ClusterFacts, ClusterFacts]): boolean {
  const revisions = clusters.flatMap((facts) => revisionOf(facts) ?? []);
  return new Set(revisions).size < 2;
}

/** Which branch or tag a cluster reads, as its source or FluxInstance says; `undefined` if neither is in the files. */
function revisionOf(facts: ClusterFacts): string | undefined {
  const source = facts.node(nodeId(facts.cluster.syncSource))?.object;
  const instance = instanceOf(facts);
  if (!source && !instance) return undefined;
  return comparableText(source ? mapOf(source.spec).ref : mapOf(instance?.sync).ref);
}

/** Whether there are manifests in a folder that no cluster and no other program reads, and nothing names the folder. */
function isForgotten(context: CheckContext, folder: string): boolean {
  const isIn = ({ path }: Pick<TreeFile, 'path'>) => isBelow(path, folder);
  const isInSource = artifactFilter(context.tree);
  const hasManifest =
    unreadFiles(context).some(({ file }) => isIn(file)) ||
    context.tree.files.some((file) => isIn(file) && isFilled(file) && isInSource(file.path));
  if (!hasManifest || [...builtPaths(context)].some((path) => isBelow(path, folder))) return false;
  return !isNamed(context.tree, folder);
}

/** Whether a file is a kustomization file that lists something, not one that keeps a folder. */
function isFilled(file: TreeFile): boolean {
  const lists = isKustomizationFile(file.path) ? Object.values(mapOf(objectsOf(file)[0])) : [];
  return lists.some((list) => listOf(list).length > 0);
}

/** Whether a file other than documentation names a folder: CI, another tool, or a line that is commented out. */
function isNamed(tree: Tree, folder: string): boolean {
  return [...tree.paths].some((path) => {
    if (/\.(?:md|adoc|txt)$/i.test(path)) return false;
    const text = tree.get(path)?.bytes.toString('utf8') ?? '';
    // The part behind each mention shows whether it is a longer name.
    return text.split(folder).some((rest, index) => index > 0 && !/^[\w-]/.test(rest));
  });
}

function withName(parts: readonly string[], at: number, name: string): string {
  return parts.map((part, index) => (index === at ? name : part)).join('/');
}

const clustersByEntry = once(
  ({ clusters }: CheckContext) => new Map(clusters.map((facts) => [facts.cluster.entry, facts])),
);

const pathsOf = once(
  ({ kustomizations }: ClusterFacts): ReadonlySet<string> =>
    new Set(kustomizations.flatMap(({ build }) => (build && isForCluster(build) ? [build.path] : []))),
);
