import fc from 'fast-check';
import { printDocuments } from '../../lib/yaml/print';
import { anyJson, anyText, inAllPlaces } from './arbitraries';
import { HARD_STRINGS } from './hard-strings';
import { READERS } from './readers';

const cleaned = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe.each(READERS)('what is printed, read by %s', (_name, read) => {
  it('is the same for each hard string in each place', () => {
    for (const text of HARD_STRINGS) {
      const object = inAllPlaces(text);
      expect({ text, read: read(printDocuments([{ object }])) }).toEqual({ text, read: [object] });
    }
  });

  it('is the same for all hard strings as documents of one file', () => {
    const documents = HARD_STRINGS.map((text) => ({ object: { text }, header: 'a comment' }));
    expect(read(printDocuments(documents))).toEqual(documents.map(({ object }) => object));
  });

  it('is the same for any string', () => {
    fc.assert(
      fc.property(anyText, (text) =>
        expect(read(printDocuments([{ object: inAllPlaces(text) }]))).toEqual([inAllPlaces(text)]),
      ),
      { numRuns: 500 },
    );
  });

  it('is the same for any JSON', () => {
    fc.assert(
      fc.property(anyJson, (json) =>
        expect(cleaned(read(printDocuments([{ object: json }])))).toEqual([cleaned(json)]),
      ),
      { numRuns: 500 },
    );
  });
});
