import type { FindingLocation } from '../../../findings/finding';
import type { GraphNode, KustomizationBuild } from '../../../graph/graph';
import { fieldPath } from '../../../plain/field-path';
import { once } from '../../../plain/once';
import { isMap, mapOf, valueAt } from '../../../plain/plain-data';
import type { ManifestObject } from '../../../tree/manifest';
import type { Tree } from '../../../tree/tree';
import type { TreeFile } from '../../../tree/tree-file';
import type { CheckContext } from '../../check-context';
import type { RuleFinding } from '../../rule';
import { documentsOf } from '../../../tree/readable-documents';
import { patchesIn, patchesInFolders, type InlinePatch } from './inline-patches';
import {
  existing,
  partsOfField,
  placeOfField,
  placeOfRemoval,
  placeOfValue,
  type FieldPath,
} from './patched-field';

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
  const { object, location, field } = applied;
  const patch = build && placeInPatch(tree, build, applied);
  if (patch) return [patch, location];
  const own = build && ownPlace(tree, build, applied);
  const isMoved = own && fieldPath(own) !== fieldPath(existing(object, partsOfField(field)));
  return [isMoved ? { ...location, field: fieldPath(own) } : location];
}

/** Where the file of an object has a field with the value that the object has after the build. */
function ownPlace(
  tree: Tree,
  build: PatchedBuild,
  { object, location, field }: AppliedField,
): FieldPath | undefined {
  const { reads } = filesOf(tree)(build);
  if (location.file === undefined || !reads.has(location.file)) return undefined;
  const path = existing(object, partsOfField(field));
  const document = documentsOf(tree.get(location.file)).find(({ line }) => line === location.line);
  return document && placeOfValue(document.object, object, path);
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
 * The place of a patch that sets a field of an object, or takes it out: the only one among the patches inside kustomization files
 * and the files that a build reads in which an object of the kind has the value, other than the objects that the build applies.
 *
 * @returns nothing if it is the object's own file
 */
export function placeInPatch(
  tree: Tree,
  build: PatchedBuild,
  applied: AppliedField,
): FindingLocation | undefined {
  if (ownPlace(tree, build, applied)) return undefined;
  const { object, location, field, owner } = applied;
  const path = partsOfField(field);
  const placeOf = valueAt(object, ...path) === undefined ? placeOfRemoval : placeOfField;
  const { patches, inline } = filesOf(tree)(build);
  const found = patches.flatMap((file) =>
    file.path === location.file
      ? []
      : placesIn(file, (content) => placeOf({ content }, object, path)).slice(0, 1),
  );
  const setting = [...inline, ...(owner ? patchesOf(owner) : [])].flatMap((patch) => {
    const at = placeOf(patch, object, path);
    return at ? [placeInside(patch, at)] : [];
  });
  const all = [...found, ...setting];
  return all.length === 1 ? all[0] : undefined;
}

/** The places in the objects of a file. Operations are not objects. */
function placesIn(file: TreeFile, placeOf: (content: unknown) => FieldPath | undefined): FindingLocation[] {
  return documentsOf(file).flatMap(({ object, line }) => {
    const at = isMap(object) ? placeOf(object) : undefined;
    return at ? [{ file: file.path, line, field: fieldPath(at) }] : [];
  });
}

/** A place in a patch: in a file of its own, the operation; inside another file, the patch. */
function placeInside({ location }: InlinePatch, at: FieldPath): FindingLocation {
  return location.field === undefined ? { ...location, field: fieldPath(at) } : location;
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
