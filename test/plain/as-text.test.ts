import { asText } from '../../lib/plain/as-text';

describe('a value as text', () => {
  it.each([
    ['a', 'a'],
    [3, '3'],
    [12345678901234567890n, '12345678901234567890'],
    [true, 'true'],
    [null, 'null'],
    [undefined, 'undefined'],
    [{ toString: 'x' }, ''],
    [['a', { toString: 'x' }], ''],
  ])('of %p', (value, text) => {
    expect(asText(value)).toBe(text);
  });
});
