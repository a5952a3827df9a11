import { constraintProblem } from '../semver-constraint';
import { textsAt, valuesAt, type ObjectRule } from './object-rule';
import type { Report } from '../report';

/** A rule for the version ranges at given paths; an empty text stands for none. */
export function rangesAt(...paths: readonly string[]): ObjectRule {
  return (object, report) => {
    for (const path of paths) checkRanges(object, path, report);
  };
}

/** A rule for the version of a chart; charts from Git and buckets have none to choose from. */
export function chartVersionAt(chart: string): ObjectRule {
  return (object, report) => {
    const fromRepository = valuesAt(object, `${chart}.sourceRef.kind`).some(
      ({ value }) => value === 'HelmRepository',
    );
    if (fromRepository) checkRanges(object, `${chart}.version`, report);
  };
}

function checkRanges(object: unknown, path: string, report: Report): void {
  for (const { text, path: where } of textsAt(object, path, report)) {
    const problem = text === '' ? undefined : constraintProblem(text);
    if (problem === undefined) continue;
    report.add(
      {
        code: 'semver-invalid',
        got: JSON.stringify(text),
        message: problem.startsWith(JSON.stringify(text))
          ? problem
          : `${JSON.stringify(text)} is not a valid version range: ${problem}`,
        hint: 'write a range such as ">=1.2.0 <2.0.0", "1.x" or "^1.2", or one version',
      },
      ...where,
    );
  }
}
