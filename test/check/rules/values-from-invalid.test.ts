import { assignmentProblem, valuesProblem } from '../../../lib/check/facts/releases/values-text';
import { checkTree } from '../../../lib/check/check-tree';
import { bootstrap, fluxKustomization, treeOf } from '../../graph/tree-of';

/** The findings about a HelmRelease with an entry in `valuesFrom`, the object that it refers to, and more files. */
function findingsOf(entry: string, source: string, more: Readonly<Record<string, string>> = {}) {
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: shop, namespace: shop}\nspec:\n  interval: 1h\n  valuesFrom: [{name: v, ${entry}}]\n`;
  const files = {
    ...bootstrap,
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/release.yaml': release,
    'apps/values.yaml': source,
    ...more,
  };
  const { findings } = checkTree(treeOf(files), { objects: () => false });
  return findings.filter(({ code }) => code === 'values-from-invalid');
}

const found = (...given: Parameters<typeof findingsOf>) => findingsOf(...given).map(({ message }) => message);
const hints = (...given: Parameters<typeof findingsOf>) => findingsOf(...given).map(({ hint }) => hint);

const source = (kind: string, rest: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: {name: v, namespace: shop}\n${rest}\n`;

describe('valuesFrom', () => {
  it.each([
    [
      'a key that is not there',
      'kind: ConfigMap, valuesKey: other',
      source('ConfigMap', 'data: {k: v}'),
      'ConfigMap "shop/v" has no key "other", so',
    ],
    [
      'the default key',
      'kind: ConfigMap',
      source('ConfigMap', 'data: {k: v}'),
      'has no key "values.yaml", which is taken where valuesKey is not set, so',
    ],
    [
      'binary data',
      'kind: ConfigMap, valuesKey: k',
      source('ConfigMap', 'binaryData: {k: YQ==}'),
      'has the key "k" only in binaryData',
    ],
    [
      'what is not YAML',
      'kind: ConfigMap, valuesKey: k',
      source('ConfigMap', 'data: {k: "[1, 2"}'),
      'not valid YAML',
    ],
    ['a list', 'kind: ConfigMap, valuesKey: k', source('ConfigMap', 'data: {k: "[1, 2]"}'), 'not a map'],
    [
      'base64 of what is no map',
      'kind: Secret, valuesKey: k',
      source('Secret', 'data: {k: YQ==}'),
      'not a map',
    ],
    [
      'commas at a path',
      'kind: Secret, valuesKey: k, targetPath: a.b',
      source('Secret', 'stringData: {k: "a,b"}'),
      'comma',
    ],
  ])('fails on %s', (_, entry, object, message) => {
    expect(found(entry, object)).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['a missing key that may be', 'kind: ConfigMap, optional: true', source('ConfigMap', 'data: {k: v}')],
    ['values', 'kind: ConfigMap', source('ConfigMap', 'data: {values.yaml: "a: b"}')],
    ['nothing', 'kind: ConfigMap', source('ConfigMap', 'data: {values.yaml: ""}')],
    [
      'commas of a literal',
      'kind: ConfigMap, valuesKey: k, targetPath: a, literal: true',
      source('ConfigMap', 'data: {k: "a,b"}'),
    ],
    [
      'what is encrypted',
      'kind: Secret, valuesKey: k',
      source('Secret', 'stringData: {k: "ENC[AES256_GCM,data:x]"}\nsops: {mac: x}'),
    ],
    ['an object in which a controller writes', 'kind: ConfigMap', source('ConfigMap', 'data: {}')],
    [
      'an object that Flux only creates',
      'kind: ConfigMap',
      source('ConfigMap', 'data: {k: v}').replace(
        'namespace: shop',
        'namespace: shop, labels: {kustomize.toolkit.fluxcd.io/ssa: IfNotPresent}',
      ),
    ],
    [
      'a Secret to which an ExternalSecret adds keys',
      'kind: Secret',
      `${source('Secret', 'stringData: {k: v}')}---\napiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: e, namespace: shop}\nspec: {target: {name: v, creationPolicy: Merge}}\n`,
    ],
    ['what variables complete', 'kind: ConfigMap, valuesKey: k', source('ConfigMap', 'data: {k: "${V}"}')],
  ])('accepts %s', (_, entry, object) => {
    expect(found(entry, object)).toEqual([]);
  });

  it('accepts a key that another Kustomization adds, or that an incomplete build may add', () => {
    const own = source('ConfigMap', 'data: {k: v}');
    const more = {
      'clusters/prod/more.yaml': fluxKustomization('more', './more'),
      'more/values.yaml': source('ConfigMap', 'data: {values.yaml: "a: b"}'),
    };
    expect(found('kind: ConfigMap', own)).toHaveLength(1);
    expect(found('kind: ConfigMap', own, more)).toEqual([]);
    const generator =
      'namespace: shop\nresources: [release.yaml]\nconfigMapGenerator: [{name: v, files: [values.yaml=gone.yaml], options: {disableNameSuffixHash: true}}]\n';
    expect(found('kind: ConfigMap', own, { 'apps/kustomization.yaml': generator })).toEqual([]);
  });

  describe('a ConfigMap in another namespace', () => {
    const elsewhere = (more = '') =>
      source('ConfigMap', 'data: {values.yaml: "a: b"}').replace(
        'namespace: shop',
        `namespace: other${more}`,
      );
    const here = source('ConfigMap', 'data: {values.yaml: "a: b"}');

    it('is not found, if the Kustomization of the release applies it', () => {
      const [one, ...others] = findingsOf('kind: ConfigMap', elsewhere());
      expect(others).toEqual([]);
      expect(one).toMatchObject({
        severity: 'warning',
        field: 'spec.valuesFrom[0]',
        message:
          'helm-controller looks for ConfigMap "v" in the namespace of the HelmRelease, "shop", but nothing applies it there: it is in "other"',
        hint: 'give the ConfigMap the namespace "shop"',
      });
    });

    const shop = (apiVersion: string, kind: string, name: string, spec: string) => ({
      'apps/more.yaml': `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop}\nspec: ${spec}\n`,
    });
    it.each<[string, Record<string, string>]>([
      ['an operator', shop('example.com/v1', 'Bundle', 'v', '{}')],
      ['a job', shop('v1', 'Pod', 'p', '{containers: [{name: c, command: [copy, v]}]}')],
      ['a release of its name', shop('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'v', '{}')],
      ['a value', shop('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'r', '{values: {maps: [v]}}')],
      ['a program', { 'main.tf': 'resource "kubernetes_config_map" "v" {}' }],
      ['someone who applies a file', { 'by-hand/v.yaml': here }],
      [
        'another repository',
        {
          'clusters/prod/other.yaml': `${shop('source.toolkit.fluxcd.io/v1', 'GitRepository', 'o', '{url: "https://example.com/o"}')['apps/more.yaml'].replace('namespace: shop', 'namespace: flux-system')}${fluxKustomization('o', './x').replace('    name: flux-system', '    name: o')}`,
        },
      ],
    ])('is accepted if %s may make the other one', (_, more) => {
      expect(found('kind: ConfigMap', elsewhere(), more)).toEqual([]);
    });

    it.each<[string, Record<string, string>]>([
      ['a program that does something else', { 'main.tf': 'resource "v" {}' }],
      ['a file with another kind', { 'by-hand/v.yaml': here.replace('kind: ConfigMap', 'kind: Secret') }],
      ['a file of another namespace', { 'by-hand/v.yaml': elsewhere() }],
      [
        'a file from which a build makes it elsewhere',
        {
          'apps/values.yaml': '',
          'apps/release.yaml': '',
          'clusters/prod/apps.yaml': fluxKustomization('apps', './all'),
          'all/kustomization.yaml': 'resources: [../moved, release.yaml]\n',
          'all/release.yaml':
            'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: shop, namespace: shop}\nspec: {valuesFrom: [{name: v, kind: ConfigMap}]}\n',
          'moved/kustomization.yaml': 'namespace: other\nresources: [v.yaml]\n',
          'moved/v.yaml': here.replace(', namespace: shop', ''),
        },
      ],
      ['a release of another name', shop('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'r', '{}')],
    ])('is reported beside %s', (_, more) => {
      expect(found('kind: ConfigMap', elsewhere(), more)).toHaveLength(1);
    });

    it('is made by a release whose name begins its own, but not by its reader', () => {
      const made = (name: string) =>
        findingsOf('kind: ConfigMap', elsewhere().replace('name: v,', 'name: shop-v,'), {
          'apps/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: shop}\nspec: {valuesFrom: [{kind: ConfigMap, name: shop-v}], values: {map: shop-v}}\n`,
          ...(name === 'shop' ? {} : shop('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'shop', '{}')),
        });
      expect(made('reader')).toEqual([]);
      expect(made('shop')).toHaveLength(1);
    });

    it.each(['${NS}', 'ENC[AES256_GCM,data:a]'])('is accepted in the namespace %s', (name) => {
      expect(found('kind: ConfigMap', elsewhere().replace('other', `"${name}"`))).toEqual([]);
    });

    it.each<[string, string, string, Record<string, string>]>([
      ['the entry is optional', 'kind: ConfigMap, optional: true', elsewhere(), {}],
      ['it is of another kind', 'kind: Secret', elsewhere(), {}],
      ['it has no namespace', 'kind: ConfigMap', here.replace(', namespace: shop', ''), {}],
      ['it has another name', 'kind: ConfigMap', elsewhere().replace('name: v', 'name: w'), {}],
      ['another is in the namespace', 'kind: ConfigMap', elsewhere(), { 'apps/here.yaml': here }],
      [
        'a controller copies it',
        'kind: ConfigMap',
        elsewhere(', annotations: {replicator.example.com/replicate-to: shop}'),
        {},
      ],
      ['a label says that it is copied', 'kind: ConfigMap', elsewhere(', labels: {mirror: "true"}'), {}],
      [
        'two namespaces have it',
        'kind: ConfigMap',
        elsewhere(),
        { 'apps/third.yaml': elsewhere().replace('other', 'third') },
      ],
      [
        'a ResourceSet makes such objects',
        'kind: ConfigMap',
        elsewhere(),
        {
          'apps/set.yaml':
            'apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: {name: s, namespace: shop}\nspec: {resources: [{kind: ConfigMap}]}\n',
        },
      ],
      [
        'another Kustomization applies it',
        'kind: ConfigMap',
        '',
        { 'clusters/prod/more.yaml': fluxKustomization('more', './more'), 'more/values.yaml': elsewhere() },
      ],
    ])('is not reported if %s', (_, entry, object, more) => expect(found(entry, object, more)).toEqual([]));
  });

  it('names the keys that there are', () => {
    const [key] = hints('kind: ConfigMap', source('ConfigMap', 'data: {settings: a, other: b}'));
    expect(key).toBe('set valuesKey (it has "settings", "other"), or add it');
    const typo = hints('kind: ConfigMap, valuesKey: k', source('ConfigMap', 'binaryData: {k: YQ==}'));
    expect(typo).toEqual(['move the key to data']);
  });

  it.each([
    ['a,b', 'before each comma of the value'],
    ['{"a": 1}', 'before "{" and each comma of the value'],
  ])('says how to escape %j', (value, words) => {
    const object = source('ConfigMap', `data: {k: '${value}'}`);
    expect(hints('kind: ConfigMap, valuesKey: k, targetPath: a', object)).toEqual([
      expect.stringContaining(words),
    ]);
  });
});

describe('a value at a targetPath', () => {
  it.each([
    "'{a,b}'",
    'a',
    'a=b',
    '{a,b}',
    'a\\,b',
    '[a]',
    'a,',
    '',
    'a b: c',
    "'{a'x",
    "'a,'",
    "'a,''",
    '{a},',
    '{a\\},b}',
    'a\\,b=c',
    'a,.',
  ])('may be %j', (text) => {
    expect(assignmentProblem(text)).toBeUndefined();
  });

  it.each([
    'a,b',
    'a,b=c',
    "'a,b'",
    '{a',
    '{a\\}',
    '{"a": "b"}',
    `'{"a": "b"}'`,
    '{"key":1}',
    'a,""',
    "''{a''",
    'a,,',
  ])('fails as %j', (text) => {
    expect(assignmentProblem(text)).toBeDefined();
  });

  // What Helm 4 says to each: the key of what follows has no value, or an index is no number.
  it.each([
    ['{{ .Values.title }}', 'what follows the "}" is not valid'],
    ['{a,{"b":1}}', 'what follows the "}" is not valid'],
    ['{a}b', 'what follows the "}" is not valid'],
    ['{a},b', 'what follows the "}" is not valid'],
    ['{a}b={c', 'what follows the "}" is not valid'],
    ['{a},b={c},d', 'what follows the "}" is not valid'],
    ['{a},b={c,d},e=f', 'what follows the "}" is set as another value'],
    ['{a}b.c=d', 'what follows the "}" is set as another value'],
    ['a,b[x]=c', 'what follows it is not valid'],
    ['a,b[0]', 'what follows it is not valid'],
    ['a,b[0]=c', 'what follows it is set as another value'],
    ['a,b[0].c=d,e={f}', 'what follows it is set as another value'],
    ['a,b=c,d', 'what follows it is not valid'],
  ])('fails as %j, because %s', (text, words) => {
    expect(assignmentProblem(text)).toContain(words);
  });
});

test.each([
  '',
  '# x',
  'a: b',
  '{}',
  '---\na: b',
  'a: b\n---\n[',
  '# x\n\n---\na: b\n--- c: d',
  '---\n---\n[',
])('values may be %j', (text) => {
  expect(valuesProblem(text)).toBeUndefined();
});

test.each(['[1]', '---\n[', 'a: b\n[', '# x\n---\n- a', '---x\n---\na: b'])(
  'values may not be %j',
  (text) => {
    expect(valuesProblem(text)).toBeDefined();
  },
);
