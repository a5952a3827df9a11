import { checkTree } from '../../../../lib/check/check-tree';
import { bootstrap, fluxKustomization, listing, treeOf } from '../../../graph/tree-of';
import type { Files } from '../../small-repositories';

const base = listing('release.yaml', 'repository.yaml');
const release = [
  'apiVersion: helm.toolkit.fluxcd.io/v2',
  'kind: HelmRelease',
  'metadata:',
  '  name: shop',
  '  namespace: shop',
  'spec:',
  '  interval: 1h',
  '  chart:',
  '    spec:',
  '      chart: shop',
  '      version: 1.0.0',
  '      sourceRef:',
  '        kind: HelmRepository',
  '        name: shop',
  '',
].join('\n');
const repository =
  'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: shop, namespace: shop}\nspec: {interval: 1h, url: "https://charts.example.com"}\n';
const files: Files = {
  ...bootstrap,
  'clusters/prod/shop.yaml': fluxKustomization('shop', './env/prod'),
  'base/kustomization.yaml': base,
  'base/release.yaml': release,
  'base/repository.yaml': repository,
  'env/prod/kustomization.yaml': `${listing('../../base')}patches: [{path: patch.yaml}]\n`,
};
const patch = (...lines: string[]) =>
  [
    'kind: HelmRelease',
    'apiVersion: helm.toolkit.fluxcd.io/v2',
    'metadata:',
    '  name: shop',
    '  namespace: shop',
    ...lines,
    '',
  ].join('\n');

/** The places of the findings with a code. */
function placesOf(code: string, more: Files) {
  const { findings } = checkTree(treeOf({ ...files, ...more }));
  return findings
    .filter((found) => found.code === code)
    .map(({ locations }) => locations.map(({ file, line }) => `${file}:${line}`));
}

describe('a field that a patch sets', () => {
  it('is shown in the patch if the object is refused because of it', () => {
    const unknown = patch('  labels: {app: shop}', '  values: {replicas: 2, image: {tag: a}}');
    expect(placesOf('schema-unknown-field', { 'env/prod/patch.yaml': unknown })).toEqual([
      ['env/prod/patch.yaml:7', 'base/release.yaml:1'],
    ]);
  });

  it('is shown in the patch if a rule finds it', () => {
    const other = patch('spec:', '  dependsOn: [{name: gone}]', '  timeout: 1s');
    const missing = patch(
      'spec:',
      '  chart:',
      '    spec:',
      '      sourceRef: {kind: HelmRepository, name: shpo}',
    );
    expect(placesOf('source-missing', { 'env/prod/patch.yaml': missing })).toEqual([
      ['env/prod/patch.yaml:9', 'base/release.yaml:1'],
    ]);
    expect(placesOf('dependency-missing', { 'env/prod/patch.yaml': other })).toEqual([
      ['env/prod/patch.yaml:7', 'base/release.yaml:1'],
    ]);
  });

  it('is shown in the object if only that has it', () => {
    const wrong = release.replace(
      'name: shop\n  namespace: shop',
      'name: shop\n  namespace: shop\n  team: web',
    );
    expect(
      placesOf('schema-unknown-field', {
        'base/release.yaml': wrong,
        'env/prod/patch.yaml': patch('spec: {timeout: 5m}'),
      }),
    ).toEqual([['base/release.yaml:6']]);
  });

  it('is shown in the object if that has the same value', () => {
    const wrong = release.replace('  namespace: shop', '  namespace: shop\n  team: web');
    const files = { 'base/release.yaml': wrong, 'env/prod/patch.yaml': patch('  team: web') };
    expect(placesOf('schema-unknown-field', files)).toEqual([['base/release.yaml:6']]);
  });

  it.each([
    ['another file', 'base/other.yaml', ''],
    ['the file of the object', 'base/release.yaml', release],
  ])('is not shown at another object of %s that has the same value', (_, file, before) => {
    const other = release.replace('name: shop', 'name: other').replace(/name: shop\n$/, 'name: gone\n');
    const more = {
      'base/kustomization.yaml': listing(...new Set(['release.yaml', 'repository.yaml', file.slice(5)])),
      [file]: before && `${before}---\n`,
    };
    const patches = (entry: string) => ({
      'env/prod/kustomization.yaml': `${listing('../../base')}patches: [${entry}]\n`,
    });
    const operation = '- {op: replace, path: /spec/chart/spec/sourceRef/name, value: gone}';
    const inline = patches(`{target: {kind: HelmRelease, name: shop}, patch: "${operation}"}`);
    const places = placesOf('source-missing', { ...more, ...inline, [file]: `${more[file]}${other}` });
    expect(places).toContainEqual(['env/prod/kustomization.yaml:4', 'base/release.yaml:1']);
    const reference = ['    spec:', '      sourceRef: {kind: HelmRepository, name: gone}'];
    const both = placesOf('source-missing', {
      ...more,
      [file]: `${more[file]}${other}`,
      'env/prod/patch.yaml': patch('spec:', '  chart:', ...reference),
    });
    expect(both).toContainEqual(['env/prod/patch.yaml:9', 'base/release.yaml:1']);
  });

  it('is shown at the document of the patch that is of the kind', () => {
    const labels = '  labels: {app: shop}\n  team: web\n';
    const twice = `kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: shop\n  namespace: shop\n${labels}---\n${patch(labels)}`;
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop, namespace: shop}\n';
    const places = placesOf('schema-unknown-field', {
      'base/map.yaml': map,
      'base/kustomization.yaml': listing('release.yaml', 'repository.yaml', 'map.yaml'),
      'env/prod/patch.yaml': twice,
    });
    expect(places).toContainEqual(['env/prod/patch.yaml:15', 'base/release.yaml:1']);
  });

  describe('inside a kustomization file or a Kustomization', () => {
    const inside = (...entries: string[]) =>
      placesOf('source-missing', {
        'env/prod/kustomization.yaml': `${listing('../../base')}patches:\n${entries.map((one) => `  - ${one}\n`).join('')}`,
      });
    const shown = ['env/prod/kustomization.yaml:5', 'base/release.yaml:1'];
    const merge = (name: string) =>
      JSON.stringify({
        kind: 'HelmRelease',
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        metadata: { name: 'shop', namespace: 'shop' },
        spec: { chart: { spec: { sourceRef: { kind: 'HelmRepository', name } } } },
      });
    const operation = (path: string, value: string, op = 'replace', kind = 'HelmRelease') =>
      `{ target: { kind: ${kind} }, patch: '[{ "op": "${op}", "path": "/spec/chart/spec/${path}", "value": ${value} }]' }`;

    it.each([
      ['an object that is merged', `patch: '${merge('gone')}'`],
      ['an operation', operation('sourceRef', '{ "kind": "HelmRepository", "name": "gone" }')],
      [
        'an operation that adds',
        operation('sourceRef', '{ "kind": "HelmRepository", "name": "gone" }', 'add'),
      ],
      ['an operation on a part of the field', operation('sourceRef/name', '"gone"')],
      [
        'an operation on a field around it',
        `{ target: { kind: HelmRelease }, patch: '[{ "op": "replace", "path": "/spec/chart", "value": { "spec": { "chart": "shop", "version": "1.0.0", "sourceRef": { "kind": "HelmRepository", "name": "gone" } } } }]' }`,
      ],
    ])('is shown at %s', (_, entry) => {
      expect(inside(entry)).toEqual([shown]);
    });

    it('is shown at the object if two set it', () => {
      const both = inside(`patch: '${merge('gone')}'`, operation('sourceRef/name', '"gone"'));
      expect(both).toEqual([['base/release.yaml:12']]);
    });

    it('is shown at the one of several that sets it', () => {
      const other = operation('sourceRef/name', '"gone"', 'replace', 'HelmChart');
      const early = operation('sourceRef/name', '"early"');
      const version = operation('version', '"gone"');
      const repository = `patch: '{ "kind": "HelmRepository", "apiVersion": "source.toolkit.fluxcd.io/v1", "metadata": { "name": "shop", "namespace": "shop" }, "spec": { "interval": "2h" } }'`;
      const test = operation('sourceRef/name', '"gone"', 'test');
      const patches = [repository, other, early, operation('sourceRef/name', '"gone"'), version, test];
      expect(inside(...patches)).toEqual([['env/prod/kustomization.yaml:8', 'base/release.yaml:1']]);
    });

    it('is shown in a file with operations', () => {
      const files = {
        'env/prod/kustomization.yaml': `${listing('../../base')}patches: [{ path: patch.yaml, target: { kind: HelmRelease } }]\n`,
        'env/prod/patch.yaml': '- { op: replace, path: /spec/chart/spec/sourceRef/name, value: gone }\n',
      };
      expect(placesOf('source-missing', files)).toEqual([['env/prod/patch.yaml:1', 'base/release.yaml:1']]);
    });

    it('is shown there if it is in a list', () => {
      const waits = (name: string) =>
        `{ target: { kind: HelmRelease }, patch: '[{ "op": "add", "path": "/spec/dependsOn", "value": [{ "name": "${name}" }] }]' }`;
      const merged = `patch: '{ "kind": "HelmRelease", "apiVersion": "helm.toolkit.fluxcd.io/v2", "metadata": { "name": "shop", "namespace": "shop" }, "spec": { "dependsOn": [{ "name": "gone" }] } }'`;
      const places = (entry: string) =>
        placesOf('dependency-missing', {
          'env/prod/kustomization.yaml': `${listing('../../base')}patches:\n  - ${entry}\n`,
        });
      expect(places(waits('gone'))).toEqual([shown]);
      expect(places(merged)).toEqual([shown]);
    });

    it('is shown at the operation in a file with several', () => {
      const files = {
        'env/prod/kustomization.yaml': `${listing('../../base')}patches: [{ path: patch.yaml, target: { kind: HelmRelease } }]\n`,
        'env/prod/patch.yaml':
          '- { op: replace, path: /spec/interval, value: 2h }\n- { op: replace, path: /spec/chart/spec/sourceRef/name, value: gone }\n',
      };
      expect(placesOf('source-missing', files)).toEqual([['env/prod/patch.yaml:2', 'base/release.yaml:1']]);
    });

    it.each([
      ['role-missing', 'RoleBinding', '/roleRef/name', 'raeder'],
      ['service-port-missing', 'Ingress', '/spec/defaultBackend/service/port/number', 81],
    ])('is shown at it by %s', (code, kind, path, value) => {
      const applied = [
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: reader, namespace: shop }\nrules: []\n',
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: b, namespace: shop }\nroleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }\nsubjects: []\n',
        'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: { ports: [{ port: 80 }] }\n',
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web, namespace: shop }\nspec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }\n',
      ];
      const places = placesOf(code, {
        'base/release.yaml': applied.join('---\n'),
        'env/prod/kustomization.yaml': `${listing('../../base')}patches:\n  - target: { kind: ${kind} }\n    patch: '${JSON.stringify([{ op: 'replace', path, value }])}'\n`,
      });
      expect(places).toEqual([
        ['env/prod/kustomization.yaml:6', expect.stringMatching(/^base\/release.yaml:/)],
      ]);
    });

    it.each([
      ['schema-unknown-field', { op: 'add', path: '/spec/tiemout', value: '5m' }],
      ['plaintext-secret', { op: 'add', path: '/spec/values', value: { password: 'hunter2' } }],
    ])('is shown at a patch of the Kustomization that applies the object: %s', (code, operation) => {
      const patches = [
        'patches:',
        '  - target: { kind: HelmRelease }',
        `    patch: '${JSON.stringify([operation])}'`,
      ];
      const places = placesOf(code, {
        'clusters/prod/shop.yaml': fluxKustomization('shop', './env/prod', patches),
        'env/prod/kustomization.yaml': listing('../../base'),
      });
      expect(places).toEqual([['clusters/prod/shop.yaml:16', 'base/release.yaml:1']]);
    });

    it('is shown at a patch of the Kustomization that applies the object', () => {
      const patches = [
        'patches:',
        '  - target: { kind: HelmRelease }',
        '    patch: |',
        '      - { op: replace, path: /spec/chart/spec/sourceRef/name, value: gone }',
      ];
      expect(
        placesOf('source-missing', {
          'clusters/prod/shop.yaml': fluxKustomization('shop', './env/prod', patches),
          'env/prod/kustomization.yaml': listing('../../base'),
        }),
      ).toEqual([['clusters/prod/shop.yaml:16', 'base/release.yaml:1']]);
    });
  });
});

describe('a field in a list', () => {
  const deployment = [
    'apiVersion: apps/v1',
    'kind: Deployment',
    'metadata: { name: web, namespace: shop }',
    'spec:',
    '  selector: { matchLabels: { app: web } }',
    '  template:',
    '    metadata: { labels: { app: web } }',
    '    spec:',
    '      containers:',
    '        - name: web',
    '          image: web:1',
    '          env:',
    '            - { name: A, value: a }',
    '',
  ].join('\n');
  const env = '/spec/template/spec/containers/0/env';
  /** The places of what is wrong with the Deployment after patches of the overlay, and files of these. */
  const places = (code: string, entries: readonly string[], more: Files = {}) =>
    placesOf(code, {
      'base/release.yaml': deployment,
      'env/prod/kustomization.yaml': `${listing('../../base')}patches:\n${entries.map((one) => `  - ${one}\n`).join('')}`,
      ...more,
    });
  const operation = (op: object) => `{ target: { kind: Deployment }, patch: '${JSON.stringify([op])}' }`;
  const wrong = { name: 'B', mountPath: 'b' };
  const inline = ['env/prod/kustomization.yaml:5', 'base/release.yaml:1'];
  const merge = (containers: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { template: { spec: { containers: ${containers} } } }\n`;

  it.each([
    ['appends the item', operation({ op: 'add', path: `${env}/-`, value: wrong })],
    ['inserts the item', operation({ op: 'add', path: `${env}/0`, value: wrong })],
    ['sets the list', operation({ op: 'replace', path: env, value: [{ name: 'A', value: 'a' }, wrong] })],
    ['sets the field', operation({ op: 'add', path: `${env}/0/mountPath`, value: 'b' })],
    [
      'merges the item',
      `patch: ${JSON.stringify(merge('[{ name: web, env: [{ name: B, mountPath: b }] }]'))}`,
    ],
  ])('is shown at the patch that %s', (_, entry) => {
    expect(places('schema-unknown-field', [entry])).toEqual([inline]);
  });

  it('is shown at the patch that sets it after another one has moved the item', () => {
    const moved = operation({ op: 'add', path: `${env}/0`, value: { name: 'C', value: 'c' } });
    const found = places('schema-unknown-field', [
      operation({ op: 'add', path: `${env}/-`, value: wrong }),
      moved,
    ]);
    expect(found).toEqual([inline]);
  });

  it('is shown at its own line in a file that is merged', () => {
    const file = merge(
      '\n  [{ name: other, image: "other:1", env: [{ name: A, value: a }] },\n  { name: web, env: [{ name: B, mountPath: b }] }]',
    );
    expect(places('schema-unknown-field', ['path: patch.yaml'], { 'env/prod/patch.yaml': file })).toEqual([
      ['env/prod/patch.yaml:6', 'base/release.yaml:1'],
    ]);
  });

  it('is shown in the object if that has the item, wherever the patch moves it', () => {
    const own = deployment.replace('{ name: A, value: a }', '{ name: A, mountPath: a }');
    const first = operation({ op: 'add', path: `${env}/0`, value: { name: 'C', value: 'c' } });
    expect(places('schema-unknown-field', [first], { 'base/release.yaml': own })).toEqual([
      ['base/release.yaml:13'],
    ]);
  });

  it.each([
    ['adds an item without it', operation({ op: 'add', path: `${env}/-`, value: { value: 'b' } })],
    ['removes it', operation({ op: 'remove', path: `${env}/0/name` })],
    ['removes what is around it', operation({ op: 'remove', path: '/spec/selector' })],
    [
      'sets it to null',
      `patch: ${JSON.stringify('apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { selector: null }\n')}`,
    ],
  ])('that is missing is shown at the patch that %s', (_, entry) => {
    expect(places('schema-required', [entry])).toEqual([inline]);
  });

  it('that is missing is shown in the object if no patch takes it out', () => {
    const without = deployment.replace('{ name: A, value: a }', '{ value: a }');
    const other = operation({ op: 'add', path: `${env}/-`, value: { name: 'B', value: 'b' } });
    expect(places('schema-required', [other], { 'base/release.yaml': without })).toEqual([
      ['base/release.yaml:13'],
    ]);
  });
});

it('does not take a part of the spec that a patch sets for what is wrong with the spec', () => {
  const waiting = fluxKustomization('web', './web', ['dependsOn: [{ name: shop }]']);
  const web = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\n';
  const found = placesOf('dependency-not-ready', {
    'clusters/prod/kustomization.yaml': `${listing('flux-system/gotk-sync.yaml', 'shop.yaml', 'web.yaml')}patches:\n  - target: { kind: Kustomization, name: shop }\n    patch: '[{ "op": "replace", "path": "/spec/interval", "value": "1h" }]'\n`,
    'clusters/prod/web.yaml': waiting,
    'web/web.yaml': web,
    'base/release.yaml': web.replaceAll('web', 'shop'),
  });
  expect(found).toEqual([[expect.stringMatching(/^clusters\/prod\/shop.yaml:/)]]);
});
