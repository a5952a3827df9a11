import { fieldWithin } from '../../findings/field-within';
import type { FindingLocation } from '../../findings/finding';
import { nameOf, qualifiedName } from '../../findings/object-name';
import type { GraphNode } from '../../graph/graph';
import { comparableText } from '../../plain/comparable-text';
import { groupBy } from '../../plain/group-by';
import { sharedObjects, type SharedObjects } from '../facts/shared-objects';
import type { Rule } from '../rule';

/** Objects that several Kustomizations or ResourceSets apply. */
export const duplicateOwner: Rule = {
  code: 'duplicate-owner',
  *check({ clusters }) {
    for (const shared of clusters.flatMap(sharedObjects)) {
      const [first] = shared.objects[0] ?? [];
      // Paths inside one another have their own rule.
      if (!first || shared.overlaps) continue;
      const count = shared.objects.length;
      const verb = count > 1 ? ` and ${count - 1} more are` : ' is';
      yield {
        locations: places(shared),
        object: first.identity,
        message: `${nameOf(first.identity)}${verb} applied by ${namesOf(shared.owners)}: ${harm(shared)}`,
        hint:
          count === 1 && shared.owners.some(({ id }) => id === first.id)
            ? `remove ${nameOf(first.identity)} from the files that it builds itself`
            : hintFor(shared),
      };
    }
  },
};

/** The owners by kind: `the Kustomizations "x/a" and "x/b" and the ResourceSet "x/c"`. */
function namesOf(owners: readonly GraphNode[]): string {
  const kinds = groupBy(owners, ({ identity }) => identity.kind);
  const named = [...kinds].map(([kind, nodes]) => {
    const names = nodes.map(({ identity }) => JSON.stringify(qualifiedName(identity))).join(' and ');
    return `the ${kind}${nodes.length > 1 ? 's' : ''} ${names}`;
  });
  return named.join(' and ');
}

function hintFor({ owners }: SharedObjects): string {
  return owners.every(({ type }) => type === 'kustomization')
    ? 'apply it with one Kustomization, and make the others depend on that one'
    : 'keep it in one of them';
}

function harm({ conflict }: SharedObjects): string {
  return conflict
    ? 'they differ, and each undoes the changes of the others'
    : 'if one of them no longer has it, Flux deletes it although the others still apply it';
}

/** The files of the first object's copies; what applies them too if all copies come from one place. */
function places({ objects, owners }: SharedObjects): FindingLocation[] {
  const copies = (objects[0] ?? []).map(({ location }) => fieldWithin(location, 'metadata.name'));
  const distinct = [...groupBy(copies, comparableText).values()].flatMap(([first]) => first ?? []);
  if (distinct.length > 1) return distinct;
  return [
    ...distinct,
    ...owners.flatMap(({ location, type }) =>
      location ? [fieldWithin(location, type === 'kustomization' ? 'spec.path' : 'metadata.name')] : [],
    ),
  ];
}
