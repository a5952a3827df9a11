import type { GraphNode } from '../../graph/graph';
import { prunes } from '../../graph/prunes';
import { kustomizationFileNames } from '../../graph/sources/folder-listing';
import { COMPONENTS_FILE, SYNC_FILE } from '../../kinds/names';
import { identityOf } from '../../tree/manifest';
import { directoryOf, isBelow, joinPath } from '../../tree/path';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from '../facts/cluster-facts';
import { isMadeInCluster } from '../facts/missing/generated-in-cluster';
import { isRenderedCopy } from '../facts/files/rendered-copy';
import type { Rule, RuleFinding } from '../rule';
import { unreadFiles, type UnreadFile } from '../facts/files/unread-files';

/** A manifest that its folder's kustomization does not list. */
export const fileNotListed: Rule = {
  code: 'file-not-listed',
  *check(context) {
    for (const facts of context.clusters) yield* ownFiles(facts);
    for (const { file, kustomization = '' } of unreadFiles(context).filter(isForgotten(context))) {
      const [first] = file.documents;
      yield {
        locations: [{ file: file.path, line: first?.line }, { file: kustomization }],
        object: first && identityOf(first.object),
        message: `${JSON.stringify(kustomization)} does not list it, so Flux does not apply it`,
        hint: 'list it under resources, or remove it',
      };
    }
  },
};

/** The files of Flux itself, where the kustomization of the entry path lists others only. */
function* ownFiles(facts: ClusterFacts): Iterable<RuleFinding> {
  const root = facts.node(facts.cluster.root);
  if (!root?.build?.complete) return;
  const file = root.location?.file ?? '';
  const { path } = root.build;
  if (!file.endsWith(`/${SYNC_FILE}`) || isApplied(facts, root)) return;
  const kustomization = kustomizationOf(facts, path);
  const folder = directoryOf(file).slice(path === '' ? 0 : path.length + 1);
  if (kustomization === undefined || folder === '' || !isBelow(file, path)) return;
  if (facts.tree.get(kustomization)?.bytes.includes(folder)) return;
  yield {
    locations: [{ ...root.location, file }, { file: kustomization }],
    object: root.identity,
    message: `${JSON.stringify(kustomization)} does not list ${JSON.stringify(folder)}, so Flux does not keep its own objects as they are in Git${prunes(root) ? ', and deletes those that it applied before' : ''}`,
    hint: `list ${folder} under resources`,
  };
}

function kustomizationOf({ tree }: ClusterFacts, folder: string): string | undefined {
  return kustomizationFileNames.map((name) => joinPath(folder, name)).find((path) => tree.has(path));
}

/** Whether a Kustomization applies the root of a cluster, or something else may do so. */
function isApplied(facts: ClusterFacts, { id, appliedBy, location }: GraphNode): boolean {
  if (facts.objects.has(id) || appliedBy.length > 0 || isMadeInCluster(facts, 'Kustomization')) return true;
  // Without the controllers beside it, somebody applies the file by hand.
  return !facts.tree.has(joinPath(directoryOf(location?.file ?? ''), COMPONENTS_FILE));
}

/** Whether nobody has left a file out on purpose: then its name stands in a comment, or it is the output of the build. */
export function isForgotten(context: CheckContext): (unread: UnreadFile) => boolean {
  const { tree } = context;
  return ({ file, kustomization, isBuilt }) => {
    if (!isBuilt || kustomization === undefined) return false;
    const folder = directoryOf(kustomization);
    const name = file.path.slice(folder === '' ? 0 : folder.length + 1);
    const text = tree.get(kustomization)?.bytes.toString('utf8') ?? '';
    // Listed with another file ending: another finding already reports that name as missing.
    const twin = name.endsWith('.yaml') ? name.replace(/\.yaml$/, '.yml') : name.replace(/\.yml$/, '.yaml');
    const isMistyped = hasName(text, twin) && !tree.has(joinPath(folder, twin));
    const isListed = name.includes('/') || isMistyped || hasName(text, name);
    return !isListed && !isRenderedCopy(context, file, folder);
  };
}

/** Whether a text has a name that is not the end of a longer one. */
function hasName(text: string, name: string): boolean {
  return text
    .split(name)
    .slice(0, -1)
    .some((before) => !/[\w.-]$/.test(before));
}
