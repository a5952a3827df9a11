import { aliasLines } from '../../lib/yaml/alias-lines';

describe('the lines of aliases', () => {
  it('are those of an alias, in each document', () => {
    expect(aliasLines('a: &x 1\nb: *x\n---\nc: &y [1]\nd: [*y, "*y"]\n')).toEqual([2, 5]);
  });

  it('are found in a text that only Go reads: a closing bracket no deeper than its key', () => {
    expect(aliasLines('a:\n  b: &x {\n    c: 1\n  }\n  d: *x\n')).toEqual([5]);
  });
});
