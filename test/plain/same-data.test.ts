import { sameData } from '../../lib/plain/same-data';

it.each([
  [{ a: 1, b: [2] }, { b: [2], a: 1 }, true],
  [Object.assign(Object.create(null), { a: 1 }), { a: 1 }, true],
  [12n, 12, true],
  [12, 12n, true],
  [12n, 13, false],
  [12n, '12', false],
  [{ a: undefined }, {}, false],
  [{ a: 1 }, { b: 1 }, false],
  [[1, 2], [2, 1], false],
  [[1], { 0: 1 }, false],
  [null, undefined, false],
  ['1', 1, false],
])('%p and %p are the same data: %p', (a, b, expected) => {
  expect(sameData(a, b)).toBe(expected);
  expect(sameData(b, a)).toBe(expected);
});
