import { CheckContext } from '../../../../lib/check/check-context';
import { ApiProviders } from '../../../../lib/check/providers/api-providers';
import { chartCrds, skipsCrds } from '../../../../lib/check/providers/chart-crds';
import { knownChart } from '../../../../lib/check/providers/known-charts/find-chart';
import {
  areValuesKnown,
  chartOf,
  isOwnChart,
  lastPart,
  releaseValue,
} from '../../../../lib/check/facts/releases/release-chart';
import { buildGraph } from '../../../../lib/graph/build-graph';
import { bootstrap, fluxKustomization, treeOf } from '../../../graph/tree-of';
import { object } from '../../small-repositories';

/** The facts of a cluster and the node of its only release, from the lines of its spec and other objects. */
function read(spec: string, more = '') {
  const text = object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'web',
    'default',
    `spec: { interval: 1h, ${spec} }`,
  );
  const tree = treeOf({
    ...bootstrap,
    'clusters/prod/apps.yaml': fluxKustomization('apps', './apps'),
    'apps/all.yaml': text + more,
  });
  const [facts] = new CheckContext(tree, buildGraph(tree), {}).clusters;
  const node = facts?.nodes.find(({ type }) => type === 'helm-release');
  if (!facts || !node) throw new Error('no release');
  return [facts, node] as const;
}

const inRepository = (spec: string, kind = 'HelmRepository') =>
  `chart: { spec: { ${spec}, sourceRef: { kind: ${kind}, name: s } } }`;
const source = (kind: string, spec: string, name = 's') =>
  object('source.toolkit.fluxcd.io/v1', kind, name, 'default', `spec: { interval: 1h, ${spec} }`);
const charts = source('HelmRepository', 'url: "https://x.io/charts"');
const artifact = (ref = '') => source('OCIRepository', `url: "oci://x.io/a/cert-manager"${ref}`);
const helmChart = (version = '', kind = 'HelmRepository') =>
  source('HelmChart', `chart: cert-manager, ${version}sourceRef: { kind: ${kind}, name: s }`, 'c');
const byArtifact = 'chartRef: { kind: OCIRepository, name: s }';
const byChart = 'chartRef: { kind: HelmChart, name: c }';

describe('the chart of a release', () => {
  it.each([
    ['in a repository', inRepository('chart: a/b'), charts, { name: 'b', repository: 'https://x.io/charts' }],
    ['in a repository that no file has', inRepository('chart: b'), '', { name: 'b', repository: undefined }],
    [
      'in an artifact',
      byArtifact,
      artifact(),
      { name: 'cert-manager', repository: 'oci://x.io/a/cert-manager' },
    ],
    ['in an artifact that no file has', byArtifact, '', undefined],
    ['in an artifact without an address', byArtifact, source('OCIRepository', ''), undefined],
    [
      'of a HelmChart',
      byChart,
      helmChart() + charts,
      { name: 'cert-manager', repository: 'https://x.io/charts' },
    ],
    ['without a name', 'chart: { spec: {} }', '', undefined],
  ])('is known: %s', (_, spec, more, expected) => {
    expect(chartOf(...read(spec, more))).toEqual(expected);
  });

  it.each([
    ['in Git', inRepository('chart: ./b', 'GitRepository'), '', true],
    ['in a bucket', inRepository('chart: ./b', 'Bucket'), '', true],
    ['in a repository of charts', inRepository('chart: ./b'), '', false],
    ['of a HelmChart in Git', byChart, helmChart('', 'GitRepository'), true],
    ['of a HelmChart in a repository', byChart, helmChart(), false],
    ['of a HelmChart that no file has', byChart, '', false],
    ['in an artifact', byArtifact, artifact(), false],
  ])("is somebody's own: %s", (_, spec, more, expected) => {
    expect(isOwnChart(...read(spec, more))).toBe(expected);
  });

  it.each([
    ['a/b', 'b'],
    ['oci://x.io/a/b//', 'b'],
    ['b', 'b'],
    ['', ''],
    ['/', ''],
  ])('has the last part of %j as its name', (path, name) => {
    expect(lastPart(path)).toBe(name);
  });
});

const values = (name: string, text: string, key = 'values.yaml', namespace = 'default') =>
  object('v1', 'ConfigMap', name, namespace, `data: { ${key}: ${JSON.stringify(text)} }`);

describe('a value of a release', () => {
  const from = (...entries: string[]) => `valuesFrom: [${entries.join(', ')}]`;
  const map = (name: string, more = '') => `{ kind: ConfigMap, name: ${name}${more} }`;

  it.each([
    ['its own', 'values: { a: { b: 1 } }', '', 1],
    ['its own before others', `values: { a: { b: 1 } }, ${from(map('m'))}`, values('m', 'a: { b: 2 }'), 1],
    ['of a ConfigMap', from(map('m')), values('m', 'a: { b: 2 }'), 2],
    [
      'of the last ConfigMap',
      from(map('m'), map('n')),
      values('m', 'a: { b: 2 }') + values('n', 'a: { b: 3 }'),
      3,
    ],
    [
      'of the last that has it',
      from(map('m'), map('n')),
      values('m', 'a: { b: 2 }') + values('n', 'a: c'),
      2,
    ],
    ['of another key', from(map('m', ', valuesKey: k')), values('m', 'a: { b: 2 }', 'k'), 2],
    ['of the usual key alone', from(map('m')), values('m', 'a: { b: 2 }', 'k'), undefined],
    ['of another namespace', from(map('m')), values('m', 'a: { b: 2 }', 'values.yaml', 'x'), undefined],
    ['of a Secret', from('{ kind: Secret, name: m }'), values('m', 'a: { b: 2 }'), undefined],
    ['of no name', from('{ kind: ConfigMap }'), values('undefined', 'a: { b: 2 }'), undefined],
    ['of no YAML', from(map('m')), values('m', 'a: ['), undefined],
  ])('is %s', (_, spec, more, expected) => {
    expect(releaseValue(...read(spec, more), ['a', 'b'])).toBe(expected);
  });

  it.each([
    ['its own', 'values: {}', '', true],
    ['of a ConfigMap', from(map('m')), values('m', 'a: b'), true],
    ['of one of two ConfigMaps', from(map('m'), map('n')), values('m', 'a: b'), false],
    ['of a Secret', from('{ kind: Secret, name: m }'), '', false],
    ['of files', inRepository('chart: a, valuesFiles: [b]'), '', false],
    ['of no files', inRepository('chart: a, valuesFiles: []'), '', true],
    ['of a file', inRepository('chart: a, valuesFile: b'), '', false],
    ['at this path', from('{ kind: Secret, name: m, targetPath: a.b }'), '', false],
    ['above this path', from('{ kind: Secret, name: m, targetPath: a }'), '', false],
    ['below this path', from('{ kind: Secret, name: m, targetPath: a.b.c }'), '', false],
    ['at another path', from('{ kind: Secret, name: m, targetPath: a.c }'), '', true],
    ['at the other path', from('{ kind: Secret, name: m, targetPath: x }'), '', false],
  ])('is in the files: %s', (_, spec, more, expected) => {
    expect(areValuesKnown(...read(spec, more), [['a', 'b'], ['x']])).toBe(expected);
  });
});

describe('the CRDs of a chart', () => {
  it.each([
    ['install: { crds: Skip }', true],
    ['install: { skipCRDs: true }', true],
    ['install: { skipCRDs: false }', false],
    ['install: { crds: Create, skipCRDs: true }', false],
    ['install: { crds: CreateReplace }', false],
    ['install: {}', false],
  ])('are left out: %s', (spec, expected) => {
    expect(skipsCrds(read(spec)[1])).toBe(expected);
  });

  const enabled = 'values: { crds: { enabled: true } }';
  const older = 'values: { installCRDs: true }';
  it.each([
    ['a version', `${inRepository('chart: cert-manager, version: v1.14.5')}, ${enabled}`, charts, 'unheeded'],
    ['a later version', `${inRepository('chart: cert-manager, version: v1.15.0')}, ${enabled}`, charts, 'on'],
    [
      'false in a value that the version does not have',
      `${inRepository('chart: cert-manager, version: v1.14.5')}, values: { crds: { enabled: false } }`,
      charts,
      'default',
    ],
    ['no version', `${inRepository('chart: cert-manager')}, ${enabled}`, charts, 'on'],
    ['a HelmChart', `${byChart}, ${enabled}`, helmChart('version: v1.14.5, '), 'unheeded'],
    ['a HelmChart of a later version', `${byChart}, ${enabled}`, helmChart('version: v1.15.0, '), 'on'],
    ['a HelmChart that no file has', `${byChart}, ${enabled}`, '', 'on'],
    ['a tag', `${byArtifact}, ${enabled}`, artifact(', ref: { tag: v1.14.5 }'), 'unheeded'],
    ['a range', `${byArtifact}, ${enabled}`, artifact(', ref: { semver: 1.14.x, tag: v1.15.0 }'), 'unheeded'],
    ['a digest', `${byArtifact}, ${enabled}`, artifact(', ref: { digest: "sha256:0" }'), 'on'],
    ['an older value', `${byArtifact}, ${older}`, artifact(), 'on'],
    ['no value', byArtifact, artifact(), 'default'],
    [
      'false',
      `${byArtifact}, values: { crds: { enabled: "false" }, installCRDs: false }`,
      artifact(),
      'value',
    ],
    [
      'a variable',
      `${byArtifact}, values: { crds: { enabled: "\${A}" }, installCRDs: false }`,
      artifact(),
      'unknown',
    ],
    ['a Secret', `${byArtifact}, valuesFrom: [{ kind: Secret, name: m }]`, artifact(), 'unknown'],
    ['an own chart', inRepository('chart: ./cert-manager', 'GitRepository'), '', 'unknown'],
    [
      'an own chart with false',
      `${inRepository('chart: ./a', 'Bucket')}, values: { installCRDs: false }`,
      '',
      'value',
    ],
  ])('depend on %s', (_, spec, more, state) => {
    const known = knownChart('cert-manager');
    expect(known && chartCrds(...read(spec, more), known).state).toBe(state);
  });

  it.each([
    ['mariadb-operator', 'version: 0.36.0', 'default'],
    ['mariadb-operator', 'version: 0.35.0', 'unknown'],
    ['kube-prometheus-stack', 'version: 1.0.0', 'on'],
    ['istiod', 'version: 1.0.0', 'left'],
  ])('depend on the chart: %s of %s', (name, version, state) => {
    const known = knownChart(name);
    expect(known && chartCrds(...read(inRepository(`chart: ${name}, ${version}`), charts), known).state).toBe(
      state,
    );
  });
});

describe('what brings a kind', () => {
  const brought = (group: string, kind: string, spec: string, more = '') => {
    const providers = new ApiProviders(read(spec, more)[0]);
    return [
      ...providers
        .providersOf(group, kind)
        .map(({ how, node, owners }) => `${how} ${node.identity.name} ${owners.length}`),
      ...providers.guardsOf(group).map(({ node }) => `guard ${node.identity.name}`),
      ...providers.withoutCrdsOf(group, kind).map(({ chart, state }) => `without ${chart} ${state}`),
      ...providers.unknownReleases.map(({ identity }) => `unknown ${identity.name}`),
    ];
  };
  const manager = `${inRepository('chart: cert-manager')}, `;
  const composite = object(
    'apiextensions.crossplane.io/v1',
    'CompositeResourceDefinition',
    'x',
    undefined,
    'spec: { group: acme.io, names: { kind: XShop }, claimNames: { kind: Shop } }',
  );

  it.each([
    [
      'cert-manager.io/Issuer',
      `${manager}values: { installCRDs: true }`,
      charts,
      ['chart web 1', 'guard web'],
    ],
    ['cert-manager.io/Issuer', manager, charts, ['guard web', 'without cert-manager default']],
    ['cert-manager.io/Issuer', `${manager}kubeConfig: { secretRef: { name: k } }`, charts, []],
    [
      'monitoring.coreos.com/Probe',
      `${inRepository('chart: kube-prometheus-stack')}, valuesFrom: [{ kind: Secret, name: m }]`,
      charts,
      ['chart web 1'],
    ],
    [
      'monitoring.coreos.com/Probe',
      `${inRepository('chart: kube-prometheus-stack')}, values: { crds: { enabled: false } }`,
      charts,
      ['without kube-prometheus-stack value'],
    ],
    ['networking.istio.io/Gateway', inRepository('chart: istiod'), charts, ['without istiod left']],
    ['acme.io/Shop', inRepository('chart: shop'), charts, ['unknown web']],
    ['acme.io/Shop', inRepository('chart: velero'), charts + composite, ['made apps 1']],
    ['acme.io/XShop', inRepository('chart: velero'), charts + composite, ['made apps 1']],
    ['acme.io/Cart', inRepository('chart: velero'), charts + composite, []],
  ])('is known: %s %#', (api, spec, more, expected) => {
    const [group = '', kind = ''] = api.split('/');
    expect(brought(group, kind, spec, more)).toEqual(expected);
  });
});
