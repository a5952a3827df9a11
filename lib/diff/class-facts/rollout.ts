import type { ClassFacts } from './facts';

const FILE = 'clusters/prod/objects.yaml';
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: podinfo
  namespace: web
spec:
  replicas: 1
  selector:
    matchLabels:
      app: podinfo
  template:
    metadata:
      labels:
        app: podinfo
    spec:
      containers:
        - name: podinfo
          image: ghcr.io/stefanprodan/podinfo:6.7.0
          args: [--level=info]
`;
const RELEASE = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: podinfo
  namespace: web
spec:
  interval: 1h
  chart:
    spec:
      chart: podinfo
      version: 6.7.0
      sourceRef:
        kind: HelmRepository
        name: podinfo
`;
const GIT = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: app
  namespace: web
spec:
  interval: 10m
  url: https://github.com/example/app
  ref:
    tag: v1.2.0
`;
const KUSTOMIZATION = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: web
  namespace: flux-system
spec:
  interval: 1h
  timeout: 3m
  path: ./apps/web
  prune: true
  wait: true
  dependsOn:
    - name: database
  sourceRef:
    kind: GitRepository
    name: flux-system
`;
const SETTINGS = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: web
data:
  theme: dark
`;
const app = { 'apps/web/settings.yaml': SETTINGS };
const hourly = { [FILE]: KUSTOMIZATION.replace('interval: 1h', 'interval: 30m'), ...app };

/** What runs, and when. */
export const ROLLOUT = {
  suspended: {
    meaning: 'Flux no longer reconciles the object, or a CronJob no longer runs',
    details:
      'A Flux object gets `suspend: true`, or an object the annotation `kustomize.toolkit.fluxcd.io/reconcile: disabled` or `ssa: Ignore`. Changes in git have no effect until it is resumed. Everything that depends on a suspended Kustomization of the same source stops becoming ready at the next revision.',
    advice: 'State in the commit when it will be resumed.',
    example: {
      before: { [FILE]: KUSTOMIZATION, ...app },
      after: { [FILE]: `${KUSTOMIZATION}  suspend: true\n`, ...app },
      instead: hourly,
    },
  },
  upgraded: {
    meaning: 'The version of a chart or of an image changes',
    details:
      'The report names the step: major, minor or patch; a range, which changes without a commit; a new digest of the same tag; a downgrade; or another step, if the versions are not numbers. `diff` finds images in pod templates, in values that have an image as one string or as `repository` and `tag`, and in `spec.images` of a Kustomization. If a chart is a folder of this repository, `diff` compares its files, and tells when Flux packs it again: for a new version, or with `reconcileStrategy: Revision` for each change.',
    advice:
      'Read the notes of a major version. Before a downgrade, check that the older version reads what the newer one wrote.',
    example: {
      before: { [FILE]: RELEASE },
      after: { [FILE]: RELEASE.replace('6.7.0', '7.0.0') },
      instead: { [FILE]: RELEASE.replace('interval: 1h', 'interval: 30m') },
    },
  },
  restarted: {
    meaning: 'The pod template changes, so pods are replaced',
    details:
      'This concerns Deployments, StatefulSets and DaemonSets; a CronJob uses the new template in its next run. The report does not list workloads without pods, or those with the update strategy `OnDelete`.',
    advice: 'Check that enough pods stay ready: with the strategy `Recreate`, all of them stop first.',
    example: {
      before: { [FILE]: DEPLOYMENT },
      after: { [FILE]: DEPLOYMENT.replace('level=info', 'level=debug') },
      instead: { [FILE]: DEPLOYMENT.replace('replicas: 1', 'replicas: 2') },
    },
  },
  'source-changed': {
    meaning: 'Flux applies manifests from another place',
    details:
      'One of these changes: the path or the source of a Kustomization, or the remote bases that it builds; the address, branch, tag or verification of a source; the repository of a chart.',
    advice:
      'Check that the new place contains everything that the old one did: Flux prunes missing objects. For another tag, branch or commit, read what changed between the two.',
    example: {
      before: { [FILE]: GIT },
      after: { [FILE]: GIT.replace('v1.2.0', 'v1.3.0') },
      instead: { [FILE]: GIT.replace('10m', '5m') },
    },
  },
  'order-changed': {
    meaning: 'An object waits for other objects than before',
    details: '`dependsOn` of a Kustomization or HelmRelease changes, or a condition in it.',
    advice:
      'Check that the object works, even on a new cluster, before the objects that it no longer waits for are ready.',
    example: {
      before: { [FILE]: KUSTOMIZATION, ...app },
      after: { [FILE]: KUSTOMIZATION.replace('name: database', 'name: cache'), ...app },
      instead: hourly,
    },
  },
  'wait-changed': {
    meaning: 'An object becomes ready under other conditions',
    details:
      'One of these changes: `wait`, `healthChecks`, `healthCheckExprs` or `timeout` of a Kustomization, or what a HelmRelease waits for. Everything that depends on the object starts earlier or later.',
    advice: 'Set `wait: true`, or add health checks for the objects that others need.',
    example: {
      before: { [FILE]: KUSTOMIZATION, ...app },
      after: { [FILE]: KUSTOMIZATION.replace('wait: true', 'wait: false'), ...app },
      instead: hourly,
    },
  },
  resumed: {
    meaning: 'Flux reconciles an object again, or a CronJob runs again',
    details: 'Flux then applies everything that changed in git while the object was suspended.',
    advice: 'First compare with the cluster, for example with `flux diff kustomization`.',
    example: {
      before: { [FILE]: `${KUSTOMIZATION}  suspend: true\n`, ...app },
      after: { [FILE]: KUSTOMIZATION, ...app },
    },
  },
  'cluster-added': {
    meaning: 'A cluster has an entry path for the first time',
    details: 'Nothing happens until Flux is installed with it.',
    advice: 'Run `flux bootstrap` with the new path.',
  },
  created: {
    meaning: 'Flux creates the object',
    details: 'The report lists what a new Kustomization applies together with it.',
    example: {
      before: { [FILE]: SETTINGS },
      after: { [FILE]: `${SETTINGS}---\n${SETTINGS.replace('name: settings', 'name: other')}` },
    },
  },
  changed: {
    meaning: 'Flux changes the object in place',
    details:
      'No other class covers the fields. `diff` matches lists by the keys of their entries, and treats values with the same meaning as equal: the order of keys, `1000m` and `1` CPUs, `60m` and `1h` of Flux, an entry of a Secret in `data` or `stringData`. If an annotation tells Flux to leave the object alone, the report says that nothing happens.',
    example: {
      before: { [FILE]: SETTINGS },
      after: { [FILE]: SETTINGS.replace('dark', 'light') },
    },
  },
} as const satisfies Readonly<Record<string, ClassFacts>>;
