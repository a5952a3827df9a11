import { comparableText } from '../../plain/comparable-text';
import type { FindingLocation } from '../../findings/finding';
import type { GraphNode, KustomizationBuild } from '../../graph/graph';
import { once } from '../../plain/once';
import { mapOf, valueAt } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import type { Tree } from '../../tree/tree';
import type { CheckContext } from '../check-context';
import type { RuleFinding } from '../rule';
import { fieldParts } from './locate-fields';
import { documentsOf } from './used-files';

/** A field of an object that a Kustomization applies. */
interface AppliedField {
  readonly object: ManifestObject;
  readonly location: FindingLocation;
  readonly field: string;
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
  const build = buildsOf(context).get(node);
  const { object, location } = node;
  return {
    ...found,
    locations: [...placesOfField(context.tree, build, { object, location, field }), ...more],
  };
}

/** What applies each node. */
const buildsOf = once(
  ({ clusters }: CheckContext): ReadonlyMap<GraphNode, KustomizationBuild | undefined> =>
    new Map(
      clusters.flatMap((facts) =>
        facts.nodes.map((node) => [node, facts.node(node.appliedBy[0] ?? '')?.build] as const),
      ),
    ),
);

/**
 * The place of a patch that sets a field of an object: the one file among those that a build reads in which an object
 * of the kind has the value, other than the objects that the build applies. Fields inside lists are not looked for,
 * because patches merge lists.
 *
 * @returns nothing if it is the object's own file
 */
export function placeInPatch(
  tree: Tree,
  { reads, inventory }: PatchedBuild,
  { object, location, field }: AppliedField,
): FindingLocation | undefined {
  const path = fieldParts(field);
  const value = valueAt(object, ...path);
  if (value === undefined) return undefined;
  const text = comparableText(value);
  const sets = (one: unknown) =>
    mapOf(one).kind === object.kind && comparableText(valueAt(one, ...path)) === text;
  const others = new Set(inventory.map((other) => other.location.file));
  const mayBe = (file: string, line?: number) =>
    file === location.file ? line === location.line : !others.has(file);
  const found = [...new Set(reads)].flatMap((file) => {
    const read = tree.get(file);
    const documents = read ? documentsOf(read) : [];
    const document = documents.find((one) => sets(one.object) && mayBe(file, one.line));
    return document ? [{ file, line: document.line, field }] : [];
  });
  const [place] = found;
  return found.length === 1 && place?.file !== location.file ? place : undefined;
}
