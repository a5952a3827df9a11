import { checkTree } from '../../lib/check/check-tree';
import { bootstrap, configMap, fluxKustomization, treeOf } from '../graph/tree-of';
import { count, found, object, release, type Files } from './small-repositories';

const codes = (files: Files) => checkTree(treeOf(files)).findings.map(({ code }) => code);
const list = (...resources: string[]) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resources.join(', ')}]\n`;

describe('a kustomization file that kustomize refuses', () => {
  const folder = (kustomization: string): Files => ({
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps', ['retryInterval: 1m']),
    'apps/kustomization.yaml': kustomization,
    'apps/map.yaml': configMap('map'),
    'apps/other.yaml': configMap('other'),
  });

  it('has one finding, and its possible contents have none', () => {
    expect(codes({ ...bootstrap, ...folder(`${list('map.yaml')}ressources: []\n`) })).toEqual([
      'kustomization-invalid',
    ]);
    expect(codes({ ...bootstrap, ...folder(list('map.yaml', 'othr.yaml')) })).toEqual([
      'listed-file-missing',
    ]);
    expect(codes({ ...bootstrap, ...folder(list('map.yaml')) })).toContain('file-not-listed');
  });

  it('has one finding if it is an object of another type', () => {
    const other = fluxKustomization('shop', './shop');
    expect(found('kustomization-invalid', folder(other)).map(({ field, hint }) => [field, hint])).toEqual([
      ['apiVersion', 'rename the file, for example to apps.yaml'],
    ]);
    const old = `${list('map.yaml').replace('v1beta1', 'v1')}`;
    expect(found('kustomization-invalid', folder(old)).map(({ hint }) => hint)).toEqual([
      'use kustomize.config.k8s.io/v1beta1',
    ]);
    const secret = object('v1', 'Secret', 'a', 'b', 'stringData: {}');
    expect(found('kustomization-invalid', folder(secret)).map(({ field }) => field)).toEqual(['kind']);
  });
});

describe('objects that two Kustomizations apply', () => {
  const files = (outer: string): Files => ({
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'clusters/prod/certificates.yaml': fluxKustomization('certificates', './apps/certificates'),
    'apps/kustomization.yaml': outer,
    'apps/certificates/kustomization.yaml': list('../../base'),
    'base/kustomization.yaml': list('map.yaml'),
    'base/map.yaml': configMap('map').replace('metadata:', 'metadata:\n  namespace: default'),
  });

  it('overlap if the outer one builds the inner one’s path', () => {
    expect([
      count('path-overlap', files(list('certificates'))),
      count('duplicate-owner', files(list('certificates'))),
    ]).toEqual([1, 0]);
  });

  it('have two owners if the outer one gets them from elsewhere', () => {
    expect([
      count('path-overlap', files(list('../base'))),
      count('duplicate-owner', files(list('../base'))),
    ]).toEqual([0, 1]);
  });
});

describe('a custom resource that does not wait for its CRD', () => {
  const files = (place: string): Files => ({
    'clusters/prod/databases.yaml': fluxKustomization('databases', './databases'),
    [`${place}/operator.yaml`]: release('operator', 'default', 'cloudnative-pg'),
    'databases/cluster.yaml': object(
      'postgresql.cnpg.io/v1',
      'Cluster',
      'db',
      'default',
      'spec: { instances: 1, storage: { size: 1Gi } }',
    ),
  });
  const hint = (more: Files) => found('crd-race', more).map((one) => one.hint);

  it('is not required to wait for the Kustomization that applies its own', () => {
    expect(hint(files('clusters/prod'))).toEqual([
      'move HelmRelease "default/operator" to its own Kustomization with wait: true, and add that one to spec.dependsOn',
    ]);
  });

  it('is required to wait for another one', () => {
    const apart = {
      'clusters/prod/operators.yaml': fluxKustomization('operators', './operators'),
      ...files('operators'),
    };
    expect(hint(apart)).toEqual([
      'add Kustomization "flux-system/operators" to spec.dependsOn, and set wait: true on that one',
    ]);
  });
});

describe('files that someone applies by hand, because their kustomization file is a Flux Kustomization', () => {
  it('are not orphans', () => {
    const files = {
      'manifests/source.yaml': object(
        'source.toolkit.fluxcd.io/v1',
        'GitRepository',
        'flux-system',
        'flux-system',
        'spec: { interval: 1m, url: "https://example.com/a.git" }',
      ),
      'manifests/kustomization.yaml': fluxKustomization('apps', './apps'),
      'apps/map.yaml': configMap('map').replace('metadata:', 'metadata:\n  namespace: default'),
    };
    expect(codes(files)).toEqual(['entry-guessed']);
  });
});

describe('a version that several clusters share', () => {
  const cluster = (name: string): Files => ({
    [`clusters/${name}/flux-system/gotk-sync.yaml`]: (
      bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? ''
    ).replace('clusters/prod', `clusters/${name}`),
    [`clusters/${name}/apps.yaml`]: fluxKustomization('apps', './apps'),
  });
  const files = (kustomization: string): Files => ({
    ...cluster('prod'),
    ...cluster('test'),
    'apps/kustomization.yaml': kustomization,
    'apps/shop.yaml': release('shop', 'default', 'shop'),
  });

  it('matters only if Flux installs it: not if kustomize refuses the build', () => {
    expect(count('open-version-range-shared', files(list('shop.yaml')))).toBe(1);
    const refused = files(list('shop.yaml').replace('v1beta1', 'v1'));
    expect(count('open-version-range-shared', refused)).toBe(0);
    expect(count('kustomization-invalid', refused)).toBe(1);
  });
});

describe('an API version of Kubernetes that is no longer served', () => {
  it('is to be replaced by the newest stable one, whose fields it has', () => {
    const scaler = object('autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'shop', 'default');
    const files: Files = {
      'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/scaler.yaml': scaler,
    };
    expect(found('removed-api', files).map(({ hint }) => hint)).toEqual(['use autoscaling/v2']);
  });
});

describe('files that someone applies by hand to start Flux', () => {
  it('are used: the Kustomization and its source beside it', () => {
    const sync = bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? '';
    const [source = '', kustomization = ''] = sync.split('---');
    const files: Files = {
      'source.yaml': source,
      'prod.yaml': kustomization.replace('clusters/prod', 'apps').replace(/name: flux-system/, 'name: shop'),
      'apps/map.yaml': configMap('map'),
      'other.yaml': configMap('other'),
    };
    const { findings } = checkTree(treeOf(files));
    const orphans = findings.filter(({ code }) => code === 'orphan-file');
    expect(orphans.map(({ locations }) => locations[0]?.file)).toEqual(['other.yaml']);
  });
});

describe('the kustomization of an entry path', () => {
  const files = (kustomization: string): Files => ({
    'clusters/prod/kustomization.yaml': kustomization,
    'clusters/prod/map.yaml': configMap('map'),
    'clusters/prod/flux-system/gotk-components.yaml': configMap('components'),
  });
  const forgotten = (kustomization: string) =>
    found('file-not-listed', files(kustomization)).map(({ locations: [at], hint }) => [at?.file, hint]);

  it('lists the folder of Flux itself', () => {
    expect(forgotten(list('map.yaml', 'flux-system'))).toEqual([]);
    expect(forgotten(list('map.yaml'))).toEqual([
      ['clusters/prod/flux-system/gotk-sync.yaml', 'list flux-system under resources'],
    ]);
  });

  it('says that Flux deletes its objects only if it prunes', () => {
    const sync = 'clusters/prod/flux-system/gotk-sync.yaml';
    const keeping = (bootstrap[sync] ?? '').replace('prune: true', 'prune: false');
    const texts: readonly Files[] = [{}, { [sync]: keeping }];
    const messages = texts.flatMap((more) =>
      found('file-not-listed', { ...files(list('map.yaml')), ...more }).map(({ message }) => message),
    );
    expect(messages).toEqual([
      expect.stringMatching(/as they are in Git, and deletes those that it applied before$/),
      expect.stringMatching(/as they are in Git$/),
    ]);
  });

  it('may say why it does not', () => {
    expect(forgotten(`# flux-system is applied by hand\n${list('map.yaml')}`)).toEqual([]);
  });

  it('need not list it where somebody applies the file by hand', () => {
    const { 'clusters/prod/flux-system/gotk-components.yaml': _, ...others } = files(list('map.yaml'));
    expect(count('file-not-listed', others)).toBe(0);
  });

  it('need not list it where another Kustomization applies it', () => {
    const flux = fluxKustomization('flux', './clusters/prod/flux-system');
    const both = { ...files(list('map.yaml', 'flux.yaml')), 'clusters/prod/flux.yaml': flux };
    expect(count('file-not-listed', both)).toBe(0);
  });
});
