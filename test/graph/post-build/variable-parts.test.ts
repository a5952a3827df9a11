import * as fc from 'fast-check';
import { substituteObject } from '../../../lib/graph/post-build/substitute-object';
import { SubstitutionError } from '../../../lib/graph/post-build/envsubst';
import { variablePart } from '../../../lib/graph/post-build/variable-parts';
import type { ManifestObject } from '../../../lib/tree/manifest';

const pieces = [
  '${X}', '${Y}', '${X:=a b}', '${X:-}', '$$', '${', '}', '$', '$X', 'a', ' ', ': ', '#', ' # ', '- ', '"', "'", '{', '[', ']',
  '\n', '\t', '|', '>', '&a', '*a', '!', 'true', '01', '1e3', '~', '\\', '%', 'é', '---', ',', '?', 'word word word word word word ',
]; // prettier-ignore
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((all) => all.join(''));
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    { weight: 4, arbitrary: text },
    fc.constantFrom(0, 1.5, true, null, 1e21, [], {}),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'long-key', 'on', '1', '${X}'), tie('any'), { maxKeys: 3 }),
  ),
})).any;

/** The result for an object. Why it is refused depends on the rest of the object. */
function substituted(object: unknown, variables: Readonly<Record<string, string>>): unknown {
  try {
    return substituteObject(
      object as ManifestObject,
      (name) => variables[name],
      () => undefined,
    );
  } catch (error) {
    if (error instanceof SubstitutionError) return 'refused';
    throw error;
  }
}

describe('the part of an object with variables', () => {
  it('gets the same result separately as in the whole object', () => {
    fc.assert(
      fc.property(value, text, text, (data, X, Y) => {
        const object = { apiVersion: 'v1', kind: 'ConfigMap', data };
        // If a key is not printed unchanged, the object is substituted as a whole.
        const whole = substituted({ ...object, zé: '' }, { X, Y });
        const expected =
          typeof whole === 'object' && whole !== null
            ? Object.fromEntries(Object.entries(whole).filter(([key]) => key !== 'zé'))
            : whole;
        expect(substituted(object, { X, Y })).toEqual(expected);
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });

  it('gets the same result separately as in the whole object, even if a value ends the document', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', data: '${X}' };
    expect(substituted(object, { X: 'a\n---\nb: c' })).toEqual({ apiVersion: 'v1', data: 'a' });
  });

  it('leaves out everything without variables', () => {
    const list = [{ name: 'a', value: '1' }, { name: 'b', value: '${X}' }]; // prettier-ignore
    expect(variablePart({ kind: 'ConfigMap', spec: { list, other: 'text' } })?.value).toEqual({
      spec: { list: [{ value: '${X}' }] },
    });
  });

  it.each([
    ['an expression that another text closes', { a: '${X', b: '}' }],
    ['a variable in a key', { '${X}': 'a', b: '${X}' }],
    ['a number that is printed in another way', { a: 1e21, b: '${X}' }],
    ['nothing to substitute', { a: 'b' }],
  ])('is unknown with %s', (_, data) => {
    expect(variablePart({ data })).toBeUndefined();
  });
});
