import { summaryOf } from '../../lib/check/codes';
import { rules } from '../../lib/check/rules';
import type { Finding } from '../../lib/findings/finding';
import { checkFiles, markedPlaces, readRulePage, rulePages } from './rule-pages';

/** Findings that a page's examples may have: infos about other things do not concern the page. */
function notable(findings: readonly Finding[], code: string): string[] {
  return [
    ...new Set(
      findings.filter((found) => found.code === code || found.severity !== 'info').map((f) => f.code),
    ),
  ];
}

describe('the rules', () => {
  it('are in the order of their codes', () => {
    const codes = rules.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
  });

  it('have a page each', () => {
    expect(rulePages()).toEqual(expect.arrayContaining(rules.map(({ code }) => code)));
  });

  it.each(rules)('say what they find in one sentence: $code', ({ code }) => {
    expect(summaryOf(code)).toMatch(/^[A-Z].{10,120}[^.]$/);
  });
});

describe.each(rulePages())('the page of %s', (code) => {
  const page = readRulePage(code);

  it('has its code as the title, and examples', () => {
    expect(page.title).toBe(code);
    expect(Object.keys(page.bad).length).toBeGreaterThan(0);
    expect(page.good).not.toEqual(page.bad);
  });

  it('has a bad example with exactly the marked findings', () => {
    const findings = checkFiles(page.bad);
    const places = findings
      .filter((found) => found.code === code)
      .map(({ locations: [first] }) => `${first?.file}:${first?.line}`);
    expect(places.sort()).toEqual(markedPlaces(page.bad, code).sort());
    expect(places).not.toEqual([]);
    expect(notable(findings, code)).toEqual([code]);
  });

  it('has a good example without findings', () => {
    expect(notable(checkFiles(page.good), code)).toEqual([]);
  });
});
