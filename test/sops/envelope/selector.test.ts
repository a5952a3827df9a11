import { goRegex } from '../../../lib/plain/go-regex';
import { DEFAULT_SELECTOR, selectionOf, type SelectorField } from '../../../lib/sops/envelope/selector';
import { combineShares } from '../../../lib/sops/envelope/shamir';
import { goFloat } from '../../../lib/sops/envelope/plain-scalar';

describe('a selector', () => {
  it.each<[SelectorField, string, string, boolean | undefined]>([
    ['encrypted_regex', '^(data|stringData)$', 'data/A', true],
    ['encrypted_regex', '^(data|stringData)$', 'metadata/name', false],
    ['encrypted_regex', '^(data|stringData)$', 'spec/data/x', true],
    ['encrypted_regex', '^(data|stringData)$', 'databases', false],
    ['unencrypted_regex', '^metadata$', 'metadata/name', false],
    ['unencrypted_regex', '^metadata$', 'data/A', true],
    ['encrypted_suffix', '_s', 'a_s', true],
    ['encrypted_suffix', '_s', 'a_s/b', true],
    ['encrypted_suffix', '_s', '_sa', false],
    ['unencrypted_suffix', '_u', 'a_u/b', false],
    ['unencrypted_suffix', '_u', 'a/b', true],
    ['encrypted_comment_regex', 'x', 'x', undefined],
    ['unencrypted_comment_regex', 'x', 'x', undefined],
  ])('%s %j of %s says %s', (field, value, path, expected) => {
    expect(selectionOf({ field, value })(path.split('/'))).toBe(expected);
  });

  it('is that of sops if a file has none', () => {
    const selection = selectionOf(DEFAULT_SELECTOR);
    expect([selection(['a']), selection(['a_unencrypted', 'b'])]).toEqual([true, false]);
  });
});

describe('a pattern of RE2', () => {
  it.each([
    ['^a.c$', 'abc', true],
    ['^a.c$', 'xabc', false],
    ['(?i)^abc$', 'ABC', true],
    ['\\pL', '1', false],
    ['\\Aab\\z', 'ab', true],
    ['\\Aab\\z', 'ab\n', false],
    ['[[:alpha:]]', '1', false],
    ['[[:alpha:]]', 'a', true],
    ['b', 'abc', true],
    ['', 'x', true],
  ])('%j in %j: %s', (pattern, text, expected) => {
    expect(goRegex(pattern)(text)).toBe(expected);
    expect(goRegex(pattern)(text)).toBe(expected);
  });

  it.each(['(?=a)', '(a)\\1', '(', '[z-a]', 'a{1001}', '\\e'])('fails with %s', (pattern) => {
    expect(() => goRegex(pattern)).toThrow();
  });
});

describe('shares of a secret', () => {
  // Points of f(x) = 0x2a + 0x11 x and g(x) = 0x00 + 0x01 x over GF(2^8), at 1, 2 and 3.
  const shares = [
    [0x3b, 0x01, 1],
    [0x08, 0x02, 2],
    [0x19, 0x03, 3],
  ].map((bytes) => Buffer.from(bytes));
  const at = (...indexes: number[]) => indexes.map((index) => shares[index] as Buffer);

  it.each([[[0, 1]], [[1, 0]], [[0, 2]], [[1, 2]], [[0, 1, 2]], [[2, 0, 1]]])(
    '%j give the secret',
    (indexes) => {
      expect([...combineShares(at(...indexes))]).toEqual([0x2a, 0x00]);
    },
  );

  it('reduce products by the polynomial of AES', () => {
    // f(x) = 0x53 + 0xca x: at 2 the product overflows.
    expect([...combineShares([Buffer.from([0x53 ^ 0xca, 1]), Buffer.from([0x53 ^ 0x8f, 2])])]).toEqual([
      0x53,
    ]);
  });

  it.each([
    ['one share', [Buffer.from([1, 1])]],
    ['none', []],
    ['shares of two lengths', [Buffer.from([1, 1]), Buffer.from([1, 1, 2])]],
    ['a coordinate twice', [Buffer.from([1, 1]), Buffer.from([2, 1])]],
    ['the coordinate 0', [Buffer.from([1, 0]), Buffer.from([2, 1])]],
    ['shares without a secret', [Buffer.from([1]), Buffer.from([2])]],
  ])('fail as %s', (_name, given) => {
    expect(() => combineShares(given)).toThrow(RangeError);
  });
});

describe('a number as Go prints it', () => {
  it.each([
    [0, '0'],
    [-0, '-0'],
    [1, '1'],
    [-1.5, '-1.5'],
    [0.1, '0.1'],
    [1e21, '1000000000000000000000'],
    [1.5e22, '15000000000000000000000'],
    [123e-9, '0.000000123'],
    [1e-7, '0.0000001'],
    [-1e-7, '-0.0000001'],
    [12345.678, '12345.678'],
    [NaN, 'NaN'],
    [Infinity, '+Inf'],
    [-Infinity, '-Inf'],
  ])('%d is %s', (value, expected) => {
    expect(goFloat(value)).toBe(expected);
  });
});
