/**
 * The functions that compiled rules use. An absent field is an error in CEL, which `||` and `&&` ignore if their other
 * side decides. Plain JavaScript operators on `undefined` would decide differently.
 */

/** Reads a field that must be there. */
export function select(operand: unknown, field: string): unknown {
  if (!has(operand, field)) throw new Error(`no such key: ${field}`);
  return (operand as Record<string, unknown>)[field];
}

/** Whether an object has a field. */
export function has(operand: unknown, field: string): boolean {
  if (typeof operand !== 'object' || operand === null) throw new Error(`no such overload: has(.${field})`);
  return Object.hasOwn(operand, field) && (operand as Record<string, unknown>)[field] !== undefined;
}

/** `a || b`: true when either side is, whatever becomes of the other. */
export function or(left: () => unknown, right: () => unknown): boolean {
  return decide(left, right, true);
}

/** `a && b`: false when either side is, whatever becomes of the other. */
export function and(left: () => unknown, right: () => unknown): boolean {
  return decide(left, right, false);
}

/** `!a`. */
export function not(value: unknown): boolean {
  return !bool(value);
}

/** `a == b` of scalars. */
export function equals(left: unknown, right: unknown): boolean {
  return left === right;
}

/** `size(a)`: the code points of a string, the entries of a list or map. */
export function size(value: unknown): number {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length;
  throw new Error('no such overload: size');
}

/** `a > b` of numbers. */
export function greater(left: unknown, right: unknown): boolean {
  if (typeof left !== 'number' || typeof right !== 'number') throw new Error('no such overload: _>_');
  return left > right;
}

/** `list.all(x, predicate)`. */
export function all(list: unknown, predicate: (item: unknown) => unknown): boolean {
  if (!Array.isArray(list)) throw new Error('no such overload: all');
  let failure: unknown;
  for (const item of list) {
    try {
      if (!bool(predicate(item))) return false;
    } catch (error) {
      failure = error;
    }
  }
  if (failure !== undefined) throw failure;
  return true;
}

/** `text.matches(pattern)`. */
export function matches(text: unknown, pattern: RegExp): boolean {
  if (typeof text !== 'string') throw new Error('no such overload: matches');
  return pattern.test(text);
}

function decide(left: () => unknown, right: () => unknown, deciding: boolean): boolean {
  let failure: unknown;
  try {
    if (bool(left()) === deciding) return deciding;
  } catch (error) {
    failure = error;
  }
  if (bool(right()) === deciding) return deciding;
  if (failure !== undefined) throw failure;
  return !deciding;
}

function bool(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new Error('no such overload: a boolean is needed');
  return value;
}
