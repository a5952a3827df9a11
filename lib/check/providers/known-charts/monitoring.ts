import { inFolder, kinds, on, type KnownChart } from './known-chart';

/** Monitoring. */
export const monitoringCharts: readonly KnownChart[] = [
  { ...inFolder('kube-prometheus-stack', 'monitoring.coreos.com'), gate: on('crds.enabled') },
  { chart: 'prometheus-operator-crds', provides: ['monitoring.coreos.com'], gate: on('crds.enabled') },
  inFolder('grafana-operator', 'grafana.integreatly.org'),
  {
    chart: 'victoria-metrics-operator',
    provides: ['operator.victoriametrics.com'],
    gate: on('crds.enabled'),
    guards: ['operator.victoriametrics.com'],
  },
  { chart: 'victoria-metrics-operator-crds', provides: ['operator.victoriametrics.com'] },
  {
    chart: 'victoria-metrics-k8s-stack',
    provides: ['operator.victoriametrics.com'],
    gate: on('victoria-metrics-operator.crds.enabled'),
  },
  {
    chart: 'opentelemetry-operator',
    provides: ['opentelemetry.io'],
    gate: on('crds.create'),
    guards: ['opentelemetry.io'],
  },
  inFolder('jaeger-operator', 'jaegertracing.io'),
  inFolder('logging-operator', 'logging.banzaicloud.io'),
  { chart: 'fluent-operator', provides: ['fluentbit.fluent.io', 'fluentd.fluent.io'] },
  inFolder('trivy-operator', 'aquasecurity.github.io'),
  inFolder('sloth', 'sloth.slok.dev'),
  { chart: 'silence-operator', provides: ['monitoring.giantswarm.io', 'observability.giantswarm.io'] },
  { chart: 'alloy', provides: kinds('monitoring.grafana.com', 'PodLogs'), gate: on('crds.create') },
  inFolder('grafana-agent-operator', 'monitoring.grafana.com'),
  inFolder('kube-prometheus', 'monitoring.coreos.com'),
  inFolder('pyrra', 'pyrra.dev'),
  inFolder('kiali-operator', 'kiali.io'),
];
