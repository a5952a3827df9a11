import { firstNames } from '../../plain/first-names';
import { nearestHint } from '../../findings/nearest-name';
import { isResourceSet } from '../../graph/resource-sets/operator-objects';
import { missingInputs } from '../../graph/resource-sets/render-resource-set';
import type { Rule } from '../rule';

/** Templates of ResourceSets that name inputs which do not exist. */
export const inputMissing: Rule = {
  code: 'input-missing',
  *check({ clusters }) {
    for (const facts of clusters) {
      for (const { object, identity, location, owner } of facts.ofKind('ResourceSet')) {
        // What another repository adds may have more inputs.
        if (!isResourceSet(object) || owner.build?.complete !== true) continue;
        for (const { field, path, known } of missingInputs(object)) {
          const names =
            known.length > 0 ? ` (it has ${firstNames(known.map((name) => JSON.stringify(name)))})` : '';
          yield {
            locations: [location],
            object: identity,
            field,
            cluster: facts.cluster.name,
            message: `the template names the input ${JSON.stringify(path)}, which does not exist in every entry of the inputs, so the operator creates nothing from this ResourceSet`,
            hint: nearestHint(
              path.split('.').at(-1) ?? path,
              known,
              `correct the name${names}, or add the input`,
            ),
          };
        }
      }
    }
  },
};
