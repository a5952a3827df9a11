import { withoutLostKeys } from '../../../../lib/graph/kustomize/read/lost-keys';
import { lines } from '../../../check/small-repositories';
import { buildFolder } from '../../tree-of';

const map = (data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: default }\n${data}\n`;
const dataOf = (data: string) => {
  const { objects, findings } = buildFolder(
    { 'a/kustomization.yaml': 'resources: [a.yaml]\n', 'a/a.yaml': map(data) },
    'a',
  );
  return [objects[0]?.data, findings.map(({ code, severity }) => `${severity} ${code}`)];
};

describe('a key "<<" in quotes', () => {
  // As kustomize 5.8.1 prints them.
  it.each([
    ['data: { "<<": { x: y }, z: w }', { z: 'w' }],
    ['data: { "<<": text }', {}],
    ["data:\n  '<<': text\n  list: [{ '<<': a, b: c }]\n  empty:", { list: [{ b: 'c' }], empty: null }],
    ['data: { !!str <<: text, date: 2020-01-01 }', { date: '2020-01-01T00:00:00Z' }],
  ])('is left out, and reported: %j', (data, expected) => {
    expect(dataOf(data)).toEqual([expected, ['warning yaml-key-odd']]);
  });

  it.each([
    ['data: { <<: { x: y }, z: w }', { x: 'y', z: 'w' }],
    ['data: { z: "<<", "<< ": x }', { z: '<<', '<< ': 'x' }],
    ['data:\n  script: |\n    cat <<EOF\n    EOF', { script: 'cat <<EOF\nEOF\n' }],
  ])('is not another one: %j', (data, expected) => {
    expect(dataOf(data)).toEqual([expected, []]);
  });

  it('is reported at its document', () => {
    expect(lines('yaml-key-odd', { 'clusters/prod/a.yaml': map('data: { "<<": x }') })).toEqual([
      expect.stringMatching(
        /^warning at clusters\/prod\/a\.yaml:1 .* leaves out the key "<<" in quotes, .* => write << without/,
      ),
    ]);
  });

  it('may be very deep, and what anchors repeat stays shared', () => {
    let deep: object = { '<<': 1, end: 1 };
    for (let index = 0; index < 100_000; index++) deep = { deep };
    expect(() => withoutLostKeys(deep)).not.toThrow();
    const shared = { '<<': 1, a: 2 };
    const { x, y } = withoutLostKeys({ x: shared, y: shared }) as Record<string, unknown>;
    expect(x).toEqual({ a: 2 });
    expect(y).toBe(x);
  });
});
