import { fluxKustomization } from '../../graph/tree-of';
import { foreign, line, lines, resourceSet, type Files } from '../small-repositories';
import { release, repository, waits } from './waiting-repositories';

const fromGit =
  'chart: { spec: { chart: ./a, sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system } } }';
const fromArtifact = 'chartRef: { kind: ExternalArtifact, name: a }';
describe('dependency-missing', () => {
  const told = (more: Files = {}) => lines('dependency-missing', repository({ shop: [waits('gone')] }, more));

  it('names what waits in vain, and where', () => {
    expect(told()).toEqual([
      line(
        'error at clusters/prod/shop.yaml',
        '(Kustomization shop spec.dependsOn[0]',
        'waits for Kustomization "flux-system/gone", which nothing in the cluster applies, so it never starts',
        '=> add it, or correct the reference',
      ),
    ]);
  });

  it('reports a HelmRelease that waits for a missing one', () => {
    const files = repository({}, { 'clusters/prod/release.yaml': release('shop', waits('gone')) });
    expect(lines('dependency-missing', files)).toEqual([line('waits for HelmRelease "flux-system/gone"')]);
  });

  it.each([
    [
      'a ResourceSet may make it',
      { 'clusters/prod/set.yaml': resourceSet('resources: [{ kind: Kustomization }]') },
      0,
    ],
    [
      'a ResourceSet makes other things',
      { 'clusters/prod/set.yaml': resourceSet('resources: [{ kind: ConfigMap }]') },
      1,
    ],
    ['there is a HelmRelease of that name', { 'apps/release.yaml': release('gone') }, 0],
    [
      'a HelmRelease of that name creates it with its chart',
      { 'apps/release.yaml': release('gone', fromGit) },
      0,
    ],
    ['there is a HelmRelease of another name', { 'apps/release.yaml': release('shop') }, 1],
  ])('has its number of findings if %s', (_, more, expected) => {
    expect(told(more)).toHaveLength(expected);
  });

  it('reports a HelmRelease that a Kustomization of its name, from another repository, may apply', () => {
    const files = repository(
      { web: [] },
      { 'clusters/prod/data.yaml': foreign('data'), 'apps/shop.yaml': release('shop', waits('data')) },
    );
    expect(lines('dependency-missing', files)).toEqual([
      line(
        'info at apps/shop.yaml',
        'waits for HelmRelease "flux-system/data", which nothing in this repository applies',
        'Kustomization "flux-system/data" applies another repository, which may install it',
      ),
    ]);
  });

  it('reports a ResourceSet that names the wrong kind, which it has to know itself', () => {
    const on = 'dependsOn: [{ apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, name: db }]';
    const files = { 'clusters/prod/set.yaml': resourceSet(on), 'apps/release.yaml': release('db') };
    expect(lines('dependency-missing', repository({ shop: [] }, files))).toEqual([
      line('error at clusters/prod/set.yaml', 'waits for Kustomization "flux-system/db", which nothing in'),
    ]);
  });

  it('accepts a name with a variable whose value is not in the files', () => {
    expect(lines('dependency-missing', repository({ shop: [waits('"${SITE}-base"')] }))).toEqual([]);
  });

  it('accepts a ResourceSet, which may wait for any object', () => {
    const files = {
      'clusters/prod/set.yaml': resourceSet('dependsOn: [{ apiVersion: v1, kind: ConfigMap, name: gone }]'),
    };
    expect(lines('dependency-missing', repository({}, files))).toEqual([]);
  });
});

describe('dependency-cross-kind', () => {
  const told = (files: Files) => lines('dependency-cross-kind', files);

  it('suggests that a Kustomization wait for the one that applies the HelmRelease', () => {
    const specs = { shop: [waits('db')], data: [] };
    const files = repository(specs, {
      'clusters/prod/data.yaml': fluxKustomization('data', './data'),
      'data/db.yaml': release('db'),
    });
    expect(told(files)).toEqual([
      line(
        'error at clusters/prod/shop.yaml:14 (Kustomization shop spec.dependsOn[0])',
        'HelmRelease "flux-system/db" is not a Kustomization; Flux waits only for the same kind',
        '=> wait for Kustomization "flux-system/data", which applies it, and set wait: true there',
      ),
    ]);
    const both = repository({ shop: [waits('db')] }, { 'clusters/prod/db.yaml': release('db') });
    expect(told(both)).toEqual([line('=> put the HelmRelease into a Kustomization of its own with wait')]);
  });

  it.each([
    ['warning', './y'],
    ['info', './infra'],
  ])('is of severity %s if another repository may have the Kustomization in %s', (severity, path) => {
    const files = repository(
      { shop: [waits('db')] },
      {
        'clusters/prod/data.yaml': fluxKustomization('data', './data'),
        'clusters/prod/other.yaml': foreign('web').replace(/path: .*/, `path: ${path}`),
        'data/db.yaml': release('db'),
      },
    );
    expect(told(files)).toEqual([
      line(
        `${severity} at clusters/prod/shop.yaml`,
        'and no file has a Kustomization of this name; Kustomization "flux-system/web" applies another',
        '=> make sure that it does; otherwise, wait for Kustomization "flux-system/data"',
      ),
    ]);
  });

  it('suggests a separate Kustomization for a HelmRelease', () => {
    const files = repository({ data: [] }, { 'apps/shop.yaml': release('shop', waits('data')) });
    expect(told(files)).toEqual([
      line(
        '(HelmRelease shop spec.dependsOn[0])',
        'Kustomization "flux-system/data" is not a HelmRelease;',
        '=> put the HelmRelease into a Kustomization that waits for the other',
      ),
    ]);
  });

  it.each([
    ['the other kind is not there either', repository({ shop: [waits('gone')] })],
    [
      'the chart of the HelmRelease, from Git, may create the Kustomization',
      repository({ shop: [waits('db')] }, { 'apps/db.yaml': release('db', fromGit) }),
    ],
    [
      'the chart of the HelmRelease, from an artifact, may create the Kustomization',
      repository({ shop: [waits('db')] }, { 'apps/db.yaml': release('db', fromArtifact) }),
    ],
    [
      'the Kustomization of another repository may apply the HelmRelease',
      repository(
        { web: [] },
        { 'clusters/prod/data.yaml': foreign('data'), 'apps/shop.yaml': release('shop', waits('data')) },
      ),
    ],
    [
      'a ResourceSet creates Kustomizations',
      repository(
        { shop: [waits('db')] },
        {
          'apps/db.yaml': release('db'),
          'clusters/prod/set.yaml': resourceSet('resources: [{ kind: Kustomization }]'),
        },
      ),
    ],
    [
      'the same kind is there, too',
      repository({ shop: [waits('db')], db: [] }, { 'apps/db.yaml': release('db') }),
    ],
    [
      'the other one is in another namespace',
      repository(
        { shop: [waits('db')] },
        { 'apps/db.yaml': release('db').replace('flux-system', 'default') },
      ),
    ],
    [
      'a ResourceSet waits, which names the kind itself',
      repository(
        { db: [] },
        {
          'clusters/prod/set.yaml': resourceSet(
            'dependsOn: [{ apiVersion: apps/v1, kind: Deployment, name: db, namespace: flux-system }]',
          ),
        },
      ),
    ],
  ])('accepts it if %s', (_, files) => {
    expect(told(files)).toEqual([]);
  });
});
