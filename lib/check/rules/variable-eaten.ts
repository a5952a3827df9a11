import { SUBSTITUTE_KEY } from '../../kinds/names';
import { nameOf } from '../../findings/object-name';
import type { Rule } from '../rule';
import { leftVariables } from '../facts/config/variable-uses';

/** A variable of a script or dashboard that Flux takes for one of its own. */
export const variableEaten: Rule = {
  code: 'variable-eaten',
  *check(context) {
    for (const left of leftVariables(context)) {
      const { isProgram, isOwn, isRefused, why, name, owner, cluster, applied, field } = left;
      // If not all values are in the repository, only the text itself shows that it is not meant for Flux.
      if (!isProgram || why === 'unsubstituted' || (why === 'unknown' && !isOwn)) continue;
      yield {
        locations: [applied.location],
        object: applied.identity,
        field,
        cluster,
        message: `\${${name}} looks like a variable that belongs to the text, but ${nameOf(owner.identity)} substitutes: ${isRefused ? 'Flux refuses undefined variables' : 'Flux replaces undefined variables with nothing'}`,
        hint: `write $\${${name}}, or label the object ${SUBSTITUTE_KEY}: disabled`,
      };
    }
  },
};
