import { validateObject } from '../../lib/schema/validate-object';
import { changed, minimal } from './objects';

const codes = (path: string, value: unknown) =>
  validateObject(changed(minimal.Kustomization!(), [path, value])).map(({ code }) => code);

describe('annotations', () => {
  const LIMIT = 256 * 1024;

  it.each([
    ['as many bytes as are allowed', LIMIT, []],
    ['one byte more', LIMIT + 1, ['annotation-invalid']],
  ])('with %s', (_name, bytes, expected) => {
    expect(codes('metadata.annotations', { a: 'x'.repeat(bytes - 1) })).toEqual(expected);
    expect(
      codes('metadata.annotations', {
        a: 'x'.repeat(100),
        b: 'ä'.repeat((bytes - 102) >> 1) + 'x'.repeat((bytes - 102) & 1),
      }),
    ).toEqual(expected);
  });
});
