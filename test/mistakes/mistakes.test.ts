import { formatFinding } from '../../lib/findings/format';
import { mistakes } from './mistakes';
import { findingsOf } from './run-program';

/** The line with the mistake, as findings name it. */
function blamed(code: string): string {
  return `main.ts:${code.split('\n').findIndex((line) => line.endsWith('//!')) + 1}`;
}

describe('a mistake of an author', () => {
  it.each(mistakes.map((mistake) => [mistake.what, mistake] as const))(
    'is reported with its line, the given value and the fix: %s',
    (_, { code, finding, says }) => {
      const { findings, error } = findingsOf(code);
      expect(error).toBeUndefined();
      const texts = findings.filter((found) => found.code === finding).map(formatFinding);
      expect(findings.map((found) => found.code)).toContain(finding);
      const text = texts.find((one) => one.includes(blamed(code))) ?? texts[0] ?? '';
      expect(text).toContain(blamed(code));
      expect(text).toContain('\n  fix: ');
      for (const part of says) expect(text).toContain(part);
    },
  );

  it('is tested with at least 45 mistakes', () => {
    expect(mistakes.length).toBeGreaterThanOrEqual(45);
  });
});
