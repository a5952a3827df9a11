import { substituteText, SubstitutionError } from '../../../lib/graph/post-build/envsubst';
import { BrokenYamlError, substituteObject } from '../../../lib/graph/post-build/substitute-object';
import type { ManifestObject } from '../../../lib/tree/manifest';

const values: Record<string, string> = {
  region: 'eu-west-1',
  empty: '',
  number: '1',
  file: 'a.tar.gz',
  flag: 'true',
};
const lookup = (name: string) => values[name];

describe('substituteText', () => {
  it.each([
    ['${region}', 'eu-west-1'],
    ['x-${region}-y', 'x-eu-west-1-y'],
    ['${none:=d}', 'd'],
    ['${none:-d}', 'd'],
    ['${none=d}', 'd'],
    ['${empty:=d}', 'd'],
    ['${none:=${region}}', 'eu-west-1'],
    ['${none:=}', ''],
    ['${region:=d}', 'eu-west-1'],
    ['$${region}', '${region}'],
    ['$region', '$region'],
    ['${none}', '${none}'],
    ['${#region}', '9'],
    ['${region^^}', 'EU-WEST-1'],
    ['${region^}', 'Eu-west-1'],
    ['${region:3}', 'west-1'],
    ['${region:3:4}', 'west'],
    ['${region/west/east}', 'eu-east-1'],
    ['${region//-/_}', 'eu_west_1'],
    ['${file%.*}', 'a.tar'],
    ['${file%%.*}', 'a'],
    ['${file#*.}', 'tar.gz'],
    ['${file##*.}', 'gz'],
    ['${file%.*z}', 'a.tar'],
    ['${file/\\//-}', 'a.tar.gz'],
    ['${none:-$$}', '$$'],
    ['${region/#eu/us}', 'us-west-1'],
    ['${region/%1/2}', 'eu-west-2'],
  ])('turns %s into %s', (text, expected) => {
    expect(substituteText(text, lookup)).toBe(expected);
  });

  it('reports variables in a default that is not needed', () => {
    const used: string[] = [];
    substituteText('${region:-${none}}', lookup, ({ name }) => used.push(name));
    expect(used).toEqual(['region', 'none']);
  });

  it('fails on a substring that cuts a character in half', () => {
    expect(() => substituteText('${v:1}', () => 'ä')).toThrow(SubstitutionError);
  });

  it('reports the variables used, with and without a default', () => {
    const used: [string, boolean][] = [];
    substituteText('${a} ${b:=1} $${c} ${d:=${e}}', lookup, ({ name, hasDefault }) =>
      used.push([name, hasDefault]),
    );
    expect(used).toEqual([
      ['a', false],
      ['b', true],
      ['d', true],
      ['e', false],
    ]);
  });

  it.each([
    '${open',
    '${arr[@]}',
    '${!x}',
    '${}',
    '${region-d}',
    '${region^^^}',
    '${region/a}',
    '${region#}',
    '${region:1:-1}',
  ])('fails on %s', (text) => {
    expect(() => substituteText(text, lookup)).toThrow(SubstitutionError);
  });
});

describe('substituteObject', () => {
  const substituted = (data: Record<string, unknown>) =>
    substituteObject({ apiVersion: 'v1', kind: 'ConfigMap', data } as ManifestObject, lookup, () => undefined)
      .data;

  it('gives an unquoted result the type that it has in YAML', () => {
    expect(substituted({ a: '${number}', b: 'n-${number}', c: '${flag}', d: 'x: ${number}' })).toEqual({
      a: 1,
      b: 'n-1',
      c: true,
      d: 'x: 1',
    });
  });

  it('reads words as in YAML 1.1, once their quotes are gone', () => {
    expect(
      substituteObject(
        { apiVersion: 'v1', kind: 'C', a: '${v}', b: 'x ${v}' } as ManifestObject,
        () => 'yes',
        () => undefined,
      ),
    ).toMatchObject({ a: true, b: 'x yes' });
  });

  it('does not change an object without variables', () => {
    const object = { apiVersion: 'v1', kind: 'C', a: '$x' };
    expect(substituteObject(object, lookup, () => undefined)).toBe(object);
  });

  it('fails on a value that is not valid YAML without quotes', () => {
    const object = { apiVersion: 'v1', kind: 'C', a: '${v}' };
    expect(() =>
      substituteObject(
        object,
        () => '*/15 * * * *',
        () => undefined,
      ),
    ).toThrow(BrokenYamlError);
  });

  it('substitutes in keys and lists', () => {
    expect(substituted({ '${region}': ['${region}', 1, null] })).toEqual({
      'eu-west-1': ['eu-west-1', 1, null],
    });
  });
});
