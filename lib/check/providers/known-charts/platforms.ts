import { inFolder, kinds, off, on, type KnownChart } from './known-chart';

/** Scaling, nodes and devices; delivery, jobs and platforms. */
export const platformCharts: readonly KnownChart[] = [
  { chart: 'keda', provides: ['keda.sh', 'eventing.keda.sh'], gate: on('crds.install') },
  inFolder('karpenter', 'karpenter.sh', 'karpenter.k8s.aws'),
  { chart: 'karpenter-crd', provides: ['karpenter.sh', 'karpenter.k8s.aws'] },
  { ...inFolder('vpa', 'autoscaling.k8s.io'), repository: /fairwinds/ },
  inFolder('node-feature-discovery', 'nfd.k8s-sigs.io'),
  { ...inFolder('gpu-operator', 'nvidia.com'), repository: /nvidia/ },
  {
    chart: 'intel-device-plugins-operator',
    provides: ['deviceplugin.intel.com'],
    guards: ['deviceplugin.intel.com'],
  },
  { chart: 'keda-add-ons-http', provides: ['http.keda.sh'] },
  {
    chart: 'volcano',
    provides: ['batch.volcano.sh', 'scheduling.volcano.sh', 'bus.volcano.sh', 'flow.volcano.sh'],
  },
  {
    chart: 'argo-cd',
    provides: kinds('argoproj.io', 'Application', 'ApplicationSet', 'AppProject'),
    gate: on('crds.install'),
  },
  {
    chart: 'argo-workflows',
    provides: kinds('argoproj.io', 'Workflow', 'WorkflowTemplate', 'CronWorkflow', 'ClusterWorkflowTemplate'),
    gate: on('crds.install'),
  },
  {
    chart: 'argo-rollouts',
    provides: kinds('argoproj.io', 'Rollout', 'AnalysisTemplate', 'ClusterAnalysisTemplate', 'Experiment'),
    gate: on('installCRDs'),
  },
  {
    chart: 'argo-events',
    provides: kinds('argoproj.io', 'EventBus', 'EventSource', 'Sensor'),
    gate: on('crds.install'),
  },
  inFolder('flagger', 'flagger.app'),
  inFolder('tf-controller', 'infra.contrib.fluxcd.io'),
  inFolder('tofu-controller', 'infra.contrib.fluxcd.io'),
  { chart: 'crossplane', provides: ['apiextensions.crossplane.io', 'pkg.crossplane.io'] },
  inFolder('gha-runner-scale-set-controller', 'actions.github.com'),
  {
    ...inFolder('actions-runner-controller', 'actions.summerwind.dev'),
    guards: ['actions.summerwind.dev'],
  },
  { chart: 'tekton-operator', provides: ['operator.tekton.dev'], gate: off('installCRDs') },
  inFolder('flink-kubernetes-operator', 'flink.apache.org'),
  inFolder('spark-operator', 'sparkoperator.k8s.io'),
  inFolder('kuberay-operator', 'ray.io'),
  { chart: 'kueue', provides: ['kueue.x-k8s.io'], guards: ['kueue.x-k8s.io'] },
  { chart: 'kserve-crd', provides: ['serving.kserve.io'] },
  { chart: 'kro', provides: ['kro.run'] },
  inFolder('vela-core', 'core.oam.dev'),
  { chart: 'knative-operator', provides: ['operator.knative.dev'] },
  inFolder('chaos-mesh', 'chaos-mesh.org'),
  inFolder('jenkins-operator', 'jenkins.io'),
];
