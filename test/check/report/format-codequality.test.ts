import { formatCodequality } from '../../../lib/check/report/format-codequality';
import { finding } from '../../../lib/findings/finding';

const missing = finding({
  code: 'path-missing',
  message: 'builds "apps", which does not exist',
  hint: 'correct spec.path',
  field: 'spec.path',
  locations: [{ file: 'clusters/home/apps.yaml', line: 4 }],
});

describe('a code quality report', () => {
  it('has what GitLab shows of each finding', () => {
    const [entry] = JSON.parse(formatCodequality([missing])) as Record<string, unknown>[];
    expect(entry).toEqual({
      description: 'spec.path: builds "apps", which does not exist (fix: correct spec.path)',
      check_name: 'path-missing',
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      severity: 'major',
      location: { path: 'clusters/home/apps.yaml', lines: { begin: 4 } },
    });
  });

  it('distinguishes findings with the same fingerprint, and has a place for those without', () => {
    const entries = JSON.parse(formatCodequality([missing, missing, { ...missing, locations: [] }])) as {
      fingerprint: string;
      location: object;
    }[];
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(3);
    expect(entries[2]?.location).toEqual({ path: '.', lines: { begin: 1 } });
  });

  it('is an empty list without a finding', () => {
    expect(formatCodequality([])).toBe('[]\n');
  });
});
