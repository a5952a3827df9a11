import type { FindingInput } from '../../findings/finding';
import { nameOf } from '../../findings/object-name';
import type { Rule, RuleFinding } from '../rule';
import { leftVariables, type LeftVariable } from '../facts/config/variable-uses';

/** A variable that nothing defines. */
export const variableUndefined: Rule = {
  code: 'variable-undefined',
  namesCause: true,
  *check(context) {
    for (const left of leftVariables(context)) {
      if (left.isProgram || left.why === 'unknown') continue;
      yield {
        ...atVariable(left),
        ...(left.why === 'undefined' ? undefinedIn(left) : unsubstitutedIn(left)),
      };
    }
  },
};

function atVariable({ applied, field, cluster }: LeftVariable): Omit<RuleFinding, 'message'> {
  return { locations: [applied.location], object: applied.identity, field, cluster };
}

function undefinedIn({ name, owner, isRefused }: LeftVariable): Omit<RuleFinding, 'locations'> {
  const what = isRefused ? 'Flux refuses the build' : 'Flux replaces it with nothing';
  return {
    severity: isRefused ? undefined : 'warning',
    message: `\${${name}} is not defined by ${nameOf(owner.identity)}, which applies this: ${what}`,
    hint: `define it in spec.postBuild of the Kustomization, give a default as in \${${name}:=value}, or write $\${${name}} for text that must stay`,
  };
}

function unsubstitutedIn({ name, owner }: LeftVariable): Pick<FindingInput, 'message' | 'hint'> {
  return {
    message: `\${${name}} is applied unchanged: ${nameOf(owner.identity)} has no postBuild, although other Kustomizations define the variable there`,
    hint: 'add spec.postBuild to the Kustomization, as in the others',
  };
}
