// Compiles a CEL rule of a schema to a JavaScript expression that uses the functions of lib/schema/cel/runtime.ts. It
// fails on anything that the rules of Flux have not needed so far.
import { createRequire } from 'node:module';
import { translatePattern } from './pattern.mjs';

const require = createRequire(import.meta.url);
require('../register-typescript.cjs');
const { parseCel } = require('../../lib/schema/cel/parse.ts');

/** The functions that compiled rules may call. */
export const runtimeNames = [
  'all',
  'and',
  'equals',
  'greater',
  'has',
  'matches',
  'not',
  'or',
  'select',
  'size',
];

/** @throws Error on a construct that has no translation yet */
export function compileRule(rule, path) {
  const fail = (what) => {
    throw new Error(`${path}: ${what} in the rule ${rule}`);
  };
  const compile = (node, names) => {
    if (node.node === 'literal') return literal(node, fail);
    if (node.node === 'identifier')
      return names.includes(node.name) ? node.name : fail(`unknown name ${node.name}`);
    if (node.node === 'select' && !node.optional) {
      return `select(${compile(node.operand, names)}, ${JSON.stringify(node.field)})`;
    }
    return node.node === 'call' ? call(node, names, compile, fail) : fail(`unknown construct ${node.node}`);
  };
  return compile(parseCel(rule), ['self']);
}

function call({ name, operator, target, args }, names, compile, fail) {
  const each = () => args.map((argument) => compile(argument, names));
  const lazy = () => each().map((code) => `() => ${code}`);
  const signature = `${operator ? 'operator ' : ''}${target ? '.' : ''}${name}/${args.length}`;
  switch (signature) {
    case 'operator ||/2':
      return `or(${lazy().join(', ')})`;
    case 'operator &&/2':
      return `and(${lazy().join(', ')})`;
    case 'operator !/1':
      return `not(${each()[0]})`;
    case 'operator ==/2':
      return `equals(${each().join(', ')})`;
    case 'operator !=/2':
      return `not(equals(${each().join(', ')}))`;
    case 'operator >/2':
      return `greater(${each().join(', ')})`;
    case 'has/1':
      return `has(${compile(args[0].operand, names)}, ${JSON.stringify(args[0].field)})`;
    case 'size/1':
      return `size(${each()[0]})`;
    case '.all/2':
      return `all(${compile(target, names)}, (${args[0].name}) => ${compile(args[1], [...names, args[0].name])})`;
    case '.matches/1':
      if (args[0].type !== 'string') fail('a pattern that is not a literal');
      return `matches(${compile(target, names)}, ${new RegExp(translatePattern(args[0].value), 'u')})`;
    default:
      return fail(`unknown call ${signature}`);
  }
}

function literal({ type, value }, fail) {
  if (type === 'int') return String(Number(value));
  return type === 'string' || type === 'bool' ? JSON.stringify(value) : fail(`unknown literal ${type}`);
}
