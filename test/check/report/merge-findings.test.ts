import { checkTree } from '../../../lib/check/check-tree';
import { formatSarif } from '../../../lib/check/report/format-sarif';
import { formatFinding } from '../../../lib/findings/format';
import type { Finding } from '../../../lib/findings/finding';
import { bootstrap, configMap, fluxKustomization, treeOf } from '../../graph/tree-of';

type Files = Readonly<Record<string, string>>;

const release = (password = 'hunter2') =>
  [
    'apiVersion: helm.toolkit.fluxcd.io/v2',
    'kind: HelmRelease',
    'metadata: { name: shop }',
    'spec:',
    '  interval: 1h',
    '  chartRef: { kind: OCIRepository, name: shop, namespace: flux-system }',
    '  values:',
    `    password: ${password}`,
    '',
  ].join('\n');
const overlay = (name: string, more = ''): Files => ({
  [`clusters/prod/${name}.yaml`]: fluxKustomization(name, `./overlays/${name}`),
  [`overlays/${name}/kustomization.yaml`]: `namespace: ${name}\nresources: [../../base]\n${more}`,
});
const base = { 'base/kustomization.yaml': 'resources: [release.yaml]\n', 'base/release.yaml': release() };

function secretsOf(files: Files): readonly Finding[] {
  const { findings } = checkTree(treeOf({ ...bootstrap, ...files }));
  return findings.filter(({ code }) => code === 'plaintext-secret');
}

/** Two clusters, `prod` and `test`, that apply the same file, each with the values of its own. */
function twoClusters(shared: string, prod: string, test: string): Files {
  const of = (name: string, values: string): Files => ({
    [`clusters/${name}/flux-system/gotk-sync.yaml`]: (
      bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? ''
    ).replaceAll('clusters/prod', `clusters/${name}`),
    [`clusters/${name}/shared.yaml`]: fluxKustomization('shared', './shared', [
      `postBuild: { substitute: { ${values} } }`,
    ]),
  });
  return {
    ...of('prod', prod),
    ...of('test', test),
    'shared/all.yaml': shared,
    'apps/prod/map.yaml': configMap('map', { a: 'b' }),
  };
}

const sized =
  '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: sized, namespace: a}\ndata:\n  a: ${text}\n';
const checked = (wait: string) =>
  fluxKustomization('web', './apps/prod', [
    `wait: ${wait}`,
    'healthChecks: [{ apiVersion: v1, kind: ConfigMap, name: map, namespace: default }]',
  ]);

describe('a file that is wrong in one of the clusters that apply it', () => {
  it.each<[string, string, Files]>([
    [
      'has a path that only the other has',
      'path-missing',
      twoClusters(fluxKustomization('apps', './apps/${name}'), 'name: prod', 'name: test'),
    ],
    [
      'takes a value that breaks it',
      'substitution-failed',
      twoClusters(sized, 'text: fine', 'text: "a: b: c"'),
    ],
    [
      'uses a variable that only the other defines',
      'variable-undefined',
      twoClusters(sized, 'text: a', 'b: c'),
    ],
    [
      'has health checks that the other does not ignore',
      'health-check-ignored',
      twoClusters(checked('${wait}'), 'wait: "false"', 'wait: "true"'),
    ],
  ])('names only that one if it %s', (_, code, files) => {
    const found = checkTree(treeOf(files)).findings.filter((one) => one.code === code);
    expect(found.map(({ usedBy = [] }) => usedBy.map(({ cluster }) => cluster))).toEqual([['test']]);
  });
});

describe('a place that several use', () => {
  it('has one finding, which lists who uses it', () => {
    const found = secretsOf({ ...overlay('one'), ...overlay('two'), ...base });
    expect(found.map(({ usedBy }) => usedBy)).toEqual([
      [
        { cluster: 'prod', kustomization: 'flux-system/one' },
        {
          cluster: 'prod',
          kustomization: 'flux-system/two',
          object: { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease', namespace: 'two', name: 'shop' },
        },
      ],
    ]);
    expect(found[0]?.object?.namespace).toBe('one');
  });

  it('lists who uses a patch of an object', () => {
    const patch = `{ target: { kind: HelmRelease }, patch: '[{ "op": "add", "path": "/spec/tiemout", "value": "1m" }]' }`;
    const { findings } = checkTree(
      treeOf({
        ...bootstrap,
        ...overlay('one'),
        ...overlay('two'),
        ...base,
        'base/kustomization.yaml': `resources: [release.yaml]\npatches: [${patch}]\n`,
      }),
    );
    const found = findings.filter(({ code }) => code === 'schema-unknown-field');
    expect(found.map(({ locations: [place] }) => place?.file)).toEqual(['base/kustomization.yaml']);
    expect(found[0]?.usedBy?.map(({ kustomization }) => kustomization)).toEqual([
      'flux-system/one',
      'flux-system/two',
    ]);
  });

  it('lists folders that are checked by themselves, without a Kustomization', () => {
    const { findings } = checkTree(
      treeOf({
        'a/kustomization.yaml': 'namespace: one\nresources: [../base]\n',
        'b/kustomization.yaml': 'namespace: two\nresources: [../base]\n',
        ...base,
      }),
    );
    const found = findings.filter(({ code }) => code === 'plaintext-secret');
    expect(found.map(formatFinding)).toEqual([expect.stringContaining('\n  built in: a, b (as two/shop)\n')]);
    expect(formatSarif(found, '1.0.0')).toContain('; built in a, b (as two/shop)');
    expect(found[0]?.usedBy?.[0]).toEqual({ cluster: 'a' });
  });

  it('lists clusters that share a file', () => {
    const cluster = (name: string) => ({
      [`clusters/${name}/flux-system/gotk-sync.yaml`]: (
        bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? ''
      ).replaceAll('clusters/prod', `clusters/${name}`),
      [`clusters/${name}/one.yaml`]: fluxKustomization('one', './overlays/one'),
    });
    const { findings } = checkTree(
      treeOf({ ...cluster('prod'), ...cluster('test'), ...overlay('one'), ...base }),
    );
    const [found, ...others] = findings.filter(({ code }) => code === 'plaintext-secret');
    expect(others).toEqual([]);
    expect(found?.usedBy?.map(({ cluster }) => cluster)).toEqual(['prod', 'test']);
  });

  it('lists only the clusters in which it is wrong', () => {
    const repository = [
      'apiVersion: source.toolkit.fluxcd.io/v1',
      'kind: OCIRepository',
      'metadata: { name: shop, namespace: flux-system }',
      'spec: { interval: 1h, url: "oci://registry.example.com/shop" }',
      '',
    ].join('\n');
    const cluster = (name: string) => ({
      [`clusters/${name}/flux-system/gotk-sync.yaml`]: (
        bootstrap['clusters/prod/flux-system/gotk-sync.yaml'] ?? ''
      ).replaceAll('clusters/prod', `clusters/${name}`),
      [`clusters/${name}/one.yaml`]: fluxKustomization('one', './overlays/one'),
    });
    const files = { ...cluster('prod'), ...cluster('test'), ...overlay('one'), ...base };
    const { findings } = checkTree(treeOf({ ...files, 'clusters/test/source.yaml': repository }));
    expect(findings.filter(({ code }) => code === 'source-missing').map(({ usedBy }) => usedBy)).toEqual([
      [{ cluster: 'prod', kustomization: 'flux-system/one' }],
    ]);
  });

  it('names no users if there is only one', () => {
    const [found] = secretsOf({ ...overlay('one'), ...base });
    expect(found).toBeDefined();
    expect(found && 'usedBy' in found).toBe(false);
  });

  it('keeps findings of different places and fields separate', () => {
    const two = { ...base, 'base/release.yaml': `${release()}    apiToken: aB3dE5gH7jK9\n` };
    expect(secretsOf({ ...overlay('one'), ...overlay('two'), ...two })).toHaveLength(2);
    const patched = 'patches: [{ path: patch.yaml }]\n';
    const patch = { 'overlays/two/patch.yaml': release('hunter3') };
    expect(secretsOf({ ...overlay('one'), ...overlay('two', patched), ...patch, ...base })).toHaveLength(2);
  });

  it('keeps findings with different messages about a place separate', () => {
    const { findings } = checkTree(
      treeOf({
        ...bootstrap,
        'clusters/prod/a.yaml': fluxKustomization('a', './a', [
          'targetNamespace: default',
          'postBuild: { substitute: { X: x } }',
        ]),
        'a/map.yaml': configMap('a', { x: '${SIZE} ${COLOUR}' }),
      }),
    );
    const undefinedOnes = findings.filter(({ code }) => code === 'variable-undefined');
    expect(undefinedOnes.map(({ message }) => /SIZE|COLOUR/.exec(message)?.[0]).sort()).toEqual([
      'COLOUR',
      'SIZE',
    ]);
  });

  it('names the users in text and SARIF, and cuts a long list', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const files: Files = Object.assign({}, base, ...many.map((name) => overlay(name))) as Files;
    const [found] = secretsOf(files);
    const users = 'prod flux-system/a, prod flux-system/b (as b/shop),';
    expect(found && formatFinding(found)).toMatch(
      new RegExp(`applied by: ${users.replace(/[()]/g, '\\$&')}.* and 2 more`),
    );
    expect(found && formatSarif([found], '1.0.0')).toContain(`applied by ${users}`);
  });
});
