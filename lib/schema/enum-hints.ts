import { fluxKindNamed } from '../kinds/flux-kinds';
import { nearestHint } from '../findings/nearest-name';
import { fieldPath } from '../plain/field-path';
import type { Report } from './report';
import { asText } from '../plain/as-text';

/** Where a HelmRelease names its chart, with the hint for a source that only its other field accepts. */
const CHART_FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'spec.chart.spec.sourceRef.kind': {
    OCIRepository: 'name the OCIRepository in spec.chartRef, and remove spec.chart',
    HelmChart: 'name the HelmChart in spec.chartRef, and remove spec.chart',
  },
  'spec.chartRef.kind': {
    HelmRepository:
      'name the HelmRepository in spec.chart.spec.sourceRef, with the chart in spec.chart.spec.chart',
    GitRepository:
      'name the GitRepository in spec.chart.spec.sourceRef, with the path in spec.chart.spec.chart',
    Bucket: 'name the Bucket in spec.chart.spec.sourceRef, with the path in spec.chart.spec.chart',
  },
};

/** Where a HelmRelease names a source of a kind that one of its fields does not accept. */
export function chartFieldHint(field: string, kind: string): string | undefined {
  return CHART_FIELDS[field]?.[kind];
}

/** What to write instead of a value that is not one of those allowed. */
export function enumHint(value: unknown, allowed: readonly string[], report: Report): string {
  const otherwise = `use ${allowed.length > 1 ? 'one of them' : JSON.stringify(allowed[0])}${alertHint(report)}`;
  if (typeof value !== 'string') return otherwise;
  if (report.path.at(-1) === 'kind' && fluxKindNamed(value) !== undefined) {
    return chartFieldHint(fieldPath(report.path), value) ?? otherwise;
  }
  return nearestHint(value, allowed, otherwise);
}

/** Whether flux-operator allows this kind in the Alert that is being looked at. */
export function isExtraAlertKind(value: unknown, report: Report): boolean {
  return isEventSourceKind(report) && report.options.extraAlertKinds?.includes(asText(value)) === true;
}

function alertHint(report: Report): string {
  return isEventSourceKind(report)
    ? ', or, if flux-operator runs Flux in the cluster, allow more kinds with check.extraAlertKinds in cdk8s-flux.yaml'
    : '';
}

function isEventSourceKind({ path }: Report): boolean {
  const [spec, sources, , kind] = path;
  return spec === 'spec' && sources === 'eventSources' && kind === 'kind' && path.length === 4;
}
