import fc from 'fast-check';
import { ContainedNames } from '../../lib/plain/contained-names';

/** Texts of few letters, so that many occur in others. */
const name = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 6 });

describe('ContainedNames', () => {
  it('finds what a comparison with each name finds', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 200 }), fc.array(name), (names, texts) => {
        const index = new ContainedNames(names);
        for (const text of texts) {
          const expected = new Set(names.filter((one) => text.includes(one)));
          expect(new Set(index.in(text))).toEqual(expected);
        }
      }),
    );
  });

  it('looks at the parts of a text, not at each of very many names', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `app-${String(index).padStart(5, '0')}`);
    const index = new ContainedNames(names);
    const includes = jest.spyOn(String.prototype, 'includes');
    const has = jest.spyOn(Set.prototype, 'has');
    try {
      for (const one of names.slice(0, 100)) expect([...index.in(`x-${one}-y`)]).toEqual([one]);
      expect(includes).not.toHaveBeenCalledWith(names[0]);
      expect(has.mock.calls.length).toBeLessThan(100 * 50);
    } finally {
      includes.mockRestore();
      has.mockRestore();
    }
  });

  it('looks at no more of a text than the name of an object may have', () => {
    expect([...new ContainedNames(['b']).in(`${'a'.repeat(253)}b`)]).toEqual([]);
    expect([...new ContainedNames(['b']).in(`${'a'.repeat(252)}b`)]).toEqual(['b']);
  });
});
