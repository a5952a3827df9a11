import { goRegexSize } from '../../lib/plain/go-regex-size';
import { goRegex, GoRegexError, goRegexOfAll, goRegexProblem } from '../../lib/plain/go-regex';

describe('a regular expression of Go', () => {
  it.each([
    ['^(data|stringData)$', 'data', true],
    ['^(data|stringData)$', 'metadata', false],
    ['^(data|)', 'x', true],
    ['data', 'metadata', true],
    ['^meta', 'metadata', true],
    ['^data', 'metadata', false],
    ['data$', 'metadata', true],
    ['meta$', 'metadata', false],
    ['^$', '', true],
    ['$', 'x', true],
    ['a.*b', 'ba', false],
    ['a.*a$', 'a', false],
    ['^a.*b.*c$', 'axbxc', true],
    ['^a.*b.*c$', 'xabc', false],
    ['a.*b', 'a\nb', false],
    ['\\(?P<n>', 'P<n>', true],
    ['clusters/prod/.*\\.yaml$', 'clusters/prod/a.yaml', true],
    ['secrets\\/a\\.yaml', 'x/secrets/a.yaml', true],
    ['secrets\\/a\\.yaml', 'x/secrets/abyaml', false],
    ['a|b$', 'ac', true],
    ['[[:upper:]]', 'aBc', true],
    ['\\pL', 'é', true],
    ['(?i)^abc$', 'aBC', true],
    ['(?P<n>a)(?P<n>b)', 'ab', true],
    ['b\\z', 'ab', true],
    ['', 'x', true],
  ])('%j in %j: %s', (source, text, expected) => {
    expect(goRegex(source)(text)).toBe(expected);
  });

  it.each([
    ['web', 'web', true],
    ['web', 'web-2', false],
    ['web\\.io', 'web.io', true],
    ['web\\.io', 'webxio', false],
    ['a|b', 'b', true],
    ['a|b', 'ab', false],
    ['web.*', 'web-2', true],
    ['(?i)WEB', 'web', true],
  ])('%j as a whole in %j: %s', (source, text, expected) => {
    expect(goRegexOfAll(source)(text)).toBe(expected);
  });

  describe.each([
    ['(helm|source)-controller'],
    ['(helm-controller|source-controller)'],
    ['(?:helm-controller|source-controller)'],
    ['helm-controller|source-controller'],
    ['(helm)|(source)'],
    ['helm|source.*'],
    ['.*-controller'],
    ['(.*)-controller'],
    ['(helm|)'],
    [''],
  ])('%j as a whole', (source) => {
    it.each([
      '',
      'helm',
      'source',
      'helm-controller',
      'source-controller',
      'x-helm-controller',
      'helm-controllers',
    ])('is the same to Go in %j, with or without the engine', (text) => {
      expect(goRegexOfAll(source)(text)).toBe(new RegExp(`^(?:${source})$`).test(text));
    });
  });

  it.each([['\\d{1,1000}'.repeat(500)], ['(?:[a-z]{10}b{0,20}){40}'.repeat(30)], ['(?:(?:a{30}){30}){30}']])(
    'fails if its repetitions add up to too much: %.30s',
    (source) => {
      expect(goRegexProblem(source)).toContain('too large');
    },
  );

  it.each([['[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z]{1,63}){0,10}'], [`${'a'.repeat(50_000)}.*`]])(
    'may be long: %.40s',
    (source) => {
      expect(goRegexProblem(source)).toBeUndefined();
      expect(goRegex(source)('\n')).toBe(false);
    },
  );

  it.each([
    ['a', 1],
    ['[abc]{3}', 3],
    ['(?:ab){2,5}', 30],
    ['(?:a{10}b){10}', 150],
    ['\\Qa{1000}\\E', 11],
    ['[^]{9}]', 1],
    ['a{1000', 6],
  ])('%s comes to about %d steps', (source, steps) => {
    const size = goRegexSize(source, 1e6);
    expect(size).toBeGreaterThanOrEqual(steps * 0.8);
    expect(size).toBeLessThanOrEqual(steps * 1.2 + 4);
  });

  it.each([['a(?=b)'], ['(a)\\1'], ['a('], ['[z-a]'], ['(a{1000}){1000}'], ['('.repeat(50_000)]])(
    'fails if Go refuses it: %.20s',
    (source) => {
      expect(() => goRegex(source)).toThrow(GoRegexError);
      expect(goRegexProblem(source)).not.toBe('');
    },
  );

  it.each(['(a+)+b', '(a|a)*b', '(.*)*b', `^${'.*a'.repeat(50)}b$`, '(a|a)'.repeat(40) + 'b'])(
    'takes time that is linear in the text: %.20s',
    (source) => {
      expect(goRegex(source)('a'.repeat(100_000))).toBe(false);
    },
  );
});
