import { goRegexProblem } from '../../plain/go-regex';
import { labelSelectorProblem } from '../label-selector';
import type { Report } from '../report';
import { textsAt, valuesAt, type ObjectRule } from './object-rule';

const TARGETS = ['group', 'version', 'kind', 'name', 'namespace'];

/** A rule for the expressions at given paths, which Go compiles. */
export function regexesAt(...paths: readonly string[]): ObjectRule {
  return (object, report) => {
    for (const path of paths) checkRegexes(object, path, report);
  };
}

/** A rule for the targets of patches, whose fields are expressions and whose selectors are texts. */
export function selectorsAt(...paths: readonly string[]): ObjectRule {
  return (object, report) => {
    for (const path of paths) {
      if (valuesAt(object, path).length === 0) continue;
      for (const field of TARGETS) checkRegexes(object, `${path}.${field}`, report);
      for (const field of ['labelSelector', 'annotationSelector'])
        checkSelector(object, `${path}.${field}`, report);
    }
  };
}

function checkRegexes(object: unknown, path: string, report: Report): void {
  for (const { text, path: where } of textsAt(object, path, report)) {
    const problem = goRegexProblem(text);
    if (problem === undefined) continue;
    const got = JSON.stringify(text);
    const hint = /\(\?[=!<]|\\[1-9]/.test(text)
      ? 'Go does not support lookaround and backreferences: write the expression without them'
      : 'use the syntax of Go: https://github.com/google/re2/wiki/Syntax';
    report.add(
      {
        code: 'regex-invalid',
        got,
        message: `${got} is not a valid regular expression in Go: ${problem}`,
        hint,
      },
      ...where,
    );
  }
}

function checkSelector(object: unknown, path: string, report: Report): void {
  for (const { text, path: where } of textsAt(object, path, report)) {
    const problem = labelSelectorProblem(text);
    if (problem === undefined) continue;
    const hint = 'write conditions such as "app=web,tier in (a, b),!legacy"';
    report.add(
      { code: 'label-selector-invalid', got: JSON.stringify(text), message: problem, hint },
      ...where,
    );
  }
}
