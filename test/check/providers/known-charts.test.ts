import { chartsThatBring, knownChart } from '../../../lib/check/providers/known-charts/find-chart';
import { dataCharts } from '../../../lib/check/providers/known-charts/data';
import type { KnownChart } from '../../../lib/check/providers/known-charts/known-chart';
import { monitoringCharts } from '../../../lib/check/providers/known-charts/monitoring';
import { networkCharts } from '../../../lib/check/providers/known-charts/networks';
import { platformCharts } from '../../../lib/check/providers/known-charts/platforms';
import { securityCharts } from '../../../lib/check/providers/known-charts/security';

const all: readonly KnownChart[] = [
  ...securityCharts,
  ...monitoringCharts,
  ...networkCharts,
  ...dataCharts,
  ...platformCharts,
];
const API = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[A-Z]\w+)?$/;

describe('a known chart', () => {
  it.each(all.map((chart) => [chart.chart, chart] as const))('has what an entry needs: %s', (name, chart) => {
    const { provides, leaves, guards = ['a.b'], gate, repository } = chart;
    const groups = leaves ? leaves.groups : provides;
    expect(groups).not.toEqual([]);
    for (const api of [...groups, ...guards]) expect(api).toMatch(API);
    expect(guards).not.toEqual([]);
    expect(gate?.values ?? [{ path: 'a' }]).not.toEqual([]);
    for (const { path } of gate?.values ?? []) expect(path).toMatch(/^[\w-]+(?:\.[\w-]+)*$/);
    // Several entries of one name must be told apart.
    const namesakes = all.filter((other) => other.chart === name && other !== chart);
    expect(namesakes.every((other) => other.repository ?? repository)).toBe(true);
    if (!leaves) expect(groups.every((api) => chartsThatBring(...split(api)).includes(chart))).toBe(true);
  });
});

const split = (api: string): [string, string] => {
  const [group = '', kind = 'Thing'] = api.split('/');
  return [group, kind];
};

describe('the chart of a release', () => {
  it.each([
    ['cert-manager', '', ['cert-manager.io', 'acme.cert-manager.io']],
    ['charts/cert-manager', 'https://mirror.example.com', ['cert-manager.io', 'acme.cert-manager.io']],
    ['external-dns', 'https://charts.bitnami.com/bitnami', ['externaldns.k8s.io']],
    ['operator', 'https://operator.min.io', ['minio.min.io', 'sts.min.io']],
    ['operator', 'https://charts.redpanda.com', ['cluster.redpanda.com']],
    ['operator', 'https://example.com', undefined],
    ['operator', '', undefined],
    ['sloth', '', ['sloth.slok.dev']],
    ['metallb', '', ['metallb.io']],
    ['velero', '', ['velero.io']],
    ['kro', '', ['kro.run']],
    ['charts-mirror/volsync-perfectra1n', 'oci://ghcr.io/home-operations', ['volsync.backube']],
    ['shop', '', undefined],
  ])('%s of %j is known by its name and address', (name, repository, provides) => {
    expect(knownChart(name, repository)?.provides).toEqual(provides);
  });

  it.each([
    ['externaldns.k8s.io', 'DNSEndpoint', ['external-dns', 'external-dns']],
    ['cilium.io', 'TracingPolicy', ['tetragon']],
    ['cilium.io', 'CiliumNetworkPolicy', []],
    ['k8s.mariadb.com', 'MariaDB', ['mariadb-operator-crds', 'mariadb-operator']],
  ])('of %s/%s, those come first that bring it by default', (group, kind, charts) => {
    const found = chartsThatBring(group, kind);
    expect(found.map(({ chart }) => chart)).toEqual(charts);
    const byDefault = found.map(({ gate }) => gate?.byDefault !== false);
    expect(byDefault).toEqual([...byDefault].sort().reverse());
  });
});
