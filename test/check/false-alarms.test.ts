import { configMap, fluxKustomization } from '../graph/tree-of';
import { apps, count, found, namespaced, object, release, type Files } from './small-repositories';

describe('namespace-missing', () => {
  const inShop = apps(namespaced(configMap('a'), 'shop'));

  it.each([
    ['an object', { 'apps/b.yaml': namespaced(configMap('load-balancer-microk8s-conf'), 'ingress') }],
    ['a script', { 'setup.sh': 'microk8s enable ingress\n' }],
  ])('accepts the namespace of an add-on if %s mentions MicroK8s', (_, more) => {
    const inIngress = apps(namespaced(configMap('a'), 'ingress'));
    expect(count('namespace-missing', inIngress)).toBe(1);
    expect(count('namespace-missing', { ...inIngress, ...more } as Files)).toBe(0);
    expect(count('namespace-missing', { ...inShop, ...more } as Files)).toBe(1);
  });

  it('reports a namespace that nothing creates', () => {
    expect(found('namespace-missing', inShop).map(({ message }) => message)).toEqual([
      'nothing creates the namespace "shop" of ConfigMap "shop/a"',
    ]);
  });

  it.each([
    ['a Namespace', { 'apps/ns.yaml': object('v1', 'Namespace', 'shop') }],
    ['a Namespace of another Kustomization', { 'clusters/prod/ns.yaml': object('v1', 'Namespace', 'shop') }],
    [
      'a subnamespace',
      { 'apps/ns.yaml': object('hnc.x-k8s.io/v1alpha2', 'SubnamespaceAnchor', 'shop', 'default') },
    ],
    ['a Project', { 'apps/ns.yaml': object('project.openshift.io/v1', 'Project', 'shop') }],
    [
      'a Namespace in an object of Crossplane',
      {
        'apps/o.yaml': object(
          'kubernetes.crossplane.io/v1alpha2',
          'Object',
          'o',
          undefined,
          ...[
            'spec: { forProvider: { manifest: { apiVersion: v1, kind: Namespace, metadata: { name: shop } } } }',
          ],
        ),
      },
    ],
    [
      'a Namespace in a text',
      {
        'apps/o.yaml': namespaced(
          configMap('o', { m: 'kind: Namespace\nmetadata:\n  name: shop\n' }),
          'default',
        ),
      },
    ],
    [
      'a release that makes its target',
      {
        'apps/r.yaml': release(
          'r',
          'default',
          'c',
          '  targetNamespace: shop',
          '  install: { createNamespace: true }',
        ),
      },
    ],
    [
      'values of a chart',
      { 'apps/r.yaml': release('r', 'default', 'c', '  values: { rbac: { namespaces: [shop] } }') },
    ],
    [
      'values of a chart with a map',
      { 'apps/r.yaml': release('r', 'default', 'c', '  values: { list: [{ namespaces: { shop: {} } }] }') },
    ],
    [
      'values of a chart with entries',
      { 'apps/r.yaml': release('r', 'default', 'c', '  values: { namespaces: [{ name: shop }] }') },
    ],
    [
      'values of a chart that say so',
      {
        'apps/r.yaml': release('r', 'default', 'c', '  values: { namespace: { name: shop, create: true } }'),
      },
    ],
    ['a script', { 'bootstrap.sh': 'kubectl create namespace shop\n' }],
    ['a guide for people', { 'docs/start.md': 'Run `kubectl create ns shop`.\n' }],
    ['a helmfile', { 'deploy/all.yaml': 'releases:\n  - { name: a, namespace: shop }\n' }],
    [
      'Terraform',
      { 'infra/main.tf': 'resource "kubernetes_namespace" "a" { metadata { name = "shop" } }\n' },
    ],
    ['settings of Talos', { 'nodes/cp.yaml': 'machine: {}\ncluster:\n  inlineManifests:\n    - contents: |\n        kind: Namespace\n        metadata:\n          name: shop\n' }], // prettier-ignore
    ['a manifest of the bootstrap', { 'bootstrap/ns.yaml': object('v1', 'Namespace', 'shop') }],
    ['a workflow', { '.github/workflows/e2e.yaml': 'jobs:\n  run: kubectl create ns shop\n' }],
    [
      'a script that takes the names of folders',
      { 'run.sh': 'kubectl create ns "$(basename $dir)"\n', 'apps/shop/README.md': '' },
    ],
    [
      'a policy of Kyverno',
      {
        'apps/policy.yaml': object(
          'kyverno.io/v1',
          'ClusterPolicy',
          'p',
          undefined,
          'spec: { rules: [{ generate: { apiVersion: v1, kind: Namespace, name: shop } }] }',
        ),
      },
    ],
  ])('accepts one that comes from %s', (_, files) => {
    expect(count('namespace-missing', { ...inShop, ...files })).toBe(0);
  });

  it.each([
    ['a Namespace that nothing applies', { 'old/ns.yaml': object('v1', 'Namespace', 'shop') }],
    ['a release that makes none', { 'apps/r.yaml': release('r', 'default', 'c', '  targetNamespace: shop') }],
    [
      'values that make none',
      {
        'apps/r.yaml': release('r', 'default', 'c', '  values: { namespace: { name: shop, create: false } }'),
      },
    ],
    [
      'a policy of Kyverno that makes another kind',
      {
        'apps/policy.yaml': object(
          'kyverno.io/v1',
          'ClusterPolicy',
          'p',
          undefined,
          'spec: { rules: [{ generate: { apiVersion: v1, kind: Secret, name: shop } }] }',
        ),
      },
    ],
    ['a script about another', { 'bootstrap.sh': 'kubectl create namespace shop-2\n' }],
    ['the schema of a kind', { 'apps/crd.yaml': object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'a.b.c', undefined, 'x: { kind: Namespace, metadata: { name: shop } }') }], // prettier-ignore
  ])('is not misled by %s', (_, files) => {
    expect(count('namespace-missing', { ...inShop, ...files })).toBe(1);
  });

  it('knows the namespaces that charts create', () => {
    const inCalico = apps(namespaced(configMap('a'), 'cilium-secrets'));
    expect(count('namespace-missing', inCalico)).toBe(1);
    const cilium = release('cilium', 'kube-system', 'cilium');
    expect(count('namespace-missing', { ...inCalico, 'apps/r.yaml': cilium })).toBe(0);
  });

  it('reports nothing for an incomplete build', () => {
    const remote = { 'apps/kustomization.yaml': 'resources: [map.yaml, "https://example.com/all.yaml"]\n' };
    expect(count('namespace-missing', { ...inShop, ...remote })).toBe(0);
  });

  it('is an info with its reason if something else may create the namespace', () => {
    const source = object(
      'source.toolkit.fluxcd.io/v1',
      'GitRepository',
      'other',
      'flux-system',
      ...['spec: { interval: 1m, url: "https://example.com/other" }'],
    );
    const other = fluxKustomization('other', './x').replace(
      /(sourceRef:\n.*\n\s+name:) flux-system/,
      '$1 other',
    );
    const [one, ...more] = found('namespace-missing', {
      ...inShop,
      'clusters/prod/other.yaml': other + source,
    });
    expect(more).toEqual([]);
    expect(one?.severity).toBe('info');
    expect(one?.message).toContain('Kustomization "flux-system/other" applies another repository');
    const incomplete = {
      'clusters/prod/b.yaml': fluxKustomization('b', './b'),
      'b/kustomization.yaml': 'resources: ["https://example.com/all.yaml"]\n',
    };
    expect(found('namespace-missing', { ...inShop, ...incomplete }).map(({ severity }) => severity)).toEqual([
      'info',
    ]);
  });

  it('reports an object without a namespace, unless its build is incomplete', () => {
    expect(found('namespace-missing', apps(configMap('a'))).map(({ severity }) => severity)).toEqual([
      'error',
    ]);
    const remote = { 'apps/kustomization.yaml': 'resources: [map.yaml, "https://example.com/all.yaml"]\n' };
    expect(count('namespace-missing', { ...apps(configMap('a')), ...remote })).toBe(0);
  });

  it('is an info if the repository needs several namespaces and creates none', () => {
    const severities = (more: Files) =>
      found('namespace-missing', { ...inShop, ...more }).map(({ severity }) => severity);
    const inStore = { 'apps/b.yaml': namespaced(configMap('b'), 'store') };
    const ofFlux = { 'clusters/prod/flux.yaml': object('v1', 'Namespace', 'flux-system') };
    expect(severities(ofFlux)).toEqual(['warning']);
    expect(severities({ ...inStore, ...ofFlux })).toEqual(['info', 'info']);
    const other = { 'apps/ns.yaml': object('v1', 'Namespace', 'third') };
    expect(severities({ ...inStore, ...other })).toEqual(['warning', 'warning']);
  });

  it('accepts a name that is substituted later', () => {
    expect(count('namespace-missing', apps(namespaced(configMap('a'), '"${NS}"')))).toBe(0);
  });
});

describe('health-check-target-missing', () => {
  const check = (kind: string, name: string, namespace = 'default', group = 'helm.toolkit.fluxcd.io/v2') => [
    `healthChecks: [{ apiVersion: ${group}, kind: ${kind}, name: ${name}, namespace: ${namespace} }]`,
  ];
  const map = namespaced(configMap('a'), 'default');
  const code = 'health-check-target-missing';

  it('reports a missing release', () => {
    expect(count(code, apps(map, check('HelmRelease', 'gone')))).toBe(1);
    const beside = { 'apps/r.yaml': release('shop', 'default', 'podinfo') };
    expect(count(code, { ...apps(map, check('HelmRelease', 'gone')), ...beside })).toBe(1);
  });

  it('accepts what a chart of the same Kustomization may create', () => {
    const files = apps(map, check('FluxInstance', 'flux', 'flux-system', 'fluxcd.controlplane.io/v1'));
    expect(count(code, files)).toBe(1);
    expect(count(code, { ...files, 'apps/r.yaml': release('a', 'default', 'flux-instance') })).toBe(0);
    expect(count(code, { ...files, 'apps/r.yaml': release('a', 'default', 'podinfo') })).toBe(1);
    const own = release('a', 'default', './chart').replace('HelmRepository', 'GitRepository');
    expect(count(code, { ...files, 'apps/r.yaml': own })).toBe(0);
  });

  it('accepts what a release of the same Kustomization may create in its namespace', () => {
    const deployment = object(
      'apps/v1',
      'Deployment',
      'shop',
      'other',
      ...['spec: { selector: { matchLabels: { a: b } }, template: { metadata: { labels: { a: b } } } }'],
    );
    const files = {
      ...apps(map, check('Deployment', 'shop', 'default', 'apps/v1')),
      'clusters/prod/d.yaml': deployment,
    };
    expect(found(code, files).map(({ hint }) => hint)).toEqual([
      'did you mean the one in namespace "other"?',
    ]);
    expect(count(code, { ...files, 'apps/r.yaml': release('shop', 'default', 'shop') })).toBe(0);
    const target = release('shop', 'elsewhere', 'shop', '  targetNamespace: default');
    expect(count(code, { ...files, 'apps/r.yaml': target })).toBe(0);
    expect(count(code, { ...files, 'apps/r.yaml': release('shop', 'elsewhere', 'shop') })).toBe(1);
  });

  it('reports nothing if the build is incomplete', () => {
    const remote = { 'apps/kustomization.yaml': 'resources: [map.yaml, "https://example.com/all.yaml"]\n' };
    expect(count(code, { ...apps(map, check('HelmRelease', 'gone')), ...remote })).toBe(0);
  });

  it('reports only obvious targets if another build is incomplete', () => {
    const remote = {
      'clusters/prod/other.yaml': fluxKustomization('other', './other'),
      'other/kustomization.yaml': 'resources: [r.yaml, "https://example.com/all.yaml"]\n',
      'other/r.yaml': release('frontend', 'default', 'podinfo'),
    };
    expect(count(code, { ...apps(map, check('HelmRelease', 'gone')), ...remote })).toBe(0);
    expect(count(code, { ...apps(map, check('HelmRelease', 'fronted')), ...remote })).toBe(1);
  });

  it('reports nothing about another cluster', () => {
    const spec = [...check('HelmRelease', 'gone'), 'kubeConfig: { secretRef: { name: remote } }'];
    expect(count(code, apps(map, spec))).toBe(0);
  });
});

describe('orphan-file', () => {
  const map = namespaced(configMap('a'), 'default');
  const built = apps(map);
  const files = (kustomization: string, more: Files): Files => ({
    ...built,
    'apps/kustomization.yaml': `resources: [map.yaml]\n${kustomization}`,
    ...more,
  });
  const orphans = (all: Files) =>
    ['orphan-file', 'file-not-listed']
      .flatMap((code) => found(code, all))
      .map(({ locations: [at] }) => at?.file);

  it.each([
    ['a Kustomization of Flux', 'apps.yaml', fluxKustomization('more', './more'), 1],
    ['what bootstrap applies', 'gotk-patch.yaml', fluxKustomization('more', './more'), 0],
    ['what people apply by hand', 'secret.yaml', object('v1', 'Secret', 'key', 'flux-system'), 0],
  ])('checks files beside those of bootstrap for %s that is not listed', (_, name, text, times) => {
    const listed = { 'clusters/prod/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n' };
    const file = { [`clusters/prod/flux-system/${name}`]: text, 'more/map.yaml': map };
    expect(count('file-not-listed', { ...built, ...listed, ...file })).toBe(times);
  });

  it('ignores a file that is listed with the other ending, which is missing', () => {
    const all = files('', { 'apps/map.yaml': map, 'apps/other.yaml': namespaced(configMap('b'), 'default') });
    const kustomization = 'resources: [map.yaml, other.yml]\n';
    expect(count('file-not-listed', { ...all, 'apps/kustomization.yaml': kustomization })).toBe(0);
    expect(count('listed-file-missing', { ...all, 'apps/kustomization.yaml': kustomization })).toBe(1);
    expect(count('file-not-listed', all)).toBe(1);
  });

  it('reports a file that nothing reads', () => {
    expect(orphans({ ...built, 'old/map.yaml': map })).toEqual(['old/map.yaml']);
  });

  it.each([
    ['that CI makes of folders which cannot be read', 'flux push artifact "$URL" --path="$1"\n', []],
    ['that are made elsewhere', 'echo nothing\n', ['old/map.yaml']],
  ])('treats no file as unread beside artifacts %s', (_, script, files) => {
    const artifact = [
      object('source.toolkit.fluxcd.io/v1', 'OCIRepository', 'other', 'flux-system'),
      'spec: { interval: 1h, url: "oci://registry.example.com/other" }\n',
      fluxKustomization('other', './').replace(
        /GitRepository\n {4}name: .*/,
        'OCIRepository\n    name: other',
      ),
    ].join('');
    const all = { ...built, 'clusters/prod/other.yaml': artifact, 'old/map.yaml': map, 'push.sh': script };
    expect(orphans(all)).toEqual(files);
  });

  it.each([
    ['transformers', 'transformers: [../parts/t.yaml]\n'],
    ['generators', 'generators: [../parts/t.yaml]\n'],
    ['validators', 'validators: [../parts/t.yaml]\n'],
    ['configurations', 'configurations: [../parts/t.yaml]\n'],
    ['openapi', 'openapi: { path: ../parts/t.yaml }\n'],
    ['crds', 'crds: [../parts/t.yaml]\n'],
    ['replacements', 'replacements: [{ path: ../parts/t.yaml }]\n'],
    ['values of a chart', 'helmCharts: [{ name: a, valuesFile: ../parts/t.yaml }]\n'],
    [
      'a file of a ConfigMap',
      'configMapGenerator: [{ name: g, namespace: default, files: [t=../parts/t.yaml] }]\n',
    ],
  ])('accepts a file that is read by %s', (_, kustomization) => {
    expect(orphans(files(kustomization, { 'parts/t.yaml': map }))).toEqual([]);
  });

  it('follows folders of transformers, and what a transformer reads', () => {
    const more = {
      'parts/kustomization.yaml': 'resources: [t.yaml]\n',
      'parts/t.yaml': object('builtin', 'PatchTransformer', 't', undefined, 'path: deep/patch.yaml'),
      'parts/deep/patch.yaml': map,
    };
    expect(orphans(files('transformers: [../parts]\n', more))).toEqual([]);
  });

  it('accepts files that programs name or apply', () => {
    const old = { ...built, 'old/map.yaml': map };
    expect(orphans({ ...old, '.github/workflows/ci.yaml': 'run: kubectl apply -f old/map.yaml\n' })).toEqual(
      [],
    );
    expect(orphans({ ...old, Makefile: 'up:\n\tkubectl apply -k ./old\n' })).toEqual([]);
    expect(orphans({ ...old, 'old/run.sh': 'kubectl apply -f map.yaml\n' })).toEqual([]);
    expect(orphans({ ...old, Makefile: 'up:\n\tkubectl apply -k ./other\n' })).toHaveLength(1);
    expect(orphans({ ...old, '.github/workflows/ci.yaml': "paths: ['old/**']\n" })).toHaveLength(1);
  });

  it('accepts the values of a chart of the repository, and folders with other purposes', () => {
    const chart = release('r', 'default', './chart', '  valuesFiles: [old/map.yaml]').replace(
      'sourceRef: { kind: HelmRepository, name: charts } } }',
      'valuesFiles: [old/map.yaml], sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system } } }',
    );
    expect(orphans({ ...built, 'old/map.yaml': map, 'apps/r.yaml': chart.replace('  valuesFiles: [old/map.yaml]\n', '') })).toEqual([]); // prettier-ignore
    expect(
      orphans({ ...built, 'examples/a/map.yaml': map, 'tests/map.yaml': map, '_old/map.yaml': map }),
    ).toEqual([]);
    expect(
      orphans({ ...built, 'charts/a/Chart.yaml': 'name: a\n', 'x/Chart.yaml': '', 'x/y/map.yaml': map }),
    ).toEqual([]);
  });

  it('reports a forgotten file in a folder that is built, whatever the name of the folder', () => {
    const test = {
      'clusters/prod/test.yaml': fluxKustomization('test', './test'),
      'test/kustomization.yaml': 'resources: [a.yaml]\n',
      'test/a.yaml': map,
      'test/b.yaml': namespaced(configMap('b'), 'default'),
    };
    expect(orphans(test)).toEqual(['test/b.yaml']);
  });

  it('accepts a Secret that Flux itself needs', () => {
    const secret = (name: string) => object('v1', 'Secret', name, 'flux-system');
    const spec = ['decryption: { provider: sops, secretRef: { name: sops-age } }'];
    expect(orphans({ ...apps(map, spec), 'keys/age.yaml': secret('sops-age') })).toEqual([]);
    expect(orphans({ ...apps(map, spec), 'keys/age.yaml': secret('other') })).toEqual(['keys/age.yaml']);
    expect(orphans({ ...apps(map, spec), 'keys/age.yaml': secret('sops-age') + map })).toHaveLength(1);
  });

  it('accepts files that other programs read', () => {
    for (const api of [
      'builtin',
      'kind.x-k8s.io/v1alpha4',
      'cli.kyverno.io/v1alpha1',
      'backstage.io/v1alpha1',
    ]) {
      expect(orphans({ ...built, 'old/a.yaml': object(api, 'Thing', 'a') })).toEqual([]);
    }
    expect(orphans({ ...built, 'old/a.yaml': object('example.com/v1', 'Thing', 'a') })).toHaveLength(1);
  });
});
