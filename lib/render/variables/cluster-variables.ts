import type { OwnFindingInput } from '../../findings/finding';

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether Flux takes a name for that of a variable. */
export function isVariableName(name: string): boolean {
  return VARIABLE_NAME.test(name);
}

/** What is wrong with the variables of a cluster. */
export function variableProblems(
  variables: Readonly<Record<string, string | number | boolean>>,
): OwnFindingInput[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    if (!isVariableName(name)) return nameProblem(name);
    const problem = valueProblem(value);
    if (problem === undefined) return [];
    const message = `the value of the variable ${JSON.stringify(name)} is not allowed: ${problem}`;
    return {
      code: 'variable-invalid',
      message,
      hint: 'use a string on one line, a finite number, true or false',
    };
  });
}

/** What is said of a name that Flux refuses. */
export function nameProblem(name: string): OwnFindingInput {
  return {
    code: 'variable-invalid',
    message: `${JSON.stringify(name)} is not a valid variable name`,
    hint: 'use letters, digits and "_", and do not start with a digit',
  };
}

/** What is said of a default that would end before its end. */
export function defaultProblem(name: string): OwnFindingInput {
  return {
    code: 'variable-invalid',
    message: `the default of the variable ${JSON.stringify(name)} contains "}", "\${" or a line break, which a default cannot contain`,
    hint: 'define the variable, and remove the default',
  };
}

function valueProblem(value: string | number | boolean): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return `got ${value}`;
  return typeof value === 'string' && value.includes('\n')
    ? 'got a string of several lines, and Flux removes line breaks'
    : undefined;
}
