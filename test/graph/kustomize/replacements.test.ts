import { buildFolder, configMap } from '../tree-of';

const release = `---
apiVersion: x.io/v1
kind: Release
metadata: {name: r}
spec: {count: 1, list: [{name: web, v: a}, {name: web-2, v: b}, {name: c}]}
`;

function replace(target: string, source = '{kind: ConfigMap, fieldPath: data.k}') {
  const { objects, codes } = buildFolder(
    {
      'a/kustomization.yaml': `resources: [r.yaml]\nreplacements:\n- source: ${source}\n  targets: [${target}]\n`,
      'a/r.yaml': configMap('c', { k: '5' }) + release,
    },
    'a',
  );
  return { spec: objects[1]?.spec, metadata: objects[1]?.metadata, codes };
}

const into = (path: string, options = '') => `{select: {kind: Release}, fieldPaths: ["${path}"]${options}}`;

describe('a replacement', () => {
  it('keeps the type of the existing value', () => {
    expect(replace(into('spec.count')).spec).toMatchObject({ count: 5 });
    expect(replace(into('spec.list.0.v')).spec).toMatchObject({
      list: [{ v: '5' }, { v: 'b' }, { name: 'c' }],
    });
  });

  it('finds entries by an expression that may match a part, and skips entries without the field', () => {
    expect(replace(into('spec.list.[name=web].v')).spec).toMatchObject({
      list: [{ v: '5' }, { v: '5' }, {}],
    });
    expect(replace(into('spec.list.*.v')).spec).toMatchObject({
      list: [{ v: '5' }, { v: '5' }, { name: 'c' }],
    });
  });

  it('creates missing fields if it may', () => {
    const create = ', options: {create: true}';
    expect(replace(into('metadata.annotations.[x.io/a]', create)).metadata).toEqual({
      name: 'r',
      annotations: { 'x.io/a': '5' },
    });
    expect(replace(into('spec.new.[name=x].value', create)).spec).toMatchObject({
      new: [{ name: 'x', value: 5 }],
    });
  });

  it('excludes rejected objects, by identity or by labels', () => {
    const rejecting = (reject: string) =>
      `{select: {version: v1}, reject: [${reject}, {kind: ConfigMap}], fieldPaths: [spec.count]}`;
    expect(replace(rejecting('{name: r}')).spec).toMatchObject({ count: 1 });
    expect(replace(rejecting('{labelSelector: "a=b"}')).spec).toMatchObject({ count: 5 });
  });

  it('changes a text in an entry of a list, and in no other entry', () => {
    const entries = ['web', 'web-2'].map((name) => ({ name, text: 'a: 1\n' }));
    const changed = (path: string) => {
      const object = { apiVersion: 'x.io/v1', kind: 'Release', metadata: { name: 'r' }, spec: { entries } };
      const { objects } = buildFolder(
        {
          'a/kustomization.yaml': `resources: [r.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: data.k}\n  targets: [${into(path)}]\n`,
          'a/r.yaml': `${configMap('c', { k: '5' })}---\n${JSON.stringify(object)}\n`,
        },
        'a',
      );
      return (objects[1]?.spec as { entries: { text: string }[] }).entries.map(({ text }) => text);
    };
    expect(changed('spec.entries.[name=web].text.a')).toEqual(['a: 5', 'a: 1\n']);
  });

  it('selects by names as they are, and by labels', () => {
    const count = (select: string) => {
      const labelled = (name: string) =>
        release
          .replace('name: r', `name: ${name}, labels: {x.io/a: b.c}`)
          .replace('spec: {', 'spec: {none: null, ');
      const { objects, codes } = buildFolder(
        {
          'a/kustomization.yaml': `resources: [r.yaml]\nreplacements:\n- source: {kind: ConfigMap, fieldPath: data.k}\n  targets: [{select: ${select}}]\n`,
          'a/r.yaml': configMap('c', { k: '5' }) + labelled('r.s') + labelled('r-s'),
        },
        'a',
      );
      const counts = objects.slice(1).map(({ spec }) => (spec as { count: number }).count);
      return codes.length > 0 ? codes : counts;
    };
    const fields = (path: string) => `, fieldPaths: [${path}]`;
    expect(count(`{name: r.s}${fields('spec.count')}`)).toEqual([5, 1]);
    expect(count(`{kind: Release, labelSelector: "x.io/a=b.c"}${fields('spec.count')}`)).toEqual([5, 5]);
    expect(count(`{kind: Release}${fields('spec.none')}`)).toEqual(['replacement-failed']);
  });

  it.each([
    ['a field that is not there', into('spec.none'), undefined],
    ['an entry that is not there', into('spec.list.9.v'), undefined],
    ['a text for a number', into('spec.count'), '{kind: ConfigMap}'],
    ['an empty source', into('spec.count'), '{kind: ConfigMap, fieldPath: data.none}'],
    ['a target that selects nothing in particular', '{fieldPaths: [spec.count]}', undefined],
  ])('fails on %s', (_, target, source) => {
    expect(replace(target, source).codes).toEqual(['replacement-failed']);
  });

  it.each([
    ['of what the build has', ['r.yaml'], 'k', []],
    ['of what nothing has', ['r.yaml'], 'none', ['replacement-failed']],
    [
      'of what a base at a URL may have',
      ['r.yaml', 'https://github.com/acme/base//deploy?ref=v1'],
      'none',
      [],
    ],
    ['of what a missing file may have', ['r.yaml', 'gone.yaml'], 'none', ['listed-file-missing']],
  ])('%s fails only where the files show all', (_, resources, key, codes) => {
    const source = `{kind: ConfigMap, fieldPath: data.${key}}`;
    const files = {
      'a/kustomization.yaml': `resources: ${JSON.stringify(resources)}\nreplacements:\n- source: ${source}\n  targets: [${into('spec.count')}]\n`,
      'a/r.yaml': configMap('c', { k: '5' }) + release,
    };
    expect(buildFolder(files, 'a').codes).toEqual(codes);
  });
});
