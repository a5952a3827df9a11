import { comparableText } from '../../../plain/comparable-text';
import type { FindingLocation } from '../../../findings/finding';
import type { GraphNode, KustomizationBuild } from '../../../graph/graph';
import { once } from '../../../plain/once';
import { mapOf, valueAt } from '../../../plain/plain-data';
import type { ManifestObject } from '../../../tree/manifest';
import type { Tree } from '../../../tree/tree';
import type { TreeFile } from '../../../tree/tree-file';
import type { CheckContext } from '../../check-context';
import type { RuleFinding } from '../../rule';
import { documentsOf } from '../../../tree/readable-documents';
import { fieldPath, isInList, patchesIn, patchesInFolders, setsField } from './inline-patches';

/** A field of an object that a Kustomization applies. */
interface AppliedField {
  readonly object: ManifestObject;
  readonly location: FindingLocation;
  readonly field: string;
  /**
   * The Kustomization that applies the object, and may patch it.
   *
   * @default - only the files that the build reads are looked at
   */
  readonly owner?: GraphNode;
}

/** What a Kustomization reads and applies. */
type PatchedBuild = Pick<KustomizationBuild, 'reads' | 'inventory'>;

/** Where a field of an object is: in the file of the object, after the patch that sets it. */
export function placesOfField(
  tree: Tree,
  build: PatchedBuild | undefined,
  applied: AppliedField,
): FindingLocation[] {
  const patch = build && placeInPatch(tree, build, applied);
  return patch ? [patch, applied.location] : [applied.location];
}

/** A finding about a field of a node, with the patch that sets the field first. */
export function withPatch(found: RuleFinding, context: CheckContext): RuleFinding {
  const { node, field, locations = [] } = found;
  const [place, ...more] = locations;
  if (!node?.object || !node.location || field === undefined || place !== node.location) return found;
  // No patch changes what is in a template.
  if (place.field !== undefined) return found;
  const owner = ownersOf(context).get(node);
  const { object, location } = node;
  return {
    ...found,
    locations: [...placesOfField(context.tree, owner?.build, { object, location, field, owner }), ...more],
  };
}

/** What applies each node. */
const ownersOf = once(
  ({ clusters }: CheckContext): ReadonlyMap<GraphNode, GraphNode | undefined> =>
    new Map(
      clusters.flatMap((facts) =>
        facts.nodes.map((node) => [node, facts.node(node.appliedBy[0] ?? '')] as const),
      ),
    ),
);

/**
 * The place of a patch that sets a field of an object: the only one among the patches inside kustomization files and the files
 * that a build reads in which an object of the kind has the value, other than the objects that the build applies. Only JSON
 * operations are asked about fields inside lists, because patches merge lists.
 *
 * @returns nothing if it is the object's own file
 */
export function placeInPatch(
  tree: Tree,
  build: PatchedBuild,
  { object, location, field, owner }: AppliedField,
): FindingLocation | undefined {
  const path = fieldPath(field);
  const value = valueAt(object, ...path);
  if (value === undefined) return undefined;
  const text = comparableText(value);
  const sets = ({ object: one }: TreeFile['documents'][number]) =>
    mapOf(one).kind === object.kind && comparableText(valueAt(one, ...path)) === text;
  const { reads, patches, inline } = filesOf(tree)(build);
  const own = location.file !== undefined && reads.has(location.file) ? tree.get(location.file) : undefined;
  if (own && documentsOf(own).some((one) => one.line === location.line && sets(one))) return undefined;
  const found = (isInList(path) ? [] : patches).flatMap((file) => {
    const document = file.path === location.file ? undefined : documentsOf(file).find(sets);
    return document ? [{ file: file.path, line: document.line, field }] : [];
  });
  const setting = [...inline, ...(owner ? patchesOf(owner) : [])].filter((patch) =>
    setsField(patch, object, path),
  );
  const all = [...found, ...setting.map((patch) => patch.location)];
  return all.length === 1 ? all[0] : undefined;
}

/** The patches in a Kustomization. */
const patchesOf = once(({ object, location }: GraphNode) =>
  location ? patchesIn(mapOf(object?.spec).patches, location, 'spec.patches') : [],
);

/** The files that a build of a tree reads, and those of them in which no object is that it applies: patches, most likely. */
const filesOf = once((tree: Tree) =>
  once(({ reads, inventory }: PatchedBuild) => {
    const applied = new Set(inventory.map(({ location }) => location.file));
    const paths = new Set(reads);
    const patches = [...paths].flatMap((path) => (applied.has(path) ? [] : (tree.get(path) ?? [])));
    return { reads: paths, patches, inline: patchesInFolders(tree, paths) };
  }),
);
