import { fieldLines, pointerOf } from '../../lib/config/field-lines';

describe('fieldLines', () => {
  it('gives each field the line of its key', () => {
    const text = [
      '# a comment',
      'version: 1',
      'rules:',
      '  "a/b": off',
      '  list:',
      '    - x',
      '    - { y: 1 }',
      '',
    ].join('\n');
    expect([...fieldLines(text)]).toEqual([
      ['', 2],
      ['/version', 2],
      ['/rules', 3],
      ['/rules/a~1b', 4],
      ['/rules/list', 5],
      ['/rules/list/0', 6],
      ['/rules/list/1', 7],
      ['/rules/list/1/y', 7],
    ]);
  });

  it('follows anchors, aliases and block texts', () => {
    const text = 'a: &x\r\n  b: |\r\n    text\r\nc: *x\r\nd: 1\r\n';
    expect(Object.fromEntries(fieldLines(text))).toEqual({ '': 1, '/a': 1, '/a/b': 2, '/c': 4, '/d': 5 });
  });

  it('stays in step behind keys that are no text', () => {
    const lines = fieldLines('? { a: 1 }\n: x\n&k k: 1\n*k : 2\nlast: 3\n');
    expect(lines.get('/last')).toBe(5);
  });
});

describe('pointerOf', () => {
  it('escapes as RFC 6901 says', () => {
    expect(pointerOf(['a/b', 'c~d', '0'])).toBe('/a~1b/c~0d/0');
    expect(pointerOf([])).toBe('');
  });
});
