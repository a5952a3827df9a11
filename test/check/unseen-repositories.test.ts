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

  it('has one finding, and what it may list has none', () => {
    expect(codes({ ...bootstrap, ...folder(`${list('map.yaml')}ressources: []\n`) })).toEqual([
      'kustomization-invalid',
    ]);
    expect(codes({ ...bootstrap, ...folder(list('map.yaml', 'othr.yaml')) })).toEqual([
      'listed-file-missing',
    ]);
    expect(codes({ ...bootstrap, ...folder(list('map.yaml')) })).toContain('file-not-listed');
  });

  it('has one finding where it is an object of another type', () => {
    const other = fluxKustomization('shop', './shop');
    expect(found('kustomization-invalid', folder(other)).map(({ field }) => field)).toEqual(['apiVersion']);
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

  it('overlap where the outer one builds the inner one’s path', () => {
    expect([
      count('path-overlap', files(list('certificates'))),
      count('duplicate-owner', files(list('certificates'))),
    ]).toEqual([1, 0]);
  });

  it('have two owners where the outer one gets them from elsewhere', () => {
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

  it('is not told to wait for the Kustomization that applies its own', () => {
    expect(hint(files('clusters/prod'))).toEqual([
      'move HelmRelease "default/operator" to its own Kustomization with wait: true, and add that one to spec.dependsOn',
    ]);
  });

  it('is told to wait for another', () => {
    const apart = {
      'clusters/prod/operators.yaml': fluxKustomization('operators', './operators'),
      ...files('operators'),
    };
    expect(hint(apart)).toEqual([
      'add Kustomization "flux-system/operators" to spec.dependsOn, and set wait: true on that one',
    ]);
  });
});

describe('files that someone applies by hand, as their kustomization file is one of Flux', () => {
  it('are no orphans', () => {
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
