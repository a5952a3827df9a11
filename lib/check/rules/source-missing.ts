import type { ObjectIdentity } from '../../findings/finding';
import { nodeId } from '../../graph/node-id';
import { once } from '../../plain/once';
import type { CheckContext } from '../check-context';
import { missingReferences } from '../facts/missing/missing-reference';
import { objectViolations } from '../facts/object-check';
import type { Rule, RuleFinding } from '../rule';

/** A reference to a source that is not there. */
export const sourceMissing: Rule = {
  code: 'source-missing',
  namesCause: true,
  check: (context) => missingSources(context).filter((found) => !hasRefusedKind(context, found)),
};

/** All references to sources that are not there, also those whose kind the API server refuses. */
export const missingSources = once((context: CheckContext): readonly RuleFinding[] =>
  context.clusters.flatMap((facts) => [
    ...missingReferences(context, facts, ['source', 'chart'], 'so there is nothing to build or install'),
  ]),
);

/** Whether the finding about the kind of a reference says what is wrong. */
function hasRefusedKind(context: CheckContext, { field, object, cluster }: RuleFinding): boolean {
  return refusedKinds(context).has(keyOf(`${field}.kind`, object, cluster));
}

const refusedKinds = once((context: CheckContext): ReadonlySet<string> => {
  const refused = objectViolations(context).filter(({ violation: { code } }) => code === 'schema-enum');
  return new Set(
    refused.map(({ violation, applied, facts }) =>
      keyOf(violation.field, applied.identity, facts.cluster.name),
    ),
  );
});

function keyOf(field: string, object: ObjectIdentity | undefined, cluster: RuleFinding['cluster']): string {
  return JSON.stringify([field, object && nodeId(object), cluster]);
}
