import { splitRequirements } from '../plain/label-requirements';
import { labelValueProblem, qualifiedNameProblem } from './kubernetes-names';

const SET = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/;
const EQUAL = /^([^=!<>\s]+)\s*(==|=|!=)\s*([^=!<>\s]*)$/;
const COMPARED = /^([^=!<>\s]+)\s*[<>]\s*(-?\d+)$/;
const EXISTS = /^(!\s*)?([^=!<>\s()]+)$/;

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
  const set = SET.exec(text);
  if (set) return keyProblem(set[1]!) ?? firstProblem(set[3]!.split(',').map((value) => value.trim()));
  const equal = EQUAL.exec(text);
  if (equal) return keyProblem(equal[1]!) ?? firstProblem([equal[3]!]);
  const compared = COMPARED.exec(text);
  if (compared) return keyProblem(compared[1]!);
  const exists = EXISTS.exec(text);
  return exists ? keyProblem(exists[2]!) : `${JSON.stringify(text)} is not a valid condition on a label`;
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
