import { substituteObject } from '../../../lib/graph/post-build/substitute-object';
import { SubstitutionError } from '../../../lib/graph/post-build/envsubst';
import type { ManifestObject } from '../../../lib/tree/manifest';
import { printAsGo } from '../../../lib/yaml/go-printer';
import type { PlainMap } from '../../../lib/plain/plain-data';
import { answersOf } from '../../tools/answers';

interface Question {
  readonly data: unknown;
  readonly X: string;
}

/** What Flux applies: `undefined` if a variable without a value is used, which other findings report. */
function ours({ data, X }: Question): unknown {
  let isOpen = false;
  try {
    const lookup = (name: string) => (name === 'X' ? X : undefined);
    const object = substituteObject({ data } as unknown as ManifestObject, lookup, (use) => {
      isOpen ||= use.name !== 'X' && !use.hasDefault;
    });
    if (isOpen) return 'error';
    return JSON.parse(
      JSON.stringify(object, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
    );
  } catch (error) {
    if (error instanceof SubstitutionError) return 'error';
    throw error;
  }
}

describe('objects with variables have the same result as in Flux', () => {
  it.each(answersOf<Question, unknown>('graph/substitution'))('%j', (question, answer) => {
    expect(ours(question)).toEqual(answer);
  });
});

/** kustomize reads the object again as well, with kyaml, and that cannot read what it prints. */
it.each([
  ['\ta\nb', 'error'],
  ['\ta\n', 'error'],
  ['\t\na\tb', 'error'],
  ['\ta', '\ta'],
  ['\ta \nb', '\ta \nb'],
  ['\ta\nb ', '\ta\nb '],
  ['\ta\n\u{1f600}', '\ta\n\u{1f600}'],
  ['a\n\tb', 'a\n\tb'],
])('a text that starts with a tab: %j', (text, answer) => {
  const expected = answer === 'error' ? answer : { data: { k: answer } };
  expect(ours({ data: { k: text }, X: 'v' })).toEqual(expected);
});

describe('objects are printed as sigs.k8s.io/yaml does', () => {
  it.each(answersOf<PlainMap, string>('graph/yaml-print'))('%j', (object, text) => {
    expect(printAsGo(object)).toBe(text);
  });
});
