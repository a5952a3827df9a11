import { fittingSummary } from '../../../lib/ci/report/summary-limit';

const ROOM = 1024 * 1024;

describe('the summary of a step', () => {
  it('has as much as fits beside the existing text, in bytes', () => {
    expect(fittingSummary((limit) => 'a'.repeat(limit), 0)).toHaveLength(ROOM - 1);
    expect(fittingSummary((limit) => 'a'.repeat(limit), ROOM - 11)).toHaveLength(10);
    expect(fittingSummary((limit) => 'a'.repeat(limit), ROOM + 5)).toBe('');
  });

  it('is cut further if characters have several bytes', () => {
    const text = fittingSummary((limit) => 'ü€'.repeat(Math.floor(limit / 2)), ROOM - 101);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(100);
    expect(Buffer.byteLength(text)).toBeGreaterThan(90);
  });
});
