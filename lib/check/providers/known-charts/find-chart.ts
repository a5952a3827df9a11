import { groupBy } from '../../../plain/group-by';
import { dataCharts } from './data';
import type { KnownChart } from './known-chart';
import { monitoringCharts } from './monitoring';
import { networkCharts } from './networks';
import { platformCharts } from './platforms';
import { securityCharts } from './security';
import { baseName } from '../../../tree/path';

/**
 * Charts that many clusters run, in their current versions. For a chart that is not listed, we know nothing that it
 * installs; an annotation of its HelmRelease can declare that. Charts without which Flux itself cannot start are not
 * listed: networks (Cilium, Calico) and the Flux operator are in the cluster before Flux.
 */
const knownCharts: readonly KnownChart[] = [
  ...securityCharts,
  ...monitoringCharts,
  ...networkCharts,
  ...dataCharts,
  ...platformCharts,
];

const byName: ReadonlyMap<string, readonly KnownChart[]> = groupBy(knownCharts, ({ chart }) => chart);

/**
 * Finds a chart by its name, wherever a mirror keeps it.
 *
 * @param name - the chart's name, or its path in a repository
 * @param repository - the address of its repository
 */
export function knownChart(name: string, repository = ''): KnownChart | undefined {
  const last = baseName(name);
  return byName.get(last)?.find((entry) => entry.repository?.test(repository) ?? true);
}

/** The charts that bring the CRD of a kind, those that do so by default first. */
export function chartsThatBring(group: string, kind: string): readonly KnownChart[] {
  const bring = knownCharts.filter(({ provides }) =>
    provides.some((api) => api === group || api === `${group}/${kind}`),
  );
  const rank = ({ gate }: KnownChart) => (gate?.byDefault === false ? 1 : 0);
  return bring.sort((a, b) => rank(a) - rank(b));
}
