import { fitSections, type LeftOut } from '../../../lib/diff/report/markdown-sections';

const entries = (count: number, length: number) =>
  Array.from({ length: count }, (_, index) => `${index}`.padEnd(length, 'x'));
const sections = [
  { title: 'First', noun: 'first', isOpen: true, entries: entries(120, 6) },
  { title: 'Empty', noun: 'empty', isOpen: true, entries: [] },
  { title: 'Table', noun: 'rows', isOpen: true, intro: 'head\n', entries: entries(12, 20) },
  { title: 'Second', noun: 'second', isOpen: false, entries: entries(100, 3) },
];
const foot = (left: LeftOut): string => `\nleft ${[...left].map((count) => count.join()).join(' ')}\n`;
const fit = (limit: number): string => fitSections('head\n', sections, foot, limit);

describe('a report of sections', () => {
  it('is at most as long as the limit, closed, and counts what it leaves out, at every limit', () => {
    const whole = fit(Infinity);
    for (let limit = 60; limit < whole.length; limit += 1) {
      const report = fit(limit);
      expect(report.length).toBeLessThanOrEqual(limit);
      expect(report.match(/<details>/g)?.length).toBe(report.match(/<\/details>/g)?.length);
      const shown = report.match(/^\d+x*$/gm)?.length ?? 0;
      const left = [...report.matchAll(/(?:first|rows|second),(\d+)/g)].reduce(
        (sum, [, count]) => sum + Number(count),
        0,
      );
      expect(shown + left).toBe(232);
    }
  });

  it('leaves out sections without entries', () => {
    expect(fit(Infinity)).not.toContain('Empty');
  });
});
