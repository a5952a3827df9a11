import { checkTree, type CheckOptions } from '../../../lib/check/check-tree';
import { byCause } from '../../../lib/findings/causes';
import { LoadedTree } from '../../../lib/tree/loaded-tree';
import type { Tree } from '../../../lib/tree/tree';
import { bootstrap, fluxKustomization, treeOf } from '../../graph/tree-of';
import { found, inLine, line, lines, object, type Files } from '../small-repositories';

const PASSWORD = 'tr0ub4dor&3xYz';
const told = (files: Files) =>
  lines('plaintext-secret', { 'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'), ...files });
const codesOf = (tree: Tree, options?: CheckOptions) =>
  checkTree(tree, options).findings.map(({ code }) => code);
const entry = (kind: string, key = 'password') =>
  object(
    'v1',
    kind,
    'a',
    'default',
    `${kind === 'Secret' ? 'stringData' : 'data'}: { ${key}: "${PASSWORD}" }`,
  );

describe('plaintext-secret', () => {
  it.each([
    ['a Secret', entry('Secret'), 'error at apps/a.yaml:', '(Secret a stringData.password)'],
    ['a ConfigMap', entry('ConfigMap'), 'warning at apps/a.yaml:', '(ConfigMap a data.password)'],
  ])('finds %s at its own file', (_, text, place, what) => {
    expect(told({ 'apps/a.yaml': text })).toEqual([line(place, what)]);
  });

  it('makes one finding of all credentials of an object, and one for each object', () => {
    const two = entry('ConfigMap').replace('password:', `token: "${PASSWORD}", password:`);
    const files = { 'apps/a.yaml': two, 'apps/b.yaml': two.replace('name: a', 'name: b') };
    const apps = { 'clusters/prod/apps.yaml': fluxKustomization('apps', './apps') };
    const summed = byCause(found('plaintext-secret', { ...apps, ...files }));
    expect(summed.map(inLine)).toEqual([
      line('warning at apps/a.yaml:', 'ConfigMap "default/a" contains several credentials in plain text =>'),
      line('warning at apps/b.yaml:', 'ConfigMap "default/b" contains several credentials in plain text =>'),
    ]);
    expect(summed.map(({ occurrences }) => occurrences?.length)).toEqual([2, 2]);
  });

  describe('in a value of a release that a patch sets', () => {
    const release = (password: string) =>
      object(
        'helm.toolkit.fluxcd.io/v2',
        'HelmRelease',
        'a',
        'default',
        'spec:',
        `  values: { db: { password: ${password} } }`,
      );
    const patched = (base: string, more: Files = {}) =>
      told({
        'apps/kustomization.yaml': 'resources: [a.yaml]\npatches: [{ path: patch.yaml }]\n',
        'apps/a.yaml': base,
        'apps/patch.yaml': release(PASSWORD),
        ...more,
      });
    const noValues = object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'a',
      'default',
      'spec: { values: {} }',
    );

    it('shows the patch, and the object', () => {
      expect(patched(noValues)).toEqual([
        line(
          'error at apps/patch.yaml:6:spec.values.db.password, apps/a.yaml:2 (HelmRelease a spec.values.db.password)',
        ),
      ]);
    });

    it.each([
      ['its file has the same value', release(PASSWORD), {}],
      [
        'its file has the value',
        release(PASSWORD),
        { 'apps/patch.yaml': '', 'apps/kustomization.yaml': 'resources: [a.yaml]\n' },
      ],
      [
        'two patches set it',
        noValues,
        {
          'apps/kustomization.yaml':
            'resources: [a.yaml]\npatches: [{ path: patch.yaml }, { path: again.yaml }]\n',
          'apps/again.yaml': release(PASSWORD),
        },
      ],
    ])('shows the object alone if %s', (_, base, more: Files) => {
      expect(patched(base, more)).toEqual([line('error at apps/a.yaml:')]);
      expect(patched(base, more)[0]).not.toContain(', apps/');
    });

    it.each([
      [
        'a patch without a file sets it',
        noValues,
        {
          'apps/kustomization.yaml': `resources: [a.yaml]\npatches: [{ target: { kind: HelmRelease }, patch: '[{"op": "replace", "path": "/spec/values", "value": {"db": {"password": "${PASSWORD}"}}}]' }]\n`,
        },
      ],
      [
        'an object of another kind has it',
        noValues,
        {
          'apps/kustomization.yaml': `resources: [a.yaml, patch.yaml]\npatches: [{ target: { kind: HelmRelease }, patch: '[{"op": "replace", "path": "/spec/values", "value": {"db": {"password": "${PASSWORD}"}}}]' }]\n`,
          'apps/patch.yaml': release(PASSWORD).replace('HelmRelease', 'Other'),
        },
      ],
    ])('shows the patch inside the kustomization file if %s', (_, base, more: Files) => {
      expect(patched(base, more)).toEqual([
        line('error at apps/kustomization.yaml:2:patches[0].patch, apps/a.yaml:2'),
      ]);
    });
  });

  it('shows the file that a generator reads', () => {
    const generated = (generator: string) =>
      told({
        'apps/kustomization.yaml': `${generator}: [{ name: a, namespace: default, files: [password] }]\n`,
        'apps/password': PASSWORD,
      });
    expect(generated('secretGenerator')).toEqual([
      line('error at apps/password, apps/kustomization.yaml', '(Secret a', 'data.password)'),
    ]);
    expect(generated('configMapGenerator')).toEqual([
      line('warning at apps/password, apps/kustomization.yaml', '(ConfigMap a', 'data.password)'),
    ]);
  });

  it('shows the kustomization where the value stands in it', () => {
    const text = `secretGenerator: [{ name: a, namespace: default, literals: ["password=${PASSWORD}"] }]\n`;
    expect(told({ 'apps/kustomization.yaml': text, 'apps/password': 'x' })).toEqual([
      line('at apps/kustomization.yaml', '(Secret a'),
    ]);
  });

  describe('in a build whose patch does not exist', () => {
    const overlay = (patch: string) => `resources: [../base]\npatches: [{ path: ${patch} }]\n`;
    const overlays = (first: string): Files => ({
      'clusters/prod/apps.yaml': fluxKustomization('apps', './stage'),
      'clusters/prod/more.yaml': fluxKustomization('more', './prod'),
      'base/kustomization.yaml': 'resources: [a.yaml]\n',
      'base/a.yaml': entry('Secret'),
      'stage/kustomization.yaml': overlay('missing.yaml'),
      'prod/kustomization.yaml': overlay('patch.yaml'),
      'prod/patch.yaml': entry('Secret').replace(PASSWORD, first),
    });

    it('passes a value that a patch of all other builds replaces', () => {
      expect(told(overlays('PLACEHOLDER'))).toEqual([]);
    });

    it('finds a value that another build has, too, and one that no other build has', () => {
      expect(told(overlays('0ther-Passw0rd'))).toEqual([
        line('error at base/a.yaml:'),
        line('error at prod/patch.yaml:'),
      ]);
      const { 'clusters/prod/more.yaml': _, ...one } = overlays('PLACEHOLDER');
      expect(told(one)).toEqual([line('error at base/a.yaml:')]);
    });
  });

  it('names only the clusters in which no patch replaces the value', () => {
    const sync = bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? '';
    const [one] = found('plaintext-secret', {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './base'),
      'clusters/third/flux-system/gotk-sync.yaml': sync.replaceAll('clusters/prod', 'clusters/third'),
      'clusters/third/apps.yaml': fluxKustomization('apps', './base'),
      'clusters/other/flux-system/gotk-sync.yaml': sync.replaceAll('clusters/prod', 'clusters/other'),
      'clusters/other/apps.yaml': fluxKustomization('apps', './over'),
      'base/kustomization.yaml': 'resources: [a.yaml]\n',
      'base/a.yaml': entry('Secret'),
      'over/kustomization.yaml': 'resources: [../base]\npatches: [{ path: patch.yaml }]\n',
      'over/patch.yaml': entry('Secret').replace(PASSWORD, 'PLACEHOLDER'),
    });
    expect(one?.usedBy?.map(({ cluster }) => cluster)).toEqual(['prod', 'third']);
  });

  it('counts the entries of a Secret in one file, and those of another file apart', () => {
    const more = `${entry('Secret').trimEnd().slice(0, -1)}, token: "${PASSWORD}", api-key: "${PASSWORD}" }\n`;
    expect(told({ 'apps/a.yaml': more })).toEqual([
      line('error at apps/a.yaml:5', 'contains "password" and 2 more in plain text'),
    ]);
    const generator = 'secretGenerator: [{ name: a, namespace: default, files: [password, token] }]\n';
    expect(
      told({ 'apps/kustomization.yaml': generator, 'apps/password': PASSWORD, 'apps/token': PASSWORD }),
    ).toEqual([line('error at apps/password'), line('error at apps/token')]);
  });

  it('names each value of a release', () => {
    const values = `  values: { db: { password: ${PASSWORD} }, cache: { password: ${PASSWORD} } }`;
    const all = object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'a', 'default', 'spec:', values);
    expect(told({ 'apps/a.yaml': all })).toEqual([
      line('(HelmRelease a spec.values.db.password)'),
      line('(HelmRelease a spec.values.cache.password)'),
    ]);
  });

  it('passes other entries, and values in other objects that are no credential', () => {
    expect(told({ 'apps/a.yaml': entry('ConfigMap', 'colour') })).toEqual([]);
    expect(
      told({
        'apps/a.yaml': object('acme.io/v1', 'Secret', 'a', 'default', `data: { password: "${PASSWORD}" }`),
      }),
    ).toEqual([]);
  });
});

describe('retry-interval-default', () => {
  const CODE = 'retry-interval-default';
  const intervals = (...all: readonly string[]): Files => ({
    ...Object.fromEntries(
      all.map((text, index) => [
        `clusters/prod/k${index}.yaml`,
        fluxKustomization(`k${index}`, './apps').replace('interval: 10m', text),
      ]),
    ),
    'apps/a.yaml': object('v1', 'ConfigMap', 'a', 'default'),
  });

  it.each([
    ['one', ['interval: 1h'], 'this Kustomization has no retryInterval', 'up to 1h'],
    [
      'the longest of three',
      ['interval: 10m', 'interval: 2h', 'interval: 1h'],
      'this Kustomization and 2 more have no retryInterval',
      'up to 2h',
    ],
    [
      'those that set none',
      ['interval: 10m', 'interval: 2h\n  retryInterval: 1m', 'interval: 5m'],
      'this Kustomization has no retryInterval',
      'up to 10m',
    ],
  ])('names %s', (_, all, ...words) => {
    expect(lines(CODE, intervals(...all))).toEqual([
      line(
        'info at clusters/prod/k0.yaml:8 (Kustomization k0 spec.interval)',
        ...words,
        '=> set spec.retryInterval',
      ),
    ]);
  });

  it('passes the Kustomization that bootstrap writes', () => {
    expect(lines(CODE, {})).toEqual([]);
  });

  describe('a private key in a file that nothing builds', () => {
    const KEY = `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}\n-----END PRIVATE KEY-----\n`;
    const machine = `cluster:\n  inlineManifests: |\n    key: ${Buffer.from(KEY).toString('base64')}\n`;

    it('is found', () => {
      expect(told({ 'talos/machine.yaml': machine, 'apps/a.yaml': object('v1', 'Namespace', 'a') })).toEqual([
        line('warning at talos/machine.yaml:3 ', 'contains a private key'),
      ]);
    });

    it('is found where Flux starts nowhere', () => {
      const tree = treeOf({ 'apps/kustomization.yaml': 'resources: []\n', 'talos/machine.yaml': machine });
      expect(codesOf(tree)).toContain('plaintext-secret');
    });

    it.each(['docs/machine.yaml', 'talos/examples/machine.yaml', 'apps/machine.yaml'])(
      'is not found in %s',
      (path) => {
        const files = { [path]: machine, 'apps/a.yaml': object('v1', 'Namespace', 'a') };
        expect(
          told({
            'apps/kustomization.yaml':
              'resources: [a.yaml]\npatches: [{ path: machine.yaml, target: { kind: None } }]\n',
            'apps/machine.yaml': '',
            ...files,
          }),
        ).toEqual([]);
      },
    );

    it('is not found if git leaves the file out', () => {
      const files = { 'talos/machine.yaml': machine, 'apps/a.yaml': object('v1', 'Namespace', 'a') };
      expect(told({ ...files, 'talos/.gitignore': '*.yaml\n' })).toEqual([]);
      expect(told({ ...files, 'apps/.gitignore': '*.yaml\n' })).toHaveLength(1);
    });

    it('is not found if only some clusters are checked', () => {
      const tree = treeOf({ ...bootstrap, 'talos/machine.yaml': machine });
      expect(codesOf(tree)).toContain('plaintext-secret');
      expect(codesOf(tree, { partial: true })).not.toContain('plaintext-secret');
    });
  });
});

describe('files beside the manifests', () => {
  const AGE = `# created: 2026-01-01T00:00:00Z\nAGE-SECRET-KEY-1${'Q'.repeat(58)}\n`;
  const PGP = `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${'A'.repeat(64)}\n`;
  const TLS = `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}\n`;
  const onDisk = (others: Files, manifests: Files = {}) => {
    const { files } = treeOf({ ...bootstrap, ...manifests });
    const tree = new LoadedTree(files, new Set(Object.keys(others)), (path) =>
      Buffer.from(others[path] ?? ''),
    );
    const { findings } = checkTree(tree);
    return findings.filter(({ code }) => code === 'plaintext-secret').map(inLine);
  };

  it.each([
    ['age.agekey', AGE],
    ['secrets/key.txt', AGE],
    ['keys', AGE],
    ['private.asc', PGP],
  ])('has a key for sops in %s', (path, text) => {
    expect(onDisk({ [path]: text })).toEqual([
      line(`warning at ${path}:`, 'contains a private key in plain text'),
    ]);
  });

  it.each([
    ['public.asc', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n'],
    ['certs/dev.key', TLS],
    ['docs/key.txt', AGE],
    ['main.go', AGE],
  ])('has none in %s', (path, text) => {
    expect(onDisk({ [path]: text })).toEqual([]);
  });

  it('leaves out what git leaves out', () => {
    expect(onDisk({ 'age.agekey': AGE, '.gitignore': '*.agekey\n' })).toEqual([]);
  });

  const plain = entry('Secret');
  const encrypted = `${plain.replace(PASSWORD, 'ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]')}sops:\n  mac: ENC[AES256_GCM,data:a,iv:b,tag:c,type:str]\n`;

  it.each([
    ['x/secret.yaml', 'x/secret.yaml.bak'],
    ['x/secret.yaml', 'x/secret.yaml~'],
    ['x/secret.yml', 'x/secret.dec.yml'],
    ['x/secret.enc.yaml', 'x/secret.dec.yaml'],
    ['x/secret.sops.yaml', 'x/secret.decrypted.yaml'],
  ])('have in plain text what %s has encrypted: %s', (original, copy) => {
    expect(onDisk({ [copy]: plain }, { [original]: encrypted })).toEqual([
      line(
        `warning at ${copy}:`,
        `contains in plain text what "${original}" has encrypted => remove the file`,
      ),
    ]);
  });

  it.each<[string, Files, Files]>([
    ['the other file is not encrypted', { 'secret.yaml.bak': plain }, { 'secret.yaml': plain }],
    ['there is no other file', { 'secret.yaml.bak': plain }, {}],
    ['the copy is encrypted as well', { 'secret.yaml.bak': encrypted }, { 'secret.yaml': encrypted }],
    ['the copy is no Secret', { 'secret.yaml.bak': entry('ConfigMap') }, { 'secret.yaml': encrypted }],
    [
      'the copy has only placeholders',
      { 'secret.yaml.bak': plain.replace(PASSWORD, 'changeme') },
      { 'secret.yaml': encrypted },
    ],
    ['the copy is not valid YAML', { 'secret.yaml.bak': `${plain}{` }, { 'secret.yaml': encrypted }],
    ['the copy is an example', { 'docs/secret.yaml.bak': plain }, { 'docs/secret.yaml': encrypted }],
    [
      'git leaves it out',
      { 'secret.yaml.bak': plain, '.gitignore': '*.bak\n' },
      { 'secret.yaml': encrypted },
    ],
    ['its name says nothing', { 'secret.yaml.tpl': plain }, { 'secret.yaml': encrypted }],
  ])('are fine if %s', (_, others, manifests) => {
    expect(onDisk(others, manifests)).toEqual([]);
  });
});
