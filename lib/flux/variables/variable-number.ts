import { markVariable, type MarkedVariable } from './variable-text';

/**
 * A variable in a numeric field is a number that no manifest contains. Other libraries' constructs check the type of
 * their arguments, so it cannot be an object.
 */
const FIRST = -(2 ** 1000);
const STEP = 2 ** -20;

/** The text of such a number, if it becomes part of a string. */
const WRITTEN = /-[12]\.\d+e\+301/g;

const NUMBERS = Symbol.for('cdk8s-flux.VariableNumbers');

/**
 * The variables by their number. Copies of this package share them, because a number does not say which copy created
 * it.
 */
function numbered(): MarkedVariable[] {
  const holder = globalThis as { [NUMBERS]?: MarkedVariable[] };
  return (holder[NUMBERS] ??= []);
}

/** The number by which a variable travels; always the same for the same variable. */
export function variableNumber(variable: MarkedVariable): number {
  const all = numbered();
  const known = all.findIndex(({ name, default: standard }) => {
    return name === variable.name && standard === variable.default;
  });
  const index = known < 0 ? all.push(variable) - 1 : known;
  return FIRST * (1 + index * STEP);
}

function variableOf(value: number): MarkedVariable | undefined {
  return value <= FIRST ? numbered()[(value / FIRST - 1) / STEP] : undefined;
}

/** Plain data in which the variables that travel as numbers travel as text; the same data where there are none. */
export function numbersToText<Value>(value: Value): Value {
  return numbered().length > 0 && holdsNumber(value) ? (toText(value) as Value) : value;
}

function holdsNumber(value: unknown): boolean {
  if (typeof value === 'number') return value <= FIRST;
  if (typeof value === 'string') return value.includes('e+301');
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsNumber);
}

function toText(value: unknown): unknown {
  if (typeof value === 'number') {
    const variable = variableOf(value);
    return variable ? markVariable(variable) : value;
  }
  if (typeof value === 'string') return value.replace(WRITTEN, partOfText);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toText);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, toText(child)]));
}

function partOfText(written: string): string {
  const variable = variableOf(Number(written));
  return variable ? markVariable({ ...variable, type: 'string' }) : written;
}
