import fc from 'fast-check';
import { printDocuments } from '../../lib/yaml/print';
import { anyObject, anyText, inAllPlaces } from './arbitraries';
import { describeWithGo, type GoOracle } from './go-oracle';
import { HARD_STRINGS } from './hard-strings';

const SEED = 20261123;
const metadata = { name: 'x' };

/** All three readers must read what was meant. */
function expectSame(go: GoOracle, objects: readonly unknown[]): void {
  const texts = objects.map((object) => printDocuments([{ object }]));
  const readings = go.read(texts);
  expect(readings).toHaveLength(objects.length);
  readings.forEach((reading, index) => {
    const meant = JSON.parse(JSON.stringify(objects[index])) as unknown;
    expect({ text: texts[index], ...reading }).toEqual({
      text: texts[index],
      sigs: meant,
      v3: meant,
      kyaml: meant,
    });
  });
}

/** Rewriting without a change must not change the bytes. */
function expectFixpoint(go: GoOracle, texts: readonly string[]): void {
  const written = go.rewrite(texts.map((text) => ({ text, setters: {} })));
  expect(written).toHaveLength(texts.length);
  written.forEach((text, index) => expect(text).toBe(texts[index]));
}

describeWithGo("what is printed, read by Go's readers", (go) => {
  it('is the same for each hard string in each place', () => {
    expectSame(go, HARD_STRINGS.map(inAllPlaces));
  });

  it('is the same for 5,000 fuzzed strings in each place', () => {
    expectSame(go, fc.sample(anyText, { numRuns: 5_000, seed: SEED }).map(inAllPlaces));
  });

  it('is the same for 1,000 fuzzed objects', () => {
    expectSame(go, fc.sample(anyObject, { numRuns: 1_000, seed: SEED }));
  });
});

describeWithGo("what is printed, rewritten by Flux's image automation", (go) => {
  it('stays as it is for each hard string in each place', () => {
    expectFixpoint(
      go,
      HARD_STRINGS.map((text) => printDocuments([{ object: { metadata, data: inAllPlaces(text) } }])),
    );
  });

  it('stays as it is for 5,000 fuzzed strings in each place', () => {
    const texts = fc.sample(anyText, { numRuns: 5_000, seed: SEED + 1 });
    expectFixpoint(
      go,
      texts.map((text) => printDocuments([{ object: { metadata, data: inAllPlaces(text) } }])),
    );
  });

  it('stays as it is for files of fuzzed objects with headers', () => {
    const objects = fc.sample(anyObject, { numRuns: 600, seed: SEED + 2 });
    const files = Array.from({ length: 200 }, (_, index) => objects.slice(index * 3, index * 3 + 3));
    expectFixpoint(
      go,
      files.map((file) =>
        printDocuments(file.map((object) => ({ object, header: 'made by code\n\n  do not edit' }))),
      ),
    );
  });
});
