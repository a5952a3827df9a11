import type { ObjectIdentity } from '../../findings/finding';
import { nameOf } from '../../findings/object-name';
import type { GraphNode } from '../../graph/graph';
import { nodeId } from '../../graph/node-id';
import { prunes } from '../../graph/prunes';
import { kustomizationFileIn } from '../../graph/sources/folder-listing';
import { COMPONENTS_FILE, SYNC_FILE } from '../../kinds/names';
import { identityOf } from '../../tree/manifest';
import { baseName, directoryOf, isBelow, joinPath } from '../../tree/path';
import type { ClusterFacts } from '../facts/cluster-facts';
import { isMadeInCluster } from '../facts/missing/generated-in-cluster';
import { isForgotten } from '../facts/files/forgotten-files';
import type { Rule, RuleFinding } from '../rule';
import { unreadFiles } from '../facts/files/unread-files';

/** A manifest that its folder's kustomization does not list. */
export const fileNotListed: Rule = {
  code: 'file-not-listed',
  *check(context) {
    for (const facts of context.clusters) yield* ownFiles(facts);
    for (const { file, kustomization = '' } of unreadFiles(context).filter(isForgotten(context))) {
      const [first] = file.documents;
      const object = first && identityOf(first.object);
      const isPatch = object && context.clusters.some((facts) => isBuiltFrom(facts, object, kustomization));
      yield {
        locations: [{ file: file.path, line: first?.line }, { file: kustomization }],
        object,
        cause:
          object &&
          `in several folders, ${JSON.stringify(baseName(kustomization))} does not list ${JSON.stringify(nameBelow(file.path, kustomization))}, which contains ${nameOf(object)}, so Flux does not apply the file`,
        message: `${JSON.stringify(kustomization)} does not list this file, so Flux does not apply it`,
        hint: isPatch
          ? `list it under patches, because another file there already has ${nameOf(object)}; or remove it`
          : 'list it under resources, or remove it',
      };
    }
  },
};

/** A file as the kustomization around it lists it. */
function nameBelow(file: string, kustomization: string): string {
  const folder = directoryOf(kustomization);
  return folder !== '' && isBelow(file, folder) ? file.slice(folder.length + 1) : file;
}

/** Whether a build that reads a kustomization has an object already, so that kustomize takes it only as a patch. */
function isBuiltFrom({ objects }: ClusterFacts, object: ObjectIdentity, kustomization: string): boolean {
  const copies = objects.get(nodeId(object)) ?? [];
  const paths = [kustomization, directoryOf(kustomization)];
  return copies.some(({ owner }) => paths.some((path) => owner.build?.reads.includes(path)));
}

/** The files of Flux itself, where the kustomization of the entry path lists others only. */
function* ownFiles(facts: ClusterFacts): Iterable<RuleFinding> {
  const root = facts.node(facts.cluster.root);
  if (!root?.build?.complete) return;
  const file = root.location?.file ?? '';
  const { path } = root.build;
  if (!file.endsWith(`/${SYNC_FILE}`) || isApplied(facts, root)) return;
  const kustomization = kustomizationFileIn(facts.tree, path);
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

/** Whether a Kustomization applies the root of a cluster, or something else may do so. */
function isApplied(facts: ClusterFacts, { id, appliedBy, location }: GraphNode): boolean {
  if (facts.objects.has(id) || appliedBy.length > 0 || isMadeInCluster(facts, 'Kustomization')) return true;
  // Without the controllers beside it, somebody applies the file by hand.
  return !facts.tree.has(joinPath(directoryOf(location?.file ?? ''), COMPONENTS_FILE));
}
