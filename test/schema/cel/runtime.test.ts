import type { CelCall, CelIdentifier, CelNode } from '../../../lib/schema/cel/ast';
import { parseCel } from '../../../lib/schema/cel/parse';
import * as runtime from '../../../lib/schema/cel/runtime';
import { answersOf } from '../../tools/answers';

type Names = Readonly<Record<string, unknown>>;

/** Evaluates with the functions that compiled rules call. */
function evaluate(node: CelNode, names: Names): unknown {
  if (node.node === 'identifier') return names[node.name];
  if (node.node === 'literal') return node.type === 'int' ? Number(node.value) : node.value;
  if (node.node === 'select') return runtime.select(evaluate(node.operand, names), node.field);
  if (node.node === 'call') return call(node, names);
  throw new Error(`no rule needs ${node.node}`);
}

function call({ name, target, args }: CelCall, names: Names): unknown {
  const [first, second] = args as [CelNode, CelNode];
  const value = (node: CelNode) => evaluate(node, names);
  switch (name) {
    case '||':
      return runtime.or(
        () => value(first),
        () => value(second),
      );
    case '&&':
      return runtime.and(
        () => value(first),
        () => value(second),
      );
    case '!':
      return runtime.not(value(first));
    case '==':
      return runtime.equals(value(first), value(second));
    case '!=':
      return runtime.not(runtime.equals(value(first), value(second)));
    case '>':
      return runtime.greater(value(first), value(second));
    case 'size':
      return runtime.size(value(first));
    case 'has':
      if (first.node !== 'select') throw new Error('has() needs a field');
      return runtime.has(value(first.operand), first.field);
    case 'matches':
      return runtime.matches(value(target!), new RegExp(String(value(first)), 'u'));
    case 'all': {
      const bound = (first as CelIdentifier).name;
      return runtime.all(value(target!), (item) => evaluate(second, { ...names, [bound]: item }));
    }
    default:
      throw new Error(`no rule calls ${name}`);
  }
}

describe('the functions of compiled rules', () => {
  it.each(
    answersOf<{ expression: string; self: unknown }, string>('schema/cel-values').map(
      ([{ expression, self }, answer]) => [expression, self, answer] as const,
    ),
  )('give what the API server computes: %s of %j', (expression, self, answer) => {
    const compute = () => {
      try {
        return String(evaluate(parseCel(expression), { self }));
      } catch {
        return 'error';
      }
    };
    expect(compute()).toBe(answer);
  });
});
