import { fieldPositions, type FieldPosition } from '../../lib/yaml/field-positions';

function fieldLines(text: string): Map<string, number> {
  return new Map([...(fieldPositions(text)[0] ?? [])].map(([pointer, { line }]) => [pointer, line]));
}

describe('fieldPositions', () => {
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

  it('stays correct after keys that are not strings', () => {
    const lines = fieldLines('? { a: 1 }\n: x\n&k k: 1\n*k : 2\nlast: 3\n');
    expect(lines.get('/last')).toBe(5);
  });
});

describe('the columns of a field', () => {
  it.each([
    ['a: { name: x }\n', '/a/name', 'name: x'],
    ["  name: 'x y' # comment\n", '/name', "name: 'x y'"],
    ['list:\n  - name: x\n', '/list/0', 'name: x'],
    ['list:\n  - one\n', '/list/0', 'one'],
    ['a: &x 1\nb: *x\n', '/b', 'b: *x'],
    ['text: |\n  more\n', '/text', 'text'],
  ])('of %j, %s, hold %j', (text, pointer, held) => {
    const { line, column, endColumn } = fieldPositions(text)[0]?.get(pointer) as FieldPosition;
    expect(text.split('\n')[line - 1]?.slice(column - 1, endColumn - 1)).toBe(held);
  });

  it('show where a text of several lines ends', () => {
    const [positions] = fieldPositions('a: |\n  one\n  two\nb:\n  c: 1\n');
    expect(positions?.get('/a')).toMatchObject({ line: 1, lastLine: 3 });
    expect(positions?.get('/b')?.lastLine).toBeUndefined();
  });

  it('exist if a bracket closes no deeper than its key, as Go reads it', () => {
    const [positions] = fieldPositions('a:\n  b: [\n    { c: 1 }\n  ]\n  d: 2\n');
    expect(positions?.get('/a/b/0/c')).toMatchObject({ line: 3, column: 7 });
    expect(positions?.get('/a/d')).toMatchObject({ line: 5, column: 3 });
  });

  it('exist for each document', () => {
    expect(fieldPositions('a: 1\n---\nb: 2\n').map((fields) => [...fields.keys()])).toEqual([
      ['', '/a'],
      ['', '/b'],
    ]);
  });
});
