import { byCause } from '../../findings/causes';
import type { Finding } from '../../findings/finding';
import { formatFinding, formatLocation } from '../../findings/format';
import { element, escapeMarkup } from '../../findings/markup';

const SUITE = 'cdk8s-flux check';

/**
 * Prints findings as test results, for code hosts that show these: each finding is a test, which fails where the finding
 * makes the command fail, and is skipped otherwise. Without a finding, one test passes.
 *
 * @param isFailure - whether a finding makes the command fail
 * @see https://docs.gitlab.com/ci/testing/unit_test_reports/
 */
export function formatJunit(all: readonly Finding[], isFailure: (found: Finding) => boolean): string {
  const findings = byCause(all);
  const failures = findings.filter(isFailure).length;
  const tests = findings.map((found) => testCase(found, isFailure(found)));
  if (tests.length === 0) tests.push(element('testcase', { classname: SUITE, name: 'no findings' }));
  const skipped = findings.length - failures;
  const counts = { name: SUITE, tests: tests.length, failures, errors: 0, skipped };
  const suite = element('testsuite', counts, `\n${tests.join('\n')}\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', counts, `\n${suite}\n`)}\n`;
}

function testCase(found: Finding, fails: boolean): string {
  const { code, severity, message, locations } = found;
  const [first] = locations;
  const where = first ? formatLocation(first) : '';
  const name = where === '' ? code : `${code} at ${where}`;
  const lines = formatFinding(found).split('\n').map(escapeMarkup).join('\n');
  const result = fails
    ? element('failure', { type: severity, message }, lines)
    : element('skipped', { message: `${severity}: ${message}` });
  return element('testcase', { classname: code, name, file: first?.file, line: first?.line }, result);
}
