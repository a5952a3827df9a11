import { nameOf } from '../at-node';
import type { Rule } from '../rule';
import { leftVariables } from '../variable-uses';

/** A variable of a script or dashboard that Flux takes for one of its own. */
export const variableEaten: Rule = {
  code: 'variable-eaten',
  severity: 'error',
  summary: 'Flux replaces a variable that a script or dashboard means for itself',
  *check(context) {
    for (const { isProgram, why, name, owner, applied, field } of leftVariables(context)) {
      // In capitals it may well be a variable of Flux whose values are not in the repository.
      if (!isProgram || why === 'unsubstituted' || (why === 'unknown' && !/[a-z]|^_/.test(name))) continue;
      yield {
        locations: [applied.location],
        object: applied.identity,
        field,
        message: `\${${name}} looks like a variable of the text itself, but ${nameOf(owner.identity)} substitutes: Flux 2.9 refuses what nothing defines, and older ones put nothing in its place`,
        hint: `write $\${${name}}, or label the object kustomize.toolkit.fluxcd.io/substitute: disabled`,
      };
    }
  },
};
