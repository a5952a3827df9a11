import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { formatDiffJson } from '../../../lib/diff/report/json';
import { diffSchema } from '../../../lib/diff/report/json-schema';
import { change, cluster, diffOf, everything } from './diffs';

const validate = new Ajv({ strict: true, allErrors: true, allowMatchingProperties: true }).compile(
  diffSchema(),
);

describe('the JSON of a diff', () => {
  it.each([
    ['everything', everything],
    ['no change', diffOf([])],
    [
      'values of every type',
      diffOf([
        cluster(
          'a',
          [1, 'x', null, [], {}, true].map((after) => change({ fields: [{ path: 'x', after }] })),
        ),
      ]),
    ],
  ])('validates against the schema with %s', (_, diff) => {
    validate(JSON.parse(formatDiffJson(diff)));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('contains the whole diff, and each change once with all of its clusters', () => {
    const names = Array.from({ length: 9 }, (_, index) => `c${index}`);
    const diff = diffOf(names.map((name) => cluster(name, [change()])));
    const json = JSON.parse(formatDiffJson(diff)) as Record<string, unknown>;
    expect(json).toMatchObject(JSON.parse(JSON.stringify(diff)) as object);
    expect(json['groups']).toEqual([expect.objectContaining({ class: 'changed', clusters: names })]);
  });

  it('distinguishes a null field from one that is not set', () => {
    const fields = [{ path: 'x', before: undefined, after: null }];
    const text = formatDiffJson(diffOf([cluster('a', [change({ fields })])]));
    expect(JSON.parse(text)).toMatchObject({
      clusters: [{ changes: [{ fields: [{ path: 'x', after: null }] }] }],
    });
    expect(text).not.toContain('"before"');
  });

  it('controls no terminal, and contains the same data', () => {
    const name = '\u001b[31m\u202e##[error]';
    const text = formatDiffJson(diffOf([cluster(name, [change()])]));
    for (const sign of ['\u001b', '\u202e', '##[']) expect(text).not.toContain(sign);
    expect(JSON.parse(text)).toMatchObject({ clusters: [{ name }] });
  });
});

describe('the schema of the JSON', () => {
  it.each([
    ['a class that does not exist', { class: 'broken' }],
    ['a change without a message', { message: undefined }],
    ['an object without a kind', { object: { group: '', name: 'a' } }],
  ])('fails %s', (_, given) => {
    const diff = diffOf([cluster('a', [{ ...change(), ...given } as ReturnType<typeof change>])]);
    expect(validate(JSON.parse(formatDiffJson(diff)))).toBe(false);
  });

  it('is the one in the package', () => {
    const file = join(__dirname, '../../../schema/diff.schema.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(diffSchema());
  });
});
