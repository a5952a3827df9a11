import { celProblem } from '../../lib/schema/cel/check';

/** The limits are those of cel-go; larger numbers overflow the stack of recursive code. */
describe('a CEL expression', () => {
  it.each([
    ['!', '!'.repeat(50_000) + 'a'],
    ['-', '-'.repeat(50_001) + 'a == 1'],
    ['&&', 'a && '.repeat(19_000) + 'a'],
    ['||', 'a || '.repeat(19_000) + 'a'],
    ['(', `${'('.repeat(249)}a${')'.repeat(249)}`],
    ['+', `${'1 + '.repeat(249)}1 == 1`],
    ['.', `a${'.b'.repeat(249)} == 1`],
    ['[', `a${'[0]'.repeat(249)} == 1`],
  ])('may have as many %s as cel-go reads', (_, text) => {
    expect(celProblem(text, { variables: ['a'] })).toBeUndefined();
  });

  it.each([
    ['(', `${'('.repeat(250)}a${')'.repeat(250)}`],
    ['+', `${'1 + '.repeat(250)}1 == 1`],
    ['.', `a${'.b'.repeat(250)} == 1`],
    ['[', `a${'[0]'.repeat(250)} == 1`],
    ['( without end', '('.repeat(50_000)],
    ['[ without end', '['.repeat(50_000)],
    ['{ without end', '{'.repeat(50_000)],
    ['+ without end', '1 + '.repeat(20_000)],
    ['chains in lists', `${'['.repeat(100)}1${`${' + 1'.repeat(200)}]`.repeat(100)}`],
    ['calls', 'size('.repeat(15_000)],
    ['conditions', 'a ? a : '.repeat(10_000)],
  ])('fails if it is nested deeper than cel-go reads: %s', (_, text) => {
    expect(celProblem(text)?.problem).toContain('nested too deeply');
  });

  it('fails if it is longer than cel-go reads', () => {
    expect(celProblem(`a == "${'x'.repeat(100_000)}"`)?.problem).toContain('longer than 100000 characters');
  });
});
