import { bootstrap, fluxKustomization } from '../../graph/tree-of';
import { line, lines, object, release, resourceSet, type Files } from '../small-repositories';

const apps = (applied: string, more: Files = {}): Files => ({
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
  'apps/all.yaml': applied,
  ...more,
});

describe('config-key-missing', () => {
  const told = (files: Files) => lines('config-key-missing', files);
  const pod = (key: string) =>
    object(
      'v1',
      'Pod',
      'app',
      'default',
      'spec:',
      '  containers:',
      '    - name: app',
      '      image: a:1',
      `      env: [{ name: A, valueFrom: { configMapKeyRef: { name: settings, key: ${key} } } }]`,
    );
  const secretPod = pod('host').replace('configMapKeyRef', 'secretKeyRef');
  const map = (metadata = '', data = '{ port: a }') =>
    object('v1', 'ConfigMap', 'settings', `default${metadata}`, `data: ${data}`);
  const set = resourceSet('resources: [{ kind: ConfigMap }]');
  const remote = { 'kustomization.yaml': 'resources: [all.yaml, "https://example.com/a.yaml"]\n' };
  const below = (folder: string, files: Files) =>
    Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text]));

  it('suggests a similar key only', () => {
    expect(told(apps(map() + pod('something-else')))).toEqual([
      line('=> correct the key (it has "port"), or add it'),
    ]);
    expect(told(apps(map() + pod('ports')))).toEqual([line('=> did you mean "port"?')]);
  });

  it.each([
    ['the key is a variable', apps(map() + pod('"${KEY}"')), 0],
    ['a key of the ConfigMap is a variable', apps(map('', '{ "${KEY}": a, port: b }') + pod('host')), 0],
    ['a ResourceSet makes ConfigMaps', apps(map() + pod('host'), { 'clusters/prod/s.yaml': set }), 0],
    [
      'the build of the Pod is not known in full',
      apps(pod('host'), { ...below('apps', remote), 'clusters/prod/m.yaml': map() }),
      0,
    ],
    [
      'the build of the ConfigMap is not known in full',
      apps(map(), { ...below('apps', remote), 'clusters/prod/p.yaml': pod('host') }),
      0,
    ],
    [
      'a label says who manages it',
      apps(map(', labels: { app.kubernetes.io/managed-by: us }') + pod('host')),
      1,
    ],
    ['a label says that it is copied', apps(map(', labels: { acme.io/replicated: "yes" }') + pod('host')), 0],
    [
      'an annotation says that values are injected',
      apps(map(', annotations: { acme.io/inject: "yes" }') + pod('host')),
      0,
    ],
    [
      'a script writes the key',
      apps(map() + pod('host'), { 'setup.sh': 'kubectl patch cm settings # host\n' }),
      0,
    ],
    [
      'a script speaks of the ConfigMap',
      apps(map() + pod('host'), { 'setup.sh': 'kubectl get cm settings\n' }),
      1,
    ],
    ['a script speaks of the key', apps(map() + pod('host'), { 'setup.sh': 'kubectl get cm # host\n' }), 1],
    [
      'two Kustomizations apply it, and one copy may have more',
      apps(map() + pod('host'), { 'clusters/prod/m.yaml': map(', labels: { acme.io/replicated: "yes" }') }),
      0,
    ],
    [
      'it is a token',
      apps(
        object(
          'v1',
          'Secret',
          'settings',
          'default',
          'type: kubernetes.io/service-account-token',
          'stringData: { port: a }',
        ) + secretPod,
      ),
      0,
    ],
    [
      'it is a Secret of another type',
      apps(
        object('v1', 'Secret', 'settings', 'default', 'type: Opaque', 'stringData: { port: a }') + secretPod,
      ),
      1,
    ],
  ])('where %s', (_, files: Files, expected) => {
    expect(told(files)).toHaveLength(expected);
  });
});

describe('chart-name-invalid', () => {
  const repository = (url: string, name = 'charts', more = '') =>
    object(
      'source.toolkit.fluxcd.io/v1',
      'HelmRepository',
      name,
      'apps',
      `spec: { interval: 1h, url: "${url}"${more} }`,
    );
  const told = (chart: string, repositories: string) =>
    lines('chart-name-invalid', { 'clusters/prod/a.yaml': repositories + release('app', 'apps', chart) });

  it.each([
    ['the name of the repository', 'charts/app', repository('https://other.org'), 1],
    ['a part of its address', 'other/app', repository('https://OTHER.org'), 1],
    ['three letters of it', 'oth/app', repository('https://other.org'), 1],
    ['two letters of it', 'ot/app', repository('https://other.org'), 0],
    [
      'two letters that are its name',
      'ot/app',
      repository('https://x.org', 'charts').replace('name: charts', 'name: ot'),
      0,
    ],
    ['nothing after the slash', 'charts/', repository('https://other.org'), 0],
    ['a repository that is not there', 'charts/app', '', 0],
    ['a repository of artifacts', 'charts/app', repository('https://other.org', 'charts', ', type: oci'), 0],
    ['an address of another scheme', 'charts/app', repository('file+https://other.org'), 0],
    ['an address with a variable at its end', 'charts/app', repository('https://other.org/$TEAM'), 0],
  ])('judges a name with %s', (_, chart, repositories, expected) => {
    expect(told(chart, repositories)).toHaveLength(expected);
  });

  it('looks at no other kind', () => {
    const chart =
      'chart: { spec: { chart: charts/app, sourceRef: { kind: HelmRepository, name: charts, namespace: apps } } }';
    const files = {
      'clusters/prod/a.yaml': repository('https://other.org') + fluxKustomization('a', './a', [chart]),
    };
    expect(lines('chart-name-invalid', files)).toEqual([]);
  });
});

describe('variable-source-late', () => {
  const told = (files: Files) => lines('variable-source-late', files);
  const from = (kind: string) => ['postBuild:', `  substituteFrom: [{ kind: ${kind}, name: domains }]`];
  const files = (maker: string, kind = 'Secret'): Files => ({
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', from(kind)),
    'apps/maker.yaml': maker,
  });
  const sealed = (name: string, spec = '{}', kind = 'SealedSecret') =>
    object('bitnami.com/v1alpha1', kind, name, 'flux-system', `spec: ${spec}`);

  it.each([
    ['a SealedSecret of that name', files(sealed('domains')), 1],
    [
      'a SealedSecret with a template of that name',
      files(sealed('x', '{ template: { metadata: { name: domains } } }')),
      1,
    ],
    [
      'a SealedSecret of that name with a template of another',
      files(sealed('domains', '{ template: { metadata: { name: x } } }')),
      0,
    ],
    ['another kind of that name', files(sealed('domains', '{}', 'Certificate')), 0],
    ['a ConfigMap of that name', files(sealed('domains'), 'ConfigMap'), 0],
  ])('judges %s', (_, all, expected) => {
    expect(told(all)).toHaveLength(expected);
  });

  it('passes what two Kustomizations apply, of which one may be in time', () => {
    const makers = fluxKustomization('makers', './makers');
    const all = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', from('Secret')),
      'apps/makers.yaml': makers,
      'makers/maker.yaml': sealed('domains'),
    };
    expect(told(all)).toHaveLength(1);
    const other = {
      'clusters/prod/other.yaml': fluxKustomization('other', './other'),
      'other/makers.yaml': makers,
    };
    const later = {
      'clusters/prod/other.yaml': fluxKustomization(
        'other',
        './other',
        from('Secret').map((text) => text.replace('domains', 'elsewhere')),
      ),
      'other/makers.yaml': makers,
    };
    expect(told({ ...all, ...later })).toEqual([]);
    expect(told({ ...all, ...other })).toEqual([]);
  });
});

describe('the files of Flux that are not listed', () => {
  const sync = bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? '';
  const COMPONENTS = 'clusters/prod/flux-system/gotk-components.yaml';
  const map = (name: string) => object('v1', 'ConfigMap', name, 'default');
  const list = (more = '') => ({
    'clusters/prod/kustomization.yaml': `resources: [map.yaml${more}]\n`,
    'clusters/prod/map.yaml': map('m'),
    [COMPONENTS]: map('c'),
  });
  const told = (files: Files) => lines('file-not-listed', files).filter((text) => text.includes('gotk-sync'));
  const set = resourceSet('resources: [{ kind: Kustomization }]');

  it('are found', () => {
    expect(told(list())).toEqual([
      line('at clusters/prod/flux-system/gotk-sync.yaml', '=> list flux-system under resources'),
    ]);
  });

  it('are found at the root of the repository', () => {
    const files = {
      'flux-system/gotk-sync.yaml': sync.replace('path: ./clusters/prod', 'path: ./'),
      'flux-system/gotk-components.yaml': map('c'),
      'kustomization.yaml': 'resources: [map.yaml]\n',
      'map.yaml': map('m'),
      'clusters/prod/flux-system/gotk-sync.yaml': '',
    };
    expect(told(files)).toEqual([
      line('at flux-system/gotk-sync.yaml', '=> list flux-system under resources'),
    ]);
  });

  it.each([
    ['they are listed', list(', flux-system/gotk-sync.yaml')],
    ['there is no list', { 'clusters/prod/map.yaml': map('m'), [COMPONENTS]: map('c') }],
    ['the list is not known in full', list(', "https://example.com/a.yaml"')],
    ['a ResourceSet makes Kustomizations', { ...list(', set.yaml'), 'clusters/prod/set.yaml': set }],
    [
      'the file has another name',
      {
        ...list(),
        'clusters/prod/flux-system/gotk-sync.yaml': '',
        'clusters/prod/flux-system/sync.yaml': sync,
      },
    ],
    [
      'they are beside the list',
      {
        ...list(),
        'clusters/prod/flux-system/gotk-sync.yaml': '',
        'clusters/prod/gotk-sync.yaml': sync,
        'clusters/prod/gotk-components.yaml': map('c'),
      },
    ],
    [
      'they are outside of the path',
      {
        ...list(),
        'clusters/prod/flux-system/gotk-sync.yaml': '',
        'boot/flux-system/gotk-sync.yaml': sync,
        'boot/flux-system/gotk-components.yaml': map('c'),
      },
    ],
  ])('are right where %s', (_, files: Files) => {
    expect(told(files)).toEqual([]);
  });
});
