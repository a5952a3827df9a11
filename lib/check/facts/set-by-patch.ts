import { comparableText } from '../../plain/comparable-text';
import type { FindingLocation } from '../../findings/finding';
import type { GraphNode, KustomizationBuild } from '../../graph/graph';
import { once } from '../../plain/once';
import { mapOf, valueAt } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import type { Tree } from '../../tree/tree';
import type { TreeFile } from '../../tree/tree-file';
import type { CheckContext } from '../check-context';
import type { RuleFinding } from '../rule';
import { fieldParts } from './locate-fields';
import { objectsOf } from './used-files';

/** A field of an object that a Kustomization applies. */
interface AppliedField {
  readonly object: ManifestObject;
  readonly location: FindingLocation;
  readonly field: string;
}

/** Where a field of an object is: in the file of the object, after the patch that sets it. */
export function placesOfField(
  tree: Tree,
  build: Pick<KustomizationBuild, 'reads'> | undefined,
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
 * of the kind has the value. Fields inside lists are not looked for, because patches merge lists.
 *
 * @returns nothing if it is the object's own file
 */
export function placeInPatch(
  tree: Tree,
  { reads }: Pick<KustomizationBuild, 'reads'>,
  { object, location, field }: AppliedField,
): FindingLocation | undefined {
  const path = fieldParts(field);
  const value = valueAt(object, ...path);
  if (value === undefined) return undefined;
  const text = comparableText(value);
  const hasValue = (one: unknown) => comparableText(valueAt(one, ...path)) === text;
  const sets = (file: TreeFile | undefined) =>
    file !== undefined && objectsOf(file).some((one) => mapOf(one).kind === object.kind && hasValue(one));
  const [file, ...others] = [...new Set(reads)].filter((read) => sets(tree.get(read)));
  if (file === undefined || file === location.file || others.length > 0) return undefined;
  const document = tree.get(file)?.documents.find((one) => hasValue(one.object));
  return { file, line: document?.line, field };
}
