import { buildFolder, configMap } from '../tree-of';

function read(text: string, kustomization = '') {
  return buildFolder(
    { 'a/kustomization.yaml': `resources: [r.yaml]\n${kustomization}`, 'a/r.yaml': text },
    'a',
  );
}

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n';

describe('an object, as kustomize prints it', () => {
  it('has timestamps for unquoted dates', () => {
    const { objects } = read(
      `${head}data:\n  a: 2024-04-01\n  b: "2024-04-01"\n  c: 2024-4-1 10:00:00.50\n  d: 2024-13-01\n`,
    );
    expect(objects[0]?.data).toEqual({
      a: '2024-04-01T00:00:00Z',
      b: '2024-04-01',
      c: '2024-04-01T10:00:00.5Z',
      d: '2024-13-01',
    });
  });

  it('has strings in its annotations, as in the file, and no empty annotations', () => {
    const { objects } = read(`${head}  annotations: {a: 0400, b: 1.50, c: True, d: 2024-04-01, e: null}\n`);
    expect(objects[0]?.metadata?.annotations).toEqual({
      a: '0400',
      b: '1.50',
      c: 'True',
      d: '2024-04-01',
      e: 'null',
    });
    expect(read(`${head}  annotations:\n`).objects[0]?.metadata).toEqual({ name: 'c' });
  });

  it('has the line breaks that the printer adds to folded text, and none at the end of the file', () => {
    const { objects } = read(`${head}data:\n  a: >\n    if x\n      y\n    z\n  b: |\n    last`);
    expect(objects[0]?.data).toEqual({ a: 'if x\n\n  y\nz\n', b: 'last' });
  });

  it('is read if a bracket closes a list no deeper than its key', () => {
    expect(read(`${head}data: [\n  a\n]\n`).objects[0]?.data).toEqual(['a']);
  });

  it('is left out if a document is empty', () => {
    expect(read(`${head}---\n{}\n---\n[]\n`)).toMatchObject({ ids: ['ConfigMap//c'], codes: [] });
  });
});

describe('a kustomization file', () => {
  it('may write its fields in any case, and warns about equal keys', () => {
    const { ids, codes } = read(configMap('c'), 'nameprefix: a-\nnamespace: first\nnamespace: second\n');
    expect(ids).toEqual(['ConfigMap/second/a-c']);
    expect(codes).toEqual(['yaml-invalid']);
  });

  it.each([
    ['an unknown field', 'foo: bar'],
    ['a number for a text', 'images: [{name: a, newTag: 1.5}]'],
    ['a word that YAML 1.1 takes for a boolean', 'commonLabels: {a: yes}'],
    ['a text for a list', 'components: a'],
    ['another kind', 'kind: Foo'],
    ['another version', 'apiVersion: kustomize.config.k8s.io/v1'],
  ])('fails on %s', (_, line) => {
    expect(read(configMap('c'), `${line}\n`).codes).toEqual(['kustomization-invalid']);
  });

  it('fails if its namespace makes two objects the same', () => {
    const two = configMap('c').replace('name: c', 'name: c\n  namespace: a') + configMap('c');
    expect(read(two, 'namespace: b\n').codes).toEqual(['object-duplicate']);
  });

  it('fails if replicas name no workload', () => {
    expect(read(configMap('c'), 'replicas: [{name: web, count: 2}]\n').codes).toEqual(['replicas-unmatched']);
  });
});

describe('a generator', () => {
  const generate = (entry: string) =>
    buildFolder({ 'a/kustomization.yaml': `configMapGenerator: [${entry}]\n` }, 'a');

  it('removes only a pair of quotes around a value', () => {
    const literals = `['a="b"', 'c=say "hi"', 'd="', "e='f\\""]`;
    expect(generate(`{name: g, literals: ${literals}}`).objects[0]?.data).toEqual({
      a: 'b',
      c: 'say "hi"',
      d: '"',
      e: `'f"`,
    });
  });

  it('merges into an object of a file without giving its name a hash', () => {
    const merge = 'configMapGenerator: [{name: c, behavior: merge, literals: [x=y]}]\n';
    const { objects } = read(`${head}  finalizers: [f]\ndata: {k: v}\n`, merge);
    expect(objects).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { k: 'v', x: 'y' } },
    ]);
  });

  it.each([
    ['nothing', [], ['generator-failed']],
    ['a base at a URL', ['https://github.com/acme/base//deploy?ref=v1'], []],
    ['a folder with a base at a URL', ['../base'], []],
    ['a file that is not there', ['gone.yaml'], ['listed-file-missing']],
    ['a folder that cannot be read', ['../broken'], ['yaml-invalid']],
  ])('that merges fails only once over %s', (_, resources, codes) => {
    const files = {
      'a/kustomization.yaml': `resources: ${JSON.stringify(resources)}\nconfigMapGenerator: [{name: c, behavior: merge, literals: [x=y]}]\n`,
      'base/kustomization.yaml': 'resources: ["https://github.com/acme/base//deploy?ref=v1"]\n',
      'broken/kustomization.yaml': 'resources: [\n',
    };
    expect(buildFolder(files, 'a').codes).toEqual(codes);
  });

  it.each(['literals: [a=b, a=c]', 'files: ["=f"]', 'files: ["a=b=c"]', 'literals: ["=a"]'])(
    'fails on %s',
    (field) => {
      expect(generate(`{name: g, ${field}}`).codes).toEqual(['generator-failed']);
    },
  );
});

describe('images', () => {
  it('are matched by an expression, and lose the digest with the tag', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{image: "r:5000/a/b:1@sha256:c"}]}\n';
    const { objects } = read(pod, 'images: [{name: "r:5000/.*", newTag: "2"}]\n');
    expect(objects[0]?.spec).toEqual({ containers: [{ image: 'r:5000/a/b:2' }] });
  });
});

describe('a listed file that is not there', () => {
  const missing = (path: string) => {
    const files = { 'a/kustomization.yaml': `resources: [${path}]\n`, 'a/deploy.yaml': configMap('c') };
    return buildFolder(files, 'a').findings.map(({ severity, hint }) => `${severity}: ${hint ?? ''}`);
  };

  it.each([
    ['flux-system/gotk-components.yaml', /^info: $/],
    ['deploy.yml', /^error: did you mean "deploy\.yaml"\?$/],
    ['other.yaml', /^error: correct the path/],
    ['../../../x.yaml', /^error: correct the path/],
  ])('is reported: %s', (path, expected) => {
    expect(missing(path)).toEqual([expect.stringMatching(expected)]);
  });
});

describe('a kustomization file that is listed like a manifest', () => {
  it('is reported with its folder', () => {
    const files = {
      'a/kustomization.yaml': 'resources: [web/kustomization.yaml]\n',
      'a/web/kustomization.yaml': 'kind: Kustomization\nresources: []\n',
    };
    expect(buildFolder(files, 'a').findings).toMatchObject([
      { code: 'manifest-invalid', hint: 'list its folder, "a/web", instead of this file' },
    ]);
  });
});

describe('a file of crds and configurations', () => {
  it.each([
    ['crds: [c.json]', []],
    ['crds: [d.json]', ['listed-file-missing']],
    ['openapi: { path: c.json }', []],
    ['openapi: { path: d.json }', ['listed-file-missing']],
    ['configurations: [d.yaml]', ['listed-file-missing']],
    ['openapi: { path: "https://example.com/c.json" }', []],
  ])('must be there: %s', (line, codes) => {
    const files = {
      'a/kustomization.yaml': `resources: [r.yaml]\n${line}\n`,
      'a/r.yaml': configMap('c'),
      'a/c.json': '{}',
    };
    expect(buildFolder(files, 'a').codes).toEqual(codes);
  });
});

describe('a variable of vars', () => {
  it.each([
    ['data.k', ['v-1', 'x-v-1', '$(OTHER)', '$(V)']],
    ['data', ['$(V)', 'x-$(V)', '$(OTHER)', '$(V)']],
  ])('takes the place of its name, if it is a scalar: %s', (fieldpath, expected) => {
    const annotations = { a: '$(V)', b: 'x-$(V)', c: '$(OTHER)', d: '$$(V)' };
    const { objects } = buildFolder(
      {
        'a/kustomization.yaml': `resources: [r.yaml]\nvars: [{name: V, objref: {apiVersion: v1, kind: ConfigMap, name: c}, fieldref: {fieldpath: ${fieldpath}}}]\n`,
        'a/r.yaml': `${configMap('c', { k: 'v-1' })}---\n${JSON.stringify({ apiVersion: 'x.io/v1', kind: 'X', metadata: { name: 'x', annotations } })}\n`,
      },
      'a',
    );
    expect(Object.values(objects[1]?.metadata?.annotations ?? {})).toEqual(expected);
  });
});

describe('a Flux Kustomization in a kustomization file', () => {
  const rename = 'rename the file, for example to apps.yaml';
  const found = (text: string) => buildFolder({ 'a/kustomization.yaml': text }, 'a').findings[0];

  it.each([
    ['apiVersion: kustomize.toolkit.fluxcd.io/v1\nresources: []\n', rename],
    [
      'apiVersion: fluxcd.io/v1\nkind: Kustomization\nspec: {sourceRef: {name: a}}\n',
      `${rename}, and use kustomize.toolkit.fluxcd.io/v1`,
    ],
    [
      'kind: Kustomization\nspec: {sourceRef: {name: a}}\n',
      `${rename}, and use kustomize.toolkit.fluxcd.io/v1`,
    ],
    ['kind: Kustomization\nspec: {sourceRef: a}\n', 'correct or remove the field'],
    ['kind: Kustomization\nspec: {path: a}\n', 'correct or remove the field'],
    ['kind: Component\nspec: {sourceRef: {name: a}}\n', 'correct or remove the field'],
  ])('is to be renamed: %j', (text, hint) => {
    expect(found(text)?.hint).toBe(hint);
  });
});
