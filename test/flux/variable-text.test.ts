import { join } from 'node:path';
import fc from 'fast-check';
import {
  escapeText,
  markVariable,
  printText,
  textParts,
  type MarkedVariable,
  type TextPart,
} from '../../lib/flux/variables/variable-text';
import { substituteObject } from '../../lib/graph/post-build/substitute-object';
import type { ManifestObject } from '../../lib/tree/manifest';
import { isChangedByGo } from '../../lib/yaml/json-as-go';
import { skipped } from '../tools/find-tool';
import { findGoProgram } from '../tools/go-program';
import { HARD_STRINGS } from '../yaml/hard-strings';

/** Characters that Go's own YAML printer does not preserve, with or without variables. */
const LOST_BY_GO = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/g;
const DOLLARS = ['$', '$$', '$$$', '${', '${X}', '$${X}', '${!arr[@]}', '${#X}', '${X:-1}'];
const PIECES = ['n-', '.', '-', '+', ' ', ': ', ' #', '\n', '{', '}', '"', "'", '\\'];
const VALUES = [
  ...['', '1', '1.5', '007', '1e3', '0x1', '1:30', '2001-01-01', 'true', 'yes', 'null', '~', '.inf', '<<'],
  ...[
    'a',
    'a b',
    'eu-west-1',
    'a: b',
    'x #y',
    ' a ',
    "it's",
    'a"b',
    'a\\b',
    '- a',
    '$X',
    '$${X}',
    '{}',
    '[1]',
  ],
];

const text = fc
  .oneof(fc.constantFrom(...HARD_STRINGS, ...DOLLARS, ...PIECES), fc.string({ maxLength: 5 }))
  .map((piece) => piece.replace(LOST_BY_GO, ''));
const variable = fc.constantFrom('X', 'Y').map((name) => markVariable({ name, type: 'string' }));
const written = fc.array(fc.oneof(text, variable), { maxLength: 5 }).map((pieces) => pieces.join(''));
const value = fc
  .oneof(fc.constantFrom(...VALUES), fc.string({ maxLength: 4 }))
  .map((piece) => piece.replace(LOST_BY_GO, '').replaceAll('\n', ''));
const cases = fc.record({ written, values: fc.record({ X: value, Y: value }) });

interface Printed {
  readonly text: string;
  readonly meant: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What is printed, and the value that must result; nothing if it is refused, or lost without variables too. */
function print(written: string, values: Readonly<Record<string, string>>): Printed[] {
  const parts = textParts(written);
  if (parts.every((part) => typeof part === 'string') && isChangedByGo(written)) return [];
  const valueOf = ({ name }: MarkedVariable): string => values[name] as string;
  const printed = printText(parts, valueOf);
  const meant = parts.map((part: TextPart) => (typeof part === 'string' ? part : valueOf(part))).join('');
  return 'problem' in printed ? [] : [{ text: printed.text, meant, values: { ...values, quote: '"' } }];
}

function substituted({ text, values }: Printed): unknown {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', text } as ManifestObject;
  return substituteObject(
    object,
    (name) => values[name],
    () => undefined,
  ).text;
}

describe('text with variables', () => {
  it('comes back from our model of Flux with the values in it', () => {
    fc.assert(
      fc.property(cases, ({ written, values }) => {
        for (const printed of print(written, values)) expect(substituted(printed)).toBe(printed.meant);
      }),
      { numRuns: 3000 },
    );
  });

  it('is refused if only a printer that quotes it would keep it', () => {
    const colon = textParts(`\ufffda:${markVariable({ name: 'X', type: 'string' })}`);
    expect(printText(colon, () => '')).toHaveProperty('problem');
    expect(printText(colon, () => 'b')).toMatchObject({ text: '\ufffda:${X}' });
  });

  const go = findGoProgram(join(__dirname, '../graph/oracle'));
  if (typeof go === 'string') skipped("comes back from Flux's own code with the values put in", go);
  else
    it("comes back from Flux's own code with the values in it", () => {
      const tasks = fc
        .sample(cases, { numRuns: 20_000, seed: 7 })
        .flatMap(({ written, values }) => print(written, values));
      const answers = go(tasks.map(({ text, values }) => ({ object: { text }, values })));
      const results = (answers as { object?: { text: unknown } }[]).map(({ object }) => object?.text);
      const wrong = tasks.filter(({ meant }, index) => results[index] !== meant);
      expect(tasks.length).toBeGreaterThan(15_000);
      expect(wrong).toEqual([]);
    });

  it('is refused if a tab starts its lines, or those that come of it', () => {
    const variable = markVariable({ name: 'X', type: 'string' });
    expect(printText(textParts(`\ta\n${variable}`), () => 'b')).toHaveProperty('problem');
    expect(printText(textParts(`${variable}\t\n`), () => '')).toHaveProperty('problem');
    expect(printText(textParts(`${variable}\t\n`), () => 'b')).toHaveProperty('text');
    expect(printText(textParts(`\ta${variable}\n`), () => ' ')).toHaveProperty('problem');
    expect(printText(textParts(`a\t\n${variable}`), () => 'b')).toHaveProperty('text');
  });

  it.each([
    ['a whole text that may be a number', '\u{E0F2}sX\u{E0F3}', '${quote}${X}${quote}'],
    ['a text that begins with a word', 'n-\u{E0F2}sX\u{E0F3}', 'n-${X}'],
    ['a number', '\u{E0F2}nX\u{E0F3}', '${X}'],
    ['a default', '\u{E0F2}nX=3\u{E0F3}', '${X:=3}'],
    ['a dollar before it', 'n$\u{E0F2}sX\u{E0F3}', 'n$$${X}'],
    ['several lines', 'port=\u{E0F2}sX\u{E0F3}\n', 'port=${X}\n'],
  ])('prints %s', (_name, written, expected) => {
    markVariable({ name: 'X', type: 'string' });
    expect(printText(textParts(written), () => undefined)).toMatchObject({ text: expected });
  });

  it('needs no quotes for a value that is a word', () => {
    const written = markVariable({ name: 'X', type: 'string' });
    expect(printText(textParts(written), () => 'eu-west-1')).toEqual({ text: '${X}', quoted: false });
  });

  it.each([
    ['"a": b', '${X}'],
    ["it's", 'a: ${X}'],
  ])('fails on the value %s, which ends the quotes around it', (known, around) => {
    const written = around.replace('${X}', markVariable({ name: 'X', type: 'string' }));
    expect(printText(textParts(written), () => known)).toHaveProperty('problem');
  });
});

describe('escapeText', () => {
  it.each([
    ['echo ${HOME}', 'echo $${HOME}'],
    ['$${X}', '$$$${X}'],
    ['${!arr[@]}', '$${!arr[@]}'],
    ['${open', '$${open'],
    ['kill $$', 'kill $$$$'],
    ['$HOME costs 5$', '$HOME costs 5$'],
  ])('turns %s into %s', (text, expected) => {
    expect(escapeText(text)).toBe(expected);
  });
});
