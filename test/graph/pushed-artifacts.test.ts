import { folderPushedTo } from '../../lib/graph/entries/pushed-artifacts';
import { configMap, fluxKustomization, graphOf, kustomizationFrom, treeOf } from './tree-of';

const URL = 'oci://ghcr.io/acme/fleet/apps';
const push = (address: string, path: string, file = 'push.sh') => ({
  [file]: `flux push artifact ${address} --path=${path} --source=x\n`,
});
const folders = { 'deploy/apps/a.yaml': configMap('a'), 'infra/b.yaml': configMap('b') };

describe('the folder that CI pushes to an address', () => {
  it.each([
    [`${URL}:v1`, 'deploy/apps'],
    [URL, 'deploy/apps'],
    [`"${URL}@sha256:abc"`, 'deploy/apps'],
    ['oci://ghcr.io/${{ github.repository }}/apps:${{ github.sha }}', 'deploy/apps'],
    ['oci://$REGISTRY/acme/fleet/apps:$(git rev-parse HEAD)', 'deploy/apps'],
    ['oci://ghcr.io/{{ .ORG }}/fleet/apps', 'deploy/apps'],
    // Another address, or one that may be.
    ['oci://ghcr.io/acme/fleet/apps-2:v1', undefined],
    ['oci://ghcr.io/acme/fleet:v1', undefined],
    ['oci://quay.io/$ORG/apps:v1', undefined],
    ['oci://ghcr.io/$ORG/more-apps:v1', undefined],
    ['oci://ghcr.io/acme/fleet/$APP:v1', undefined],
    ['oci://ghcr.io/acme/fleet/${PREFIX}apps:v1', undefined],
    ['$URL', undefined],
  ])('is known: %s', (address, expected) => {
    expect(folderPushedTo(treeOf({ ...folders, ...push(address, './deploy/apps') }), URL)).toBe(expected);
  });

  it.each([
    ['of which there are two', { ...push(URL, 'infra'), ...push(URL, 'deploy/apps', 'other.sh') }],
    ['that does not exist', push(URL, 'dist')],
    ['with a variable', push(URL, '$DIR')],
    [
      'that may lie in two places',
      { ...push(URL, 'infra', 'ci/push.sh'), 'ci/infra/c.yaml': configMap('c') },
    ],
    ['of no command', {}],
  ])('is unknown: one %s', (_, files) => {
    expect(folderPushedTo(treeOf({ ...folders, ...files }), URL)).toBeUndefined();
  });

  it('may be named from the folder of the file, and by several commands', () => {
    const files = { ...push(URL, 'apps', 'deploy/push.sh'), ...push(URL, 'deploy/apps') };
    expect(folderPushedTo(treeOf({ ...folders, ...files }), URL)).toBe('deploy/apps');
  });
});

describe('a Kustomization of an artifact', () => {
  const source = [
    '---',
    'apiVersion: source.toolkit.fluxcd.io/v1',
    'kind: OCIRepository',
    'metadata: { name: apps, namespace: flux-system }',
    `spec: { interval: 1h, url: ${URL} }`,
    '',
  ].join('\n');
  const buildOf = (path: string, files: Readonly<Record<string, string>>) => {
    const { cluster, graph } = graphOf({
      'clusters/prod/apps.yaml': source + kustomizationFrom('OCIRepository', 'apps', path, 'apps'),
      'clusters/prod/more.yaml': fluxKustomization('more', './infra'),
      ...folders,
      'deploy/apps/web/c.yaml': configMap('c'),
      ...files,
    });
    const build = cluster.nodes.find(({ id }) => id === 'Kustomization/flux-system/apps')?.build;
    const names = build?.inventory.map(({ identity }) => identity.name);
    return [build?.source, names, graph.findings.map(({ code }) => code)];
  };
  const pushed = push(`${URL}:latest`, './deploy/apps');

  it.each([
    ['./', pushed, ['repository', ['a', 'c'], []]],
    ['./web', pushed, ['repository', ['c'], []]],
    ['./', { ...pushed, 'deploy/apps/.sourceignore': 'web/\n' }, ['repository', ['a'], []]],
    ['./', {}, ['outside', [], []]],
    // CI may make more files.
    ['./api', pushed, ['outside', [], []]],
    ['./infra', pushed, ['outside', [], []]],
  ])('builds from the folder that CI pushes to its address: %s', (path, files, expected) => {
    expect(buildOf(path, files)).toEqual(expected);
  });
});
