import { CheckContext } from '../../../../lib/check/check-context';
import { imageMarkers } from '../../../../lib/check/facts/images/image-markers';
import { chartFolders, localChart } from '../../../../lib/check/facts/releases/local-charts';
import { programTexts } from '../../../../lib/check/facts/files/program-texts';
import { isTouched } from '../../../../lib/check/facts/missing/touched-names';
import { buildGraph } from '../../../../lib/graph/build-graph';
import { fluxKustomization, treeOf } from '../../../graph/tree-of';
import { contextOf, object } from '../../small-repositories';

const map = object('v1', 'ConfigMap', 'm', 'default');

describe('a program', () => {
  it.each([
    ['a.sh', true],
    ['A.SH', true],
    ['docs/a.md', true],
    ['a.sh.txt', false],
    ['ash', false],
    ['Makefile', true],
    ['x/Dockerfile', true],
    ['.justfile', true],
    ['mise.toml', true],
    ['.mise.toml', true],
    ['other.toml', false],
    ['a.sh.tmpl', true],
    ['scripts/boot', false],
    ['aMakefile', false],
    ['Makefile.old', false],
    ['a.txt', false],
    // YAML for CI, for people and for machines.
    ['.github/a.yaml', true],
    ['a/.drone.yml', true],
    ['scripts/a.yaml', true],
    ['script/a.yaml', true],
    ['a/my-bootstrap-x/b.yaml', true],
    ['x/cloudinit.yaml', true],
    ['cloud-init.yaml', true],
    ['Taskfile.yml', true],
    ['taskfiles/x.yaml', true],
    ['base/a.yaml', false],
    ['a.yaml', false],
    ['./a.yaml', false],
  ])('is known by its path: %s', (path, expected) => {
    const read = programTexts(contextOf({ [path]: 'a: b\n', 'apps/a.yaml': map }));
    expect(read).toEqual(expected ? [{ path, text: 'a: b\n' }] : []);
  });

  it.each([
    ['releases: []\n', true],
    ['a: b\nmachine: {}\n', true],
    ['#cloud-config\n', true],
    ['myreleases: []\n', false],
    ['  releases: []\n', false],
    ['releasesx: []\n', false],
  ])('is known by its text: %j', (text, expected) => {
    expect(programTexts(contextOf({ 'x.yaml': text, 'apps/a.yaml': map }))).toHaveLength(expected ? 1 : 0);
  });

  it.each([
    ['scripts/boot', '#!/bin/sh\n', true],
    ['.mise/tasks/cluster/boot', '#!/usr/bin/env bash\n', true],
    ['scripts/boot', 'boot\n#!/bin/sh\n', false],
    ['scripts/boot.txt', '#!/bin/sh\n', false],
    ['docs/boot', '#!/bin/sh\n', false],
  ])('is a script without an extension in a folder of scripts: %s %j', (path, text, expected) => {
    const read = programTexts(contextOf({ [path]: text, 'apps/a.yaml': map }));
    expect(read).toHaveLength(expected ? 1 : 0);
  });

  it('is not what Flux builds', () => {
    const files = {
      'apps/kustomization.yaml': 'resources: [setup.yaml, sub]\n# releases:\n',
      'apps/setup.yaml': map,
      'apps/sub/kustomization.yaml': 'resources: [install.yaml]\n',
      'apps/sub/install.yaml': map,
      'apps/setup/b.yaml': map,
      'apps/a.sh': 'a\n',
      'setup/kustomization.yaml': 'resources: []\n',
    };
    const paths = programTexts(contextOf(files)).map(({ path }) => path);
    expect(paths).toEqual(['apps/a.sh', 'apps/setup/b.yaml', 'setup/kustomization.yaml']);
  });
});

describe('a marker of image automation', () => {
  const markers = (text: string, path = 'apps/a.yaml') =>
    imageMarkers(contextOf({ 'apps/m.yaml': map, [path]: text })).map(({ line, policy, isBuilt }) =>
      [line, policy?.namespace, policy?.name, isBuilt].join(' '),
    );

  it.each([
    [`# {"$imagepolicy": "a:b"}`, []],
    [`  # {"$imagepolicy": "a:b"}`, []],
    [`x: y # {"$imagepolicy": "a:b"}`, ['7 a b true']],
    [`x: y # {"$imagepolicy": "a:b:tag"}`, ['7 a b true']],
    [`x: y #{"$imagepolicy": "a.1:b-2:digest"} `, ['7 a.1 b-2 true']],
    [`x: y # {"$imagepolicy": "a:b:other"}`, ['7   true']],
    [`x: y # {"$imagepolicy": "a"}`, ['7   true']],
    [`x: y # {"$imagepolicy": "xA:b"}`, ['7   true']],
    [`x: y # {"$imagepolicy": ["a:b"]}`, ['7   true']],
    [`x: y # ["$imagepolicy"]`, ['7   true']],
    [`x: y # {$imagepolicy: a:b}`, ['7   true']],
    [`x: "y#z" # {"$imagepolicy": "a:b"}`, ['7 a b true']],
    [`x: y#{"$imagepolicy": "a:b"}`, []],
    [`x: "$imagepolicy" # other`, []],
  ])('is read: %s', (text, expected) => {
    expect(markers(`${map.trim()}\ndata:\n  a: b\n${text}\n`)).toEqual(expected);
  });

  it('is known to be built or not', () => {
    const text = 'x: y # {"$imagepolicy": "a:b"}\n';
    expect(markers(text, 'other/a.yaml')).toEqual(['1 a b false']);
    expect(markers(text, 'other/a.txt')).toEqual([]);
    expect(markers(text, 'other/kustomization.yaml')).toEqual(['1 a b false']);
    expect(markers(`resources: [m.yaml]\n${text}`, 'apps/kustomization.yaml')).toEqual(['2 a b true']);
  });
});

describe('a chart in this repository', () => {
  it('is in a folder with a Chart.yaml', () => {
    const tree = treeOf({
      'a/Chart.yaml': '',
      'Chart.yaml': '',
      'b/MyChart.yaml': '',
      'b/Chart.yaml.md': '',
    });
    expect([...chartFolders(tree)]).toEqual(['a', '']);
  });

  const release = (chart: string, source = 'flux-system', kind = 'GitRepository') =>
    object(
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'web',
      'flux-system',
      `spec: { chart: { spec: { ${chart}, sourceRef: { kind: ${kind}, name: ${source} } } } }`,
    );
  const source = (spec: string) =>
    object('source.toolkit.fluxcd.io/v1', 'GitRepository', 'two', 'flux-system', `spec: { ${spec} }`);
  const url = 'url: "https://github.com/acme/fleet.git"';
  it.each([
    ['of the source of the cluster', release('chart: ./charts/a'), 'charts/a'],
    ['of no path', release('version: 1.0.0'), undefined],
    ['that is packed', release('chart: charts/a.tgz'), undefined],
    ['of a variable', release('chart: "charts/${A}"'), undefined],
    ['of a bucket', release('chart: a', 'flux-system', 'Bucket'), undefined],
    ['of a source that no file has', release('chart: a', 'two'), undefined],
    [
      'of another repository',
      release('chart: a', 'two') + source('url: "https://github.com/acme/shop"'),
      undefined,
    ],
    ['of a source without an address', release('chart: a', 'two') + source('interval: 1h'), undefined],
    ['of the same repository', release('chart: a', 'two') + source(`${url}`), 'a'],
    ['of another branch', release('chart: a', 'two') + source(`${url}, ref: { branch: dev }`), undefined],
    [
      'with others in it',
      release('chart: a', 'two') + source(`${url}, include: [{ repository: { name: x } }]`),
      undefined,
    ],
    ['with submodules', release('chart: a', 'two') + source(`${url}, recurseSubmodules: true`), undefined],
    ['without submodules', release('chart: a', 'two') + source(`${url}, recurseSubmodules: false`), 'a'],
  ])('is taken from here: %s', (_, text, folder) => {
    const [facts] = contextOf({ 'apps/all.yaml': text }).clusters;
    const node = facts?.nodes.find(({ type }) => type === 'helm-release');
    expect(facts && node && localChart(facts, node)).toBe(folder);
  });
});

describe('a chart where nothing says what Flux follows', () => {
  it('is not taken from here', () => {
    const tree = treeOf({
      'run/apps.yaml': fluxKustomization('apps', './apps'),
      'apps/all.yaml':
        object(
          'helm.toolkit.fluxcd.io/v2',
          'HelmRelease',
          'web',
          'flux-system',
          'spec: { chart: { spec: { chart: a, sourceRef: { kind: GitRepository, name: two } } } }',
        ) +
        object(
          'source.toolkit.fluxcd.io/v1',
          'GitRepository',
          'two',
          'flux-system',
          'spec: { url: "https://example.com/two" }',
        ),
    });
    const [facts] = new CheckContext(tree, buildGraph(tree), {}).clusters;
    const node = facts?.nodes.find(({ type }) => type === 'helm-release');
    expect([node?.identity.name, facts && node && localChart(facts, node)]).toEqual(['web', undefined]);
  });
});

describe('a name that something may write to', () => {
  const rbac = (kind: string, rules: string) =>
    object('rbac.authorization.k8s.io/v1', kind, 'r', 'default', `rules: [${rules}]`);
  const pod = (container: string, list = 'containers') =>
    object(
      'v1',
      'Pod',
      'p',
      'default',
      `spec: { ${list}: [{ name: settings, image: settings, ${container} }] }`,
    );

  it.each([
    ['a Role', rbac('Role', '{ resourceNames: [settings] }'), true],
    ['a ClusterRole', rbac('ClusterRole', '{ resources: [x] }, { resourceNames: [a, settings] }'), true],
    ['a Role with another word', rbac('Role', '{ resources: [settings] }'), false],
    [
      'a custom resource',
      object('acme.io/v1', 'Shop', 's', 'default', 'spec: { a: [{ b: x/settings }] }'),
      true,
    ],
    ['its name', object('acme.io/v1', 'Shop', 'settings', 'default'), true],
    ['its namespace', object('acme.io/v1', 'Shop', 's', 'settings'), false],
    ['part of a word', object('acme.io/v1', 'Shop', 's', 'default', 'spec: { a: my-settings }'), false],
    [
      'a word between others',
      object('acme.io/v1', 'Shop', 's', 'default', 'spec: { a: "x --name=-settings. y" }'),
      true,
    ],
    [
      'a CRD',
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 's', undefined, 'spec: { a: settings }'),
      false,
    ],
    [
      'a Flux object',
      object('notification.toolkit.fluxcd.io/v1beta3', 'Alert', 's', 'default', 'spec: { a: settings }'),
      false,
    ],
    ['another ConfigMap', object('v1', 'ConfigMap', 's', 'default', 'data: { a: settings }'), false],
    ['an argument', pod('args: [a, settings]'), true],
    ['a command', pod('command: [settings]', 'initContainers'), true],
    ['a variable', pod('env: [{ name: A, value: settings }]'), true],
    ['the name of a variable', pod('env: [{ name: settings, value: a }]'), false],
    ['the name of a container', pod('args: [a]'), false],
  ])('is that in %s', (_, text, expected) => {
    const [facts] = contextOf({ 'apps/all.yaml': text }).clusters;
    expect(facts && isTouched(facts, 'settings')).toBe(expected);
  });
});
