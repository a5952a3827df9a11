import { createHash } from 'node:crypto';
import type { Finding, Severity } from '../../findings/finding';
import { printableJson } from '../../findings/printable';

const severities = { error: 'major', warning: 'minor', info: 'info' } as const satisfies Record<
  Severity,
  string
>;

/**
 * Prints findings as the code quality report of GitLab, which shows them in merge requests.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function formatCodequality(findings: readonly Finding[]): string {
  const seen = new Map<string, number>();
  return printableJson(
    findings.map((found) => {
      const { code, severity, message, hint, field, locations } = found;
      const place = locations.find(({ file }) => file !== undefined);
      const fix = hint === undefined ? '' : ` (fix: ${hint})`;
      return {
        description: `${field === undefined ? '' : `${field}: `}${message}${fix}`,
        check_name: code,
        fingerprint: fingerprintOf(found, seen),
        severity: severities[severity],
        // GitLab needs a path, even if a finding is about the whole repository.
        location: { path: place?.file ?? '.', lines: { begin: place?.line ?? 1 } },
      };
    }),
  );
}

/** GitLab shows only the first of several findings with the same fingerprint. */
function fingerprintOf({ fingerprint }: Finding, seen: Map<string, number>): string {
  const count = seen.get(fingerprint) ?? 0;
  seen.set(fingerprint, count + 1);
  const text = count === 0 ? fingerprint : `${fingerprint} ${count}`;
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
