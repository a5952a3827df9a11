import { labelSelectorProblem } from '../../lib/schema/label-selector';
import { goRegexProblem } from '../../lib/plain/go-regex';
import { constraintProblem } from '../../lib/schema/semver-constraint';
import { answersOf } from '../tools/answers';

describe.each([
  ['semver', constraintProblem],
  ['regex', goRegexProblem],
  ['label-selector', labelSelectorProblem],
] as const)('texts of %s', (table, problem) => {
  it.each(answersOf<string, string>(`schema/${table}`))(
    'have the same result as in the library of Flux: %j',
    (text, answer) => {
      expect(problem(text) === undefined ? 'valid' : 'invalid').toBe(answer);
    },
  );
});
