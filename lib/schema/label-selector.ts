import { parseRequirement, splitRequirements } from '../plain/label-requirements';
import { labelValueProblem, qualifiedNameProblem } from './kubernetes-names';

/**
 * What is wrong with a selector of labels written as text, such as `app=web,tier in (a, b),!legacy`
 * (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#api); `undefined` when nothing is.
 */
export function labelSelectorProblem(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  for (const requirement of splitRequirements(text)) {
    const problem = requirementProblem(requirement);
    if (problem) return problem;
  }
  return undefined;
}

function requirementProblem(text: string): string | undefined {
  const requirement = parseRequirement(text);
  if (!requirement) return `${JSON.stringify(text)} is not a valid label selector`;
  return keyProblem(requirement.key) ?? firstProblem(requirement.values);
}

function keyProblem(key: string): string | undefined {
  const problem = qualifiedNameProblem(key);
  return problem && `${JSON.stringify(key)} is not a valid label key: ${problem}`;
}

function firstProblem(values: readonly string[]): string | undefined {
  for (const value of values) {
    const problem = labelValueProblem(value);
    if (problem) return `${JSON.stringify(value)} is not a valid label value: ${problem}`;
  }
  return undefined;
}
