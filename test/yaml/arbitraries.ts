import fc from 'fast-check';
import { HARD_STRINGS } from './hard-strings';

const PIECES = [
  ...[
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\t',
    '\r',
    '#',
    ' #',
    ':',
    ': ',
    '-',
    '- ',
    '?',
    ',',
    '[',
    ']',
    '{',
    '}',
    '&',
    '*',
    '!',
  ],
  ...[
    '|',
    '>',
    '%',
    '@',
    '`',
    '"',
    "'",
    '\\',
    '~',
    '=',
    '<',
    '<<',
    '+',
    '.',
    '_',
    '/',
    '$',
    '^',
    '(',
    ';',
    '---',
    '...',
  ],
  ...[
    '0',
    '1',
    '7',
    '8',
    '0x',
    '0o',
    '0b',
    'e',
    'E',
    'x',
    'o',
    'b',
    'a',
    'F',
    'y',
    'n',
    'true',
    'null',
    'inf',
    'nan',
    '60',
  ],
  ...[
    'é',
    '中',
    '😀',
    '\0',
    '\u001b',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\u2029',
    '\u200b',
    '\ufeff',
    '\uffff',
    '\ue000',
  ],
];

/** Strings of characters with a meaning in YAML, of any characters, and the hard ones. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  {
    arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join('')),
    weight: 6,
  },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 12 }), weight: 2 },
  { arbitrary: fc.stringMatching(/^[-+.]?[0-9][0-9_.:,xobeE+\-a-f]{0,8}$/), weight: 2 },
  { arbitrary: fc.constantFrom(...HARD_STRINGS), weight: 1 },
);

/** Any data that JSON can contain, without `-0`. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    anyText,
    fc.constantFrom(null, true, false),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(anyText, tie('node'), { maxKeys: 4 }),
  ),
})).node;

/** An object as in Kubernetes, with any data in it. */
export const anyObject: fc.Arbitrary<Record<string, unknown>> = fc
  .record({ name: fc.stringMatching(/^[a-z]{1,9}$/), spec: anyJson, data: anyJson })
  .map(({ name, spec, data }) => ({
    apiVersion: 'example.com/v1',
    kind: 'Any',
    metadata: { name },
    spec,
    data,
  }));

/** A string in the places where one can be: as a value, in lists, as a key. */
export function inAllPlaces(text: string): Record<string, unknown> {
  return {
    value: text,
    list: [text, [text, { deeper: text }], text],
    keys: { [text]: text, after: 1 },
    items: [{ [text]: [text] }],
  };
}
