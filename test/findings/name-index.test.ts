import fc from 'fast-check';
import { NameIndex } from '../../lib/findings/name-index';
import { nearestName } from '../../lib/findings/nearest-name';

/** Texts of few letters, so that many are near each other. */
const name = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '-', 'é'), maxLength: 12 });

describe('NameIndex', () => {
  it('finds what a comparison with each name finds', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 30 }), fc.array(name), (names, mistyped) => {
        const index = new NameIndex(names);
        for (const one of mistyped) expect(index.nearest(one)).toBe(nearestName(one, names));
      }),
    );
  });

  it('finds the first of several names that are equally near', () => {
    expect(new NameIndex(['shopb', 'shopa']).nearest('shop')).toBe('shopb');
  });

  it('compares a text that is longer than any name', () => {
    const long = 'a'.repeat(300);
    expect(new NameIndex(['b', long]).nearest(`${long}b`)).toBe(long);
  });

  it.each([
    ['app', 1, ['apps']],
    ['app', 2, ['apps', 'appdb']],
    ['ap', 2, ['apps']],
    ['db', 2, []],
  ])('finds the names within some letters of %j: %j', (mistyped, most, near) => {
    expect(new NameIndex(['apps', 'appdb', 'sh']).within(mistyped, most).sort().reverse()).toEqual(near);
  });

  it('costs little for many names that begin and end alike', () => {
    const names = Array.from({ length: 4_000 }, (_, index) => `apps-${String(index).padStart(4, '0')}`);
    const index = new NameIndex(names);
    const start = process.cpuUsage();
    for (const one of names) expect(index.nearest(one.replace('apps', 'abps'))).toBe(one);
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(4);
  });
});
