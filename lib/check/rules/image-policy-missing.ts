import { didYouMean, nearestName } from '../../findings/nearest-name';
import type { CheckContext } from '../check-context';
import { builtMarkers, imagePolicies } from '../facts/image-markers';
import type { Rule } from '../rule';

/** A marker whose policy does not exist. */
export const imagePolicyMissing: Rule = {
  code: 'image-policy-missing',
  *check(context) {
    const inFiles = imagePolicies(context.tree);
    const applied = appliedPolicies(context);
    // If there are no policies, they are in another repository.
    if (inFiles.size === 0 && applied.size === 0) return;
    for (const { file, line, policy } of builtMarkers(context)) {
      if (!policy) continue;
      const { namespace, name } = policy;
      const known = inFiles.get(name);
      if (known?.has(namespace) || known?.has('') || applied.has(`${namespace}:${name}`)) continue;
      const [other] = known ?? [];
      const near = nearestName(name, inFiles.keys());
      yield {
        locations: [{ file, line }],
        message: `there is no ImagePolicy ${JSON.stringify(`${namespace}/${name}`)}, so the image is never updated`,
        hint:
          other !== undefined
            ? `there is one in the namespace ${JSON.stringify(other)}: write ${JSON.stringify(`${other}:${name}`)}`
            : `correct the marker${near === undefined ? '' : ` (${didYouMean(near)})`}, or add the ImagePolicy`,
      };
    }
  },
};

/** The policies that a cluster applies, as `namespace:name`. */
function appliedPolicies({ clusters }: CheckContext): ReadonlySet<string> {
  const policies = clusters.flatMap(({ nodes }) =>
    nodes.filter(({ identity, object }) => identity.kind === 'ImagePolicy' && object !== undefined),
  );
  return new Set(policies.map(({ identity }) => `${identity.namespace ?? ''}:${identity.name}`));
}
