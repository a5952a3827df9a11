import { CelSyntaxError, type CelCall, type CelNode } from './ast';

/** The macros that bind a name, with the numbers of arguments for which the parser expands them. */
export const BINDING: ReadonlyMap<string, readonly number[]> = new Map([
  ['all', [2]],
  ['exists', [2]],
  ['exists_one', [2]],
  ['map', [2, 3]],
  ['filter', [2]],
  ['optMap', [2]],
  ['optFlatMap', [2]],
]);

/** The name that a macro call binds in its other arguments; `undefined` where the call is no such macro. */
export function boundName(call: CelCall): string | undefined {
  const [first] = call.args;
  const binds = call.target !== undefined && BINDING.get(call.name)?.includes(call.args.length);
  return binds && first?.node === 'identifier' ? first.name : undefined;
}

/** Whether a call is `has(a.b)`. */
export function isHas(call: CelCall): boolean {
  return call.name === 'has' && call.target === undefined && call.args.length === 1;
}

/** @throws CelSyntaxError when a macro's arguments are not what its expansion needs */
export function checkMacro(call: CelCall, offset: number): CelNode {
  if (isHas(call)) {
    const [argument] = call.args;
    if (argument?.node !== 'select' || argument.optional) {
      throw new CelSyntaxError('has() needs a field, for example has(self.status)', offset);
    }
  } else if (call.target && BINDING.get(call.name)?.includes(call.args.length)) {
    if (boundName(call) === undefined) {
      throw new CelSyntaxError(`the first argument of ${call.name}() must be a plain name`, offset);
    }
  }
  return call;
}
