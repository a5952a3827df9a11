import { pointerKeys, pointerOf } from '../../lib/plain/json-pointer';

describe('pointerOf', () => {
  it('escapes as RFC 6901 says', () => {
    expect(pointerOf(['a/b', 'c~d', '0'])).toBe('/a~1b/c~0d/0');
    expect(pointerOf([])).toBe('');
  });
});

describe('pointerKeys', () => {
  it.each([[[]], [['']], [['a/b', 'c~d', '0']], [['~1', '~0', '/~']]])(
    'reads what pointerOf writes: %j',
    (keys) => {
      expect(pointerKeys(pointerOf(keys))).toEqual(keys);
    },
  );
});
