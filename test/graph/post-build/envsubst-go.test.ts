import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { substituteText, SubstitutionError } from '../../../lib/graph/post-build/envsubst';
import { substituteObject } from '../../../lib/graph/post-build/substitute-object';
import type { ManifestObject } from '../../../lib/tree/manifest';
import { skipped } from '../../tools/find-tool';
import { findGoProgram } from '../../tools/go-program';

const values: Readonly<Record<string, string>> = {
  A: 'abc/def.abc',
  B: '',
  C: 'häß',
  D: 'x y',
  E: '1.2.3',
};

const name = fc.constantFrom(...Object.keys(values), 'NONE', '1', 'a.b', '!A', '');
const letters = fc.constantFrom(
  'a',
  'b',
  '.',
  '*',
  '?',
  '/',
  '\\/',
  '\\',
  ':',
  '-',
  '$',
  '$$',
  '[ab]',
  'ä',
  ' ',
);
const word = fc.array(letters, { maxLength: 4 }).map((parts) => parts.join(''));
const number = fc.constantFrom('0', '1', '-1', '3', '-3', '40', '-40', 'x', ' 1');
const wrapped = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => `\${${all.join('')}}`);
const operators = (...all: string[]) => fc.constantFrom(...all);

const expression = fc.oneof(
  wrapped(name),
  wrapped(fc.constant('#'), name),
  wrapped(name, operators(':=', ':-', '=', '-', '?', '+', ':+', ':?'), word),
  wrapped(name, fc.constant(':'), number),
  wrapped(name, fc.constant(':'), number, fc.constantFrom(':', '::'), number),
  wrapped(name, operators('^', '^^', ',', ',,', '^^^')),
  wrapped(name, operators('#', '##', '%', '%%'), word),
  wrapped(name, operators('/', '//', '/#', '/%'), word, fc.constantFrom('/', ''), word),
  wrapped(name, operators(':=', '#', '/', ':'), wrapped(name), word),
);
const text = fc
  .array(fc.oneof(expression, word, fc.constantFrom('$$', '$', '${', '}', '\n')), { maxLength: 4 })
  .map((parts) => parts.join(''));

/** Our answer in the form of the program's answer. */
function ours(template: string): { text?: string; isError: boolean } {
  try {
    return { text: substituteText(template, (variable) => values[variable]), isError: false };
  } catch (error) {
    if (!(error instanceof SubstitutionError)) throw error;
    return { isError: true };
  }
}

const yamlPart = fc.constantFrom(
  ...[
    'a',
    '1',
    ' ',
    ': ',
    ' #',
    '- ',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ', ',
    '!',
    '&',
    '*',
    '|',
    '>',
    '%',
    '@',
    '?',
    '.',
    'yes',
    '\\',
  ],
);
const yamlText = fc.array(yamlPart, { maxLength: 4 }).map((parts) => parts.join(''));
/** An object with a variable in a field, a list and a key, and the variable's value. */
const object = fc.record({
  X: yamlText,
  data: fc.oneof(
    fc.tuple(yamlText, yamlText).map(([a, b]) => ({ k: `${a}\${X}${b}`, z: '${X}' })),
    yamlText.map((a) => [`${a}\${X}`, { k: ['${X}'], l: 'v' }]),
    yamlText.map((a) => ({ k: { [`${a}\${X}`]: 'v' } })),
  ),
});

function substituted({ data, X }: { data: unknown; X: string }): { data?: unknown } | undefined {
  try {
    return substituteObject(
      { data } as unknown as ManifestObject,
      () => X,
      () => undefined,
    ) as { data?: unknown };
  } catch (error) {
    if (!(error instanceof SubstitutionError)) throw error;
    return undefined;
  }
}

const go = findGoProgram(join(__dirname, '../oracle'));
if (typeof go === 'string') {
  skipped('texts become what the code of Flux makes of them', go);
} else {
  test('texts have the same result as with the code of Flux', () => {
    const texts = fc.sample(text, 4_000);
    const tasks = texts.map((template) => ({ text: template, values }));
    const answers = go(tasks) as { object?: string; error?: string }[];
    const different = texts.filter((template, index) => {
      const { object: expected, error } = answers[index] ?? {};
      // An undefined variable is an error for Flux, and stays unchanged here.
      if (error?.includes('variable not set')) return false;
      // Flux trims byte by byte, and may leave half a letter, which is not text.
      if (expected?.includes('\ufffd')) return false;
      const actual = ours(template);
      return error === undefined ? actual.text !== expected : !actual.isError;
    });
    expect(different).toEqual([]);
  });

  test('objects have the same result as with the code of Flux', () => {
    const questions = fc.sample(object, 4_000);
    const tasks = questions.map(({ data, X }) => ({ object: { data }, values: { X } }));
    const answers = go(tasks) as { object?: unknown; error?: string }[];
    const different = questions.filter(
      (question, index) => !isDeepStrictEqual(substituted(question), answers[index]?.object),
    );
    // Of a thousand, one may depend on how Go reads a broken quote, tag or anchor.
    expect(different.slice(4)).toEqual([]);
  });
}
