import { checkTree } from '../../../lib/check/check-tree';
import { bootstrap, configMap, fluxKustomization, listing, treeOf } from '../../graph/tree-of';
import { found, object, type Files } from '../small-repositories';

const SUSPENDED = ['suspend: true'];

function severities(code: string, files: Files): readonly string[] {
  return found(code, files).map(({ severity }) => severity);
}

const app = (...spec: readonly string[]) => ({
  'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', spec),
});

const release = (...spec: readonly string[]) =>
  object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'shop',
    'default',
    'spec:',
    ...spec.map((one) => `  ${one}`),
  );

const unknownSource = [
  'interval: 1h',
  'chart: { spec: { chart: shop, sourceRef: { kind: HelmRepository, name: shopp } } }',
];

describe('while a Kustomization is suspended', () => {
  test('its missing path is a warning that says so', () => {
    expect(severities('path-missing', app())).toEqual(['error']);
    expect(found('path-missing', app(...SUSPENDED))).toMatchObject([
      {
        severity: 'warning',
        message: expect.stringMatching(
          /; this does no harm while Kustomization "flux-system\/apps" is suspended$/,
        ) as string,
      },
    ]);
  });

  test('what Flux refuses of its objects is a warning', () => {
    const files = { 'apps/settings.yaml': `${configMap('settings')}color: red\n` };
    expect(severities('schema-unknown-field', { ...app(), ...files })).toEqual(['error']);
    expect(severities('schema-unknown-field', { ...app(...SUSPENDED), ...files })).toEqual(['warning']);
  });

  test('what kustomize refuses of its folder is a warning, also in a folder that it lists', () => {
    const files = {
      'apps/kustomization.yaml': listing('./shop'),
      'apps/shop/kustomization.yaml': listing('gone.yaml'),
    };
    expect(severities('listed-file-missing', { ...app(), ...files })).toEqual(['error']);
    expect(severities('listed-file-missing', { ...app(...SUSPENDED), ...files })).toEqual(['warning']);
  });

  test('it names all that are suspended', () => {
    const files = {
      ...app(...SUSPENDED),
      'clusters/prod/more.yaml': fluxKustomization('more', './apps', SUSPENDED),
      'apps/kustomization.yaml': listing('gone.yaml'),
    };
    expect(found('listed-file-missing', files).map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /while Kustomization "flux-system\/apps" and Kustomization "flux-system\/more" are suspended$/,
      ),
    ]);
  });

  test('it stays an error if another Kustomization builds the same folder', () => {
    const files = {
      ...app(...SUSPENDED),
      'clusters/prod/more.yaml': fluxKustomization('more', './apps'),
      'apps/kustomization.yaml': listing('gone.yaml'),
    };
    expect(severities('listed-file-missing', files)).toEqual(['error']);
  });

  test('it stays an error if another cluster applies the same object', () => {
    const files = {
      ...app(...SUSPENDED),
      'apps/settings.yaml': `${configMap('settings')}color: red\n`,
      'clusters/test/flux-system/gotk-sync.yaml': Object.values(bootstrap)
        .join('')
        .replace('./clusters/prod', './clusters/test'),
      'clusters/test/apps.yaml': fluxKustomization('apps', './apps'),
    };
    expect(severities('schema-unknown-field', files)).toEqual(['error']);
  });

  test('a plaintext secret stays an error', () => {
    const secret = object('v1', 'Secret', 'login', 'default', 'stringData: { password: kG7rT2vXq9LmW4sB }');
    expect(severities('plaintext-secret', { ...app(...SUSPENDED), 'apps/secret.yaml': secret })).toEqual([
      'error',
    ]);
  });

  test('a warning stays as it is', () => {
    const files = {
      ...app(...SUSPENDED, 'wait: true', 'healthChecks: [{ apiVersion: v1, kind: Service, name: a }]'),
      'apps/a.yaml': configMap('a'),
    };
    const [one] = found('health-check-ignored', files);
    expect(one).toMatchObject({ severity: 'warning' });
    expect(one?.message).not.toContain('does no harm');
  });
});

describe('while a HelmRelease is suspended', () => {
  test('its missing source is a warning', () => {
    expect(severities('source-missing', { ...app(), 'apps/shop.yaml': release(...unknownSource) })).toEqual([
      'error',
    ]);
    expect(
      severities('source-missing', { ...app(), 'apps/shop.yaml': release(...unknownSource, ...SUSPENDED) }),
    ).toEqual(['warning']);
  });

  test('a field that the API server refuses stays an error', () => {
    const wrong = release(...unknownSource, ...SUSPENDED, 'intervall: 2h');
    expect(severities('schema-unknown-field', { ...app(), 'apps/shop.yaml': wrong })).toEqual(['error']);
  });

  test('a problem of another object stays an error', () => {
    const files = {
      ...app(),
      'apps/shop.yaml': release(...unknownSource, ...SUSPENDED),
      'apps/settings.yaml': `${configMap('settings')}color: red\n`,
    };
    expect(severities('schema-unknown-field', files)).toEqual(['error']);
  });
});

test('without anything suspended, no message changes', () => {
  const { findings } = checkTree(treeOf({ ...bootstrap, ...app() }));
  expect(findings.map(({ message }) => message).join()).not.toContain('does no harm');
});
