import { celProblem } from '../../../lib/schema/cel/check';
import { answersOf } from '../../tools/answers';

const READY = { variables: ['self', 'dep'], boolean: true };

/** Texts for which our answer differs, each with the reason. */
const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  ...['!1', '1 || dep.a', 'dep.a || 1', '"a" == "b" ? true : "a"', 'dep.exists(dep, dep == 1)'].map(
    (text) => [text, 'types within an expression are not checked'] as const,
  ),
]);

describe.each([
  ['cel', (text: string) => celProblem(text)?.problem],
  ['cel-ready', (text: string) => celProblem(text, READY)?.problem],
] as const)('texts of %s', (table, problem) => {
  it.each(answersOf<string, string>(`schema/${table}`).filter(([text]) => !EXCEPTIONS.has(text)))(
    'have the same result as in the library of Flux: %j',
    (text, answer) => {
      expect(problem(text) === undefined ? 'valid' : 'invalid').toBe(answer);
    },
  );
});
