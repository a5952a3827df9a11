import { validateObject } from '../../lib/schema/validate-object';

const problems = (filterTags: object, substitutions = false) =>
  validateObject(
    {
      apiVersion: 'image.toolkit.fluxcd.io/v1',
      kind: 'ImagePolicy',
      metadata: { name: 'a', namespace: 'flux-system' },
      spec: { imageRepositoryRef: { name: 'a' }, policy: { numerical: {} }, filterTags },
    },
    { substitutions },
  ).filter(({ code }) => code === 'schema-rule');

const missing = (pattern: string | undefined, extract: string) =>
  problems({ ...(pattern === undefined ? {} : { pattern }), extract }).map(
    ({ field, message }) => `${field}: ${/has no group "(.*?)"/.exec(message)?.[1] ?? message}`,
  );

describe('what an ImagePolicy extracts from tags', () => {
  it.each<[string, string, string]>([
    ['the whole match', '^v.*', '$0'],
    ['a group by its number', '^v(.*)$', '$1'],
    ['a group by its name', '^v(?P<time>.*)$', '$time'],
    ['a group in the short form', '^v(?<time>.*)$', '$time'],
    ['a named group by its number', '^(v)(?P<time>.*)$', '$2'],
    ['a group in braces', '^v(?P<time>.*)$', '${time}0'],
    ['groups with text between them', '^(?P<year>[0-9]+)-(?P<day>[0-9]+)', '$year.$day'],
    ['a group after a class with a parenthesis', '[(]([^)]*)', '$1'],
    ['a group after a class that begins with a bracket', '[](](x)', '$1'],
    ['a group after a class that leaves out a bracket', '[^](](x)', '$1'],
    ['a group after a class of a name', '[[:alpha:](](x)', '$1'],
    ['a dollar sign', '^v', '$$1'],
    ['a dollar sign before what is no name', '^v', '$-'],
    ['only text', '^v', 'x'],
    ['nothing', '^v', ''],
  ])('may be %s', (_, pattern, extract) => {
    expect(missing(pattern, extract)).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ['a number without a group', '^6[.][0-9]+$', '$1', '1'],
    ['a number above that of the last group', '(a)', '$1$2', '2'],
    ['a name that no group has', '(?P<time>.*)', '$date', 'date'],
    ['a name that is longer than that of the group', '(?P<time>.*)', '$time_0', 'time_0'],
    ['a name in braces', '(?P<time>.*)', '${date}', 'date'],
    ['a number with a zero before it', '(a)', '$01', '01'],
    ['a group that only looks like one because it is escaped', String.raw`\((a|b)\(`, '$2', '2'],
    ['a group in quoted text', String.raw`\Q(a)\E(b)`, '$2', '2'],
    ['a group in quoted text to the end', String.raw`\Q(a)`, '$1', '1'],
    ['a group in a class', '[(a)]', '$1', '1'],
    ['a group in a class with an escaped bracket', String.raw`[\](]`, '$1', '1'],
    ['a group that captures nothing', '(?:a)(?i)b', '$1', '1'],
  ])('must not be %s', (_, pattern, extract, group) => {
    expect(missing(pattern, extract)).toEqual([`spec.filterTags.extract: ${group}`]);
  });

  it('has no groups without a pattern', () => {
    expect(missing(undefined, '$1')).toEqual(['spec.filterTags.extract: 1']);
  });

  it('is not judged if the pattern is not valid, or a variable may bring a group', () => {
    expect(missing('a)', '$1')).toEqual([]);
    expect(problems({ pattern: '${PATTERN}', extract: '$1' }, true)).toEqual([]);
    expect(problems({ pattern: 'a', extract: '${PATTERN}' }, true)).toEqual([]);
    expect(problems({ pattern: 1, extract: '$1' })).toEqual([]);
  });
});
