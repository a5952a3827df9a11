import { goFloat, resolvePlainScalar } from '../../lib/sops/envelope/plain-scalar';
import { resolvePlain, resolveWithTimestamps } from '../../lib/yaml/resolve';
import { answersOf } from '../tools/answers';

/** A value as yaml.v3 names its type, and as sops spells it. */
function described(value: unknown, isTime = false): string {
  if (value === null) return '!!null ';
  if (typeof value === 'boolean') return `!!bool ${value ? 'True' : 'False'}`;
  if (typeof value === 'bigint') return `!!int ${value}`;
  if (typeof value === 'number') return `!!number ${goFloat(value)}`;
  return `${isTime ? '!!timestamp' : '!!str'} ${String(value)}`;
}

const TAGS: Readonly<Record<string, string>> = {
  str: '!!str',
  int: '!!int',
  float: '!!float',
  bool: '!!bool',
  time: '!!timestamp',
};

const answers = answersOf<string, string>('yaml/plain-scalars');

describe('an unquoted text', () => {
  it.each(answers)('%j is the same for the MAC as for yaml.v3', (text, answer) => {
    const value = resolvePlainScalar(text);
    expect(value === null ? '!!null ' : `${TAGS[value.type]} ${value.text}`).toBe(answer);
  });

  it.each(answers)('%j is the same in a manifest as for yaml.v3', (text, answer) => {
    // JavaScript has one type of numbers, and may write the last digits of a Go float differently.
    const expected = answer.replace(/^!!(?:int|float) /, '!!number ').replace(/^!!number -0$/, '!!number 0');
    const isTime = answer.startsWith('!!timestamp');
    const value = isTime ? resolveWithTimestamps(text) : resolvePlain(text);
    const actual = described(value, isTime).replace(/^!!int /, '!!number ');
    expect(actual.replace(/^!!number -0$/, '!!number 0')).toBe(expected);
  });
});
