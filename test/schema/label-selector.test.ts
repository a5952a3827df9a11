import { labelSelectorProblem } from '../../lib/schema/label-selector';

describe('a selector of labels', () => {
  it('has requirements between the commas outside of brackets', () => {
    expect(labelSelectorProblem('a=b, c in (d, e),!f,g notin (h)')).toBeUndefined();
    expect(labelSelectorProblem('a in (b, c), d=-')).toContain('"-"');
  });

  it.each([',', '(', ' ,', 'a in (', ',('])('with many %j is read once', (part) => {
    expect(labelSelectorProblem(part.repeat(100_000))).toBeDefined();
  });
});
