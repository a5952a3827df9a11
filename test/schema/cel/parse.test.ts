import type { CelNode } from '../../../lib/schema/cel/ast';
import { celProblem, freeNames } from '../../../lib/schema/cel/check';
import { tokenize } from '../../../lib/schema/cel/lexer';
import { parseCel } from '../../../lib/schema/cel/parse';

/** A tree as text, with every operation in brackets. */
function shown(node: CelNode): string {
  switch (node.node) {
    case 'literal':
      return `${node.type}:${String(node.value)}`;
    case 'identifier':
      return node.name;
    case 'select':
      return `(${shown(node.operand)}.${node.optional ? '?' : ''}${node.field})`;
    case 'index':
      return `(${shown(node.operand)}[${node.optional ? '?' : ''}${shown(node.index)}])`;
    case 'call':
      return `${node.target ? `${shown(node.target)}.` : ''}${node.operator ? 'op' : ''}${node.name}(${node.args.map(shown).join(', ')})`;
    case 'list':
      return `[${node.items.map(shown).join(', ')}]`;
    case 'map':
      return `{${node.entries.map(([key, value]) => `${shown(key)}: ${shown(value)}`).join(', ')}}`;
    case 'struct':
      return `${node.name}{${node.entries.map(([key, value]) => `${key}: ${shown(value)}`).join(', ')}}`;
    case 'conditional':
      return `(${shown(node.condition)} ? ${shown(node.then)} : ${shown(node.otherwise)})`;
  }
}

describe('an expression', () => {
  it.each([
    ['a || b && c', 'op||(a, op&&(b, c))'],
    ['a && b || c', 'op||(op&&(a, b), c)'],
    ['a == b && c', 'op&&(op==(a, b), c)'],
    ['a + b == c', 'op==(op+(a, b), c)'],
    ['a + b * c - d', 'op-(op+(a, op*(b, c)), d)'],
    ['a - b - c', 'op-(op-(a, b), c)'],
    ['a / b % c', 'op%(op/(a, b), c)'],
    ['a in b', 'opin(a, b)'],
    ['a < b == c', 'op==(op<(a, b), c)'],
    ['(a || b) && c', 'op&&(op||(a, b), c)'],
    ['!a.b', 'op!((a.b))'],
    ['!!a', 'a'],
    ['-a', 'op-(a)'],
    ['--a', 'a'],
    ['!-1', 'op!(op-(int:1))'],
    ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
    ['a.?b[?0].c', '(((a.?b)[?int:0]).c)'],
    ['a[0]', '(a[int:0])'],
    ['a.b(c, d).e', '(a.b(c, d).e)'],
    ['f()', 'f()'],
    ['.a.b', '(a.b)'],
    [
      '[1, 2.5, "x", b"y", 3u, true, null]',
      '[int:1, double:2.5, string:x, bytes:y, uint:3, bool:true, null:null]',
    ],
    ['[?a, b,]', '[a, b]'],
    ['{"a": 1, ?b: 2,}', '{string:a: int:1, b: int:2}'],
    ['A.B{c: 1, d: e}', 'A.B{c: int:1, d: e}'],
    ['A{}', 'A{}'],
    ['false', 'bool:false'],
    ['0x1F', 'int:31'],
    ['9223372036854775807', 'int:9223372036854775807'],
    ['1e3', 'double:1000'],
    ['r"\\n"', 'string:\\n'],
    ['"""a"b"""', 'string:a"b'],
    ["'it\\'s'", "string:it's"],
    ['"\\a\\b\\f\\n\\r\\t\\v\\\\\\?\\`"', 'string:\x07\b\f\n\r\t\v\\?`'],
    ['"\\x41\\u0042\\U00000043\\104"', 'string:ABCD'],
    ['"\\u00e4\\U0001F600\\377"', 'string:ä😀ÿ'],
  ])('%s is read as %s', (text, expected) => {
    expect(shown(parseCel(text))).toBe(expected);
  });

  it.each([
    ['a ==', 'unexpected the end (character 5)'],
    ['', 'unexpected the end (character 1)'],
    ['a b', 'unexpected "b" (character 3)'],
    ['(a', '")" is missing before the end (character 3)'],
    ['[a b]', '"," is missing before "b" (character 4)'],
    ['a ? b', '":" is missing before the end (character 6)'],
    ['a @', 'unexpected "@" (character 3)'],
    ['😀', 'unexpected "😀" (character 1)'],
    ['// c\n if', '"if" is a reserved word (character 7)'],
    ['in', '"in" is a reserved word (character 1)'],
    ['"\\q"', 'invalid escape "\\\\q" (character 1)'],
    ['9223372036854775808', '9223372036854775808 is too large (character 1)'],
    ['1 + has(a)', 'has() needs a field, for example has(self.status) (character 5)'],
    ['a.all(1, b)', 'the first argument of all() must be a plain name (character 7)'],
    [`${'('.repeat(251)}`, 'nested too deeply at "(" (character 251)'],
  ])('fails at %s', (text, problem) => {
    expect(celProblem(text)).toEqual({ problem });
  });

  it.each([
    ["a = 'b'", 'write "==" to compare'],
    ["a === 'b'", 'write "==" instead of "==="'],
    ["a <> 'b'", 'write "!=" instead of "<>"'],
    ['a => 2', 'write ">=" instead of "=>"'],
    ['a and b', 'write "&&" instead of "and"'],
    ['a OR b', 'write "||" instead of "or"'],
    ['a & b', 'write "&&" instead of "&"'],
    ['a | b', 'write "||" instead of "|"'],
    ['not has(a)', 'write "!" instead of "not"'],
    ['a == ‘b’', "use straight quotes, such as 'True'"],
    ['$.status.phase', 'start with a field, such as status.phase, without "$"'],
    ['{{ .status.phase }}', 'write the expression without "{{" and "}}": it is not a template'],
    ['a order b', undefined],
    ['a android', undefined],
    ['a nota b', undefined],
  ])('says what CEL has instead: %s', (text, hint) => {
    expect(celProblem(text)?.hint).toBe(hint);
  });

  it('has at most 100,000 characters, not counting half of a pair twice', () => {
    const quoted = (length: number) => `"${'😀'.repeat(length - 2)}"`;
    expect(celProblem(quoted(100_000))).toBeUndefined();
    expect(celProblem(quoted(100_001))?.problem).toBe('longer than 100000 characters (character 100001)');
  });

  it.each([
    ['x == 1', 'unknown variable "x"', 'use one of the variables self, dep'],
    [
      'dep.a',
      'its result may be something other than true or false',
      'make it a condition, for example with "== true"',
    ],
  ])('fails if it is not a condition of a dependency: %s', (text, problem, hint) => {
    expect(celProblem(text, { variables: ['self', 'dep'], boolean: true })).toEqual({ problem, hint });
  });

  it.each([
    ['xyzzy(dep)', 'unknown function "xyzzy"', expect.stringContaining('strings, sets, encoders')],
    ['[has(dep.a), dep.b()]', 'unknown function "b"', expect.stringContaining('strings, sets, encoders')],
    [
      'dep.hasOwnProperty(dep)',
      'unknown function "hasOwnProperty"',
      expect.stringContaining('strings, sets, encoders'),
    ],
    [
      'constructor(dep)',
      'unknown function "constructor"',
      expect.stringContaining('strings, sets, encoders'),
    ],
    ["dep.a.startWith('x')", 'unknown function "startWith"', 'did you mean "startsWith"?'],
    ['dep.a.exist(e, e.b)', 'unknown function "exist"', 'did you mean "exists"?'],
    ['hass(dep.a)', 'unknown function "hass"', 'did you mean "has"?'],
    ['len(dep.a)', 'unknown function "len"', 'use size()'],
    ['not(dep.a)', 'unknown function "not"', 'use "!"'],
    ['dep.a.toLower()', 'unknown function "toLower"', 'use lowerAscii()'],
    ['cel.bind(a, b, a)', 'unknown function "bind"', expect.stringContaining('strings, sets, encoders')],
    ['max(1, 2)', 'unknown function "max"', expect.stringContaining('strings, sets, encoders')],
    [
      'dep.a.exists(i, e, e.b)',
      'got 3 arguments for exists()',
      'give it 2 arguments, the first a plain name',
    ],
    [
      'dep.a.map(e, e, e, e)',
      'got 4 arguments for map()',
      'give it 2 or 3 arguments, the first a plain name',
    ],
  ])('fails if Flux does not know a function: %s', (text, problem, hint) => {
    expect(celProblem(text, { knownFunctions: true })).toEqual({ problem, hint });
  });

  it('knows the functions of the extensions that Flux turns on', () => {
    const text =
      "status.a.lowerAscii().split(',').all(e, sets.contains([e], status.b)) && base64.encode(b'x') == 'eA==' && status.?c.orValue('') == '' && optional.none().hasValue()";
    expect(celProblem(text, { knownFunctions: true })).toBeUndefined();
  });

  it('may return anything and use any names if nothing else is required', () => {
    expect(celProblem('x.y(z)')).toBeUndefined();
    expect(celProblem('x.valueOf(y, z)')).toBeUndefined();
    expect(celProblem('self.x', { variables: ['self'] })).toBeUndefined();
    expect(celProblem('x', { boolean: true })?.problem).toContain('true or false');
  });
});

describe('the names that an expression reads', () => {
  it.each([
    ['a.b[c] + d(e)', ['a', 'c', 'e']],
    ['a.all(x, x == y)', ['a', 'y']],
    ['a.map(x, x > z, x.w)', ['a', 'z']],
    ['x.all(x, x)', ['x']],
    ['a.all(x, b.all(y, x == y)) && x', ['a', 'b', 'x']],
    ['{k: v}', ['k', 'v']],
    ['A{f: g}', ['g']],
    ['a ? b : c', ['a', 'b', 'c']],
    ['[a, 1]', ['a']],
    ['a.f(b)', ['a', 'b']],
  ])('of %s are %j', (text, expected) => {
    expect(freeNames(parseCel(text))).toEqual(expected);
  });
});

describe('tokens', () => {
  it('have types, values and places', () => {
    const tokens = tokenize(' a1\t>= 0xFFu // x\n"b" 1.5e-3 7U b\'c\'').map(
      ({ type, value, offset }) => `${type} ${value} ${offset}`,
    );
    expect(tokens).toEqual([
      'name a1 1',
      'sign >= 4',
      'uint 0xFF 7',
      'string b 18',
      'double 1.5e-3 22',
      'uint 7 29',
      'bytes c 32',
      'end  36',
    ]);
  });
});
