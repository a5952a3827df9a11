import { CelSyntaxError, children, type CelCall, type CelNode } from './ast';
import { functionHint, habitHint } from './habits';
import { BINDING, boundName, isHas } from './macros';
import { parseCel } from './parse';

/** What an expression may use, and what it must give. */
export interface CelContext {
  /**
   * The variables that there are.
   *
   * @default - none: any name passes
   */
  readonly variables?: readonly string[];
  /**
   * Whether its functions are those that Flux turns on, so that any other fails.
   *
   * @default - true if variables are given
   */
  readonly knownFunctions?: boolean;
  /**
   * Whether it must give true or false. Flux looks at what it can know without data: a bare field is no boolean.
   *
   * @default false
   */
  readonly boolean?: boolean;
}

interface CelProblem {
  readonly problem: string;
  readonly hint?: string;
}

/** The functions of cel-go and of the extensions that Flux turns on: strings, sets, encoders, optional types. */
const FUNCTIONS = new Set(
  `size matches contains startsWith endsWith int uint double string bytes bool dyn type duration timestamp getFullYear
  getMonth getDate getDayOfMonth getDayOfWeek getDayOfYear getHours getMinutes getSeconds getMilliseconds charAt indexOf
  join lastIndexOf lowerAscii upperAscii quote replace split substring trim format reverse equivalent intersects encode
  decode of none ofNonZeroValue hasValue value or orValue unwrap unwrapOpt first last`.split(/\s+/),
);
/** Names that are not variables: types, and prefixes of an extension's functions. */
const CONSTANTS = new Set(
  `int uint double string bytes bool list map null_type type optional_type google sets base64 strings optional`.split(
    /\s+/,
  ),
);
const BOOLEAN_OPERATORS = new Set(['!', '&&', '||', '==', '!=', '<', '<=', '>', '>=', 'in']);
const BOOLEAN_FUNCTIONS = new Set(
  `has all exists exists_one matches contains startsWith endsWith bool hasValue equivalent intersects`.split(
    ' ',
  ),
);
const OTHER_FUNCTIONS = new Set(
  'size int uint double string bytes type duration timestamp dyn map filter'.split(' '),
);

/** What is wrong with an expression, and how to fix it; `undefined` when nothing is. */
export function celProblem(text: string, context: CelContext = {}): CelProblem | undefined {
  let node: CelNode;
  try {
    node = parseCel(text);
  } catch (error) {
    if (!(error instanceof CelSyntaxError)) throw error;
    const hint = habitHint(text, error.offset);
    return {
      problem: `${error.message} (character ${error.offset + 1})`,
      ...(hint !== undefined && { hint }),
    };
  }
  const { variables, knownFunctions = variables !== undefined } = context;
  const unknown =
    (variables && unknownVariable(node, variables)) ?? (knownFunctions ? unknownFunction(node) : undefined);
  if (unknown) return unknown;
  if (context.boolean && isSurelyNotBoolean(node)) {
    const hint = 'make it a condition, for example with "== true"';
    return { problem: 'its result may be something other than true or false', hint };
  }
  return undefined;
}

/** The variables that an expression reads. */
export function freeNames(node: CelNode, bound: ReadonlySet<string> = new Set()): string[] {
  if (node.node === 'identifier') return bound.has(node.name) ? [] : [node.name];
  const inner = node.node === 'call' ? boundName(node) : undefined;
  if (node.node !== 'call' || inner === undefined)
    return children(node).flatMap((child) => freeNames(child, bound));
  const within = new Set([...bound, inner]);
  const rest = node.args.slice(1).flatMap((argument) => freeNames(argument, within));
  return [...freeNames(node.target!, bound), ...rest];
}

function unknownVariable(node: CelNode, variables: readonly string[]): CelProblem | undefined {
  const known = new Set([...variables, ...CONSTANTS]);
  const name = freeNames(node).find((free) => !known.has(free));
  if (name === undefined) return undefined;
  return {
    problem: `unknown variable ${JSON.stringify(name)}`,
    hint: `use one of the variables ${variables.join(', ')}`,
  };
}

function unknownFunction(node: CelNode): CelProblem | undefined {
  const unknown = calls(node).find((call) => !isKnownCall(call));
  if (unknown === undefined) return undefined;
  const { name, args } = unknown;
  const taken = BINDING.get(name);
  if (taken) {
    const counts = taken.join(' or ');
    return {
      problem: `got ${args.length} arguments for ${name}()`,
      hint: `give it ${counts} arguments, the first a plain name`,
    };
  }
  const known = [...FUNCTIONS, ...BINDING.keys(), 'has'];
  const hint =
    'Flux knows the functions of CEL and its extensions for strings, sets, encoders and optional types';
  return { problem: `unknown function ${JSON.stringify(name)}`, hint: functionHint(name, known, hint) };
}

function isKnownCall(call: CelCall): boolean {
  return call.operator || isHas(call) || boundName(call) !== undefined || FUNCTIONS.has(call.name);
}

function calls(node: CelNode): CelCall[] {
  const below = children(node).flatMap(calls);
  return node.node === 'call' ? [node, ...below] : below;
}

function isSurelyNotBoolean(node: CelNode): boolean {
  if (node.node === 'literal') return node.type !== 'bool';
  if (node.node === 'conditional') return isSurelyNotBoolean(node.then) && isSurelyNotBoolean(node.otherwise);
  if (node.node !== 'call') return true;
  if (node.operator) return !BOOLEAN_OPERATORS.has(node.name);
  return !BOOLEAN_FUNCTIONS.has(node.name) && OTHER_FUNCTIONS.has(node.name);
}
