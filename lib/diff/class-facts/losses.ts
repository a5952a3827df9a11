import type { ClassFacts } from './facts';

const KUSTOMIZATION = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: web
  namespace: flux-system
spec:
  interval: 1h
  path: ./apps/web
  prune: true
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
const API = KUSTOMIZATION.replace('name: web', 'name: api').replace('apps/web', 'apps/api');
const OTHER = SETTINGS.replace('name: settings', 'name: other');
const RELEASE = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: podinfo
  namespace: web
spec:
  interval: 1h
  chartRef:
    kind: OCIRepository
    name: podinfo
`;
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
`;
const relabelled = DEPLOYMENT.replaceAll('app: podinfo', 'app: web');
const FORCE = '  namespace: web\n  annotations:\n    kustomize.toolkit.fluxcd.io/force: enabled\n';
const CLUSTER = 'clusters/prod/apps.yaml';

/** What is lost, or fails. */
export const LOSSES = {
  'cluster-removed': {
    meaning: 'The entry path of a cluster is gone',
    details:
      'Flux in the cluster no longer finds its path. It fails, leaves everything that it applied as it is, and applies no updates.',
    advice:
      'If you want to remove the cluster, delete it. If you want to keep it without Flux, run `flux uninstall`. A renamed entry path keeps its cluster if the root Kustomization and its objects stay.',
  },
  deleted: {
    meaning: 'Flux deletes the object from the cluster',
    details:
      'The object was removed from git, and its Kustomization prunes. With a Namespace, Flux deletes all objects in it; with a CRD, all objects of its kind; with a HelmRelease, everything that it installed; with a Kustomization, everything that it applied. The report lists these with the change.',
    advice:
      'To keep an object that you remove from git, set the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` in one commit, and remove it from git in a later one.',
    example: {
      before: { [CLUSTER]: KUSTOMIZATION, 'apps/web/settings.yaml': SETTINGS, 'apps/web/other.yaml': OTHER },
      after: { [CLUSTER]: KUSTOMIZATION, 'apps/web/other.yaml': OTHER },
      instead: {
        [CLUSTER]: KUSTOMIZATION,
        'apps/web/settings.yaml': SETTINGS.replace(
          '  namespace: web\n',
          '  namespace: web\n  annotations:\n    kustomize.toolkit.fluxcd.io/prune: disabled\n',
        ),
        'apps/web/other.yaml': OTHER,
      },
    },
  },
  recreated: {
    meaning: 'Flux deletes the object and creates it again',
    details:
      'This happens when you rename a Kustomization that prunes. The report then lists each object whose deletion deletes other objects or data (Namespaces, CRDs, PersistentVolumeClaims, PersistentVolumes, HelmReleases), and the rest together with the Kustomization. It also happens if the name or the namespace of an object changes, or if an immutable field changes and the object has `spec.force` or the annotation `kustomize.toolkit.fluxcd.io/force: enabled`. A Kustomization with files from another repository creates all of its objects again if its `targetNamespace`, `namePrefix` or `nameSuffix` changes.',
    advice:
      'Plan for the downtime, and back up the data of the object. To rename a Kustomization without loss, set `deletionPolicy: Orphan` one commit before; `cdk8s-flux move` plans it.',
    example: {
      before: { [CLUSTER]: DEPLOYMENT.replace('  namespace: web\n', FORCE) },
      after: { [CLUSTER]: relabelled.replace('  namespace: web\n', FORCE) },
      instead: {
        [CLUSTER]: DEPLOYMENT.replace('  namespace: web\n', FORCE).replace('replicas: 1', 'replicas: 2'),
      },
    },
  },
  reinstalled: {
    meaning: 'Flux uninstalls the Helm release and installs it again',
    details:
      'helm-controller identifies a release by its name, its namespace, its storage namespace and the name of its chart. Without `releaseName`, the name consists of `targetNamespace` and the name of the HelmRelease, so a new `targetNamespace` changes it too. Helm deletes everything that the release created, including volumes whose claims are part of the chart.',
    advice:
      'Back up the data of the release. To change other fields and keep the release, leave `releaseName`, `targetNamespace` and `storageNamespace` as they are.',
    example: {
      before: { [CLUSTER]: RELEASE },
      after: { [CLUSTER]: `${RELEASE}  targetNamespace: shop\n` },
      instead: { [CLUSTER]: `${RELEASE}  releaseName: podinfo\n` },
    },
  },
  refused: {
    meaning: 'The API server refuses the change, so the Kustomization fails and applies none of its changes',
    details:
      'The change is in a field that cannot change once the object exists: the selector of a workload, the pod template of a Job, most of a StatefulSet or a PersistentVolumeClaim (its class, even if it got the default one; its size, if its StorageClass does not allow expansion), `roleRef` of a binding, the provisioner and parameters of a StorageClass, the data of immutable ConfigMaps and Secrets, the type of a Secret, and others. In a custom resource, it is a field for which the CRD has the rule `self == oldSelf`. The change is also refused if the object no longer matches its schema.',
    advice:
      'Undo the change, give the object another name, or set the annotation `kustomize.toolkit.fluxcd.io/force: enabled`: Flux then deletes the object and creates it again. Do not force a PersistentVolumeClaim or a CRD: their data is deleted with them.',
    example: {
      before: { [CLUSTER]: DEPLOYMENT },
      after: { [CLUSTER]: relabelled },
      instead: { [CLUSTER]: DEPLOYMENT.replace('replicas: 1', 'replicas: 2') },
    },
  },
  moved: {
    meaning: 'Another Kustomization now applies the object',
    details:
      'Whether the object survives depends on the order of the two. If the old owner already waited for the new one (`dependsOn`, with the same source), the new one adopts it first. If the order is different, is missing, or is added in the same commit, the old owner may delete the object before the new one creates it again. The same applies if several Kustomizations apply the object and one of them stops.',
    advice:
      'Make the old owner depend on the new one, and move the object once Flux has applied that. If that creates a cycle, set the annotation `kustomize.toolkit.fluxcd.io/prune: disabled` one commit before. `cdk8s-flux move` plans both.',
    example: {
      before: {
        [CLUSTER]: `${KUSTOMIZATION}---\n${API}`,
        'apps/web/settings.yaml': SETTINGS,
        'apps/web/other.yaml': OTHER,
        'apps/api/more.yaml': SETTINGS.replace('name: settings', 'name: more'),
      },
      after: {
        [CLUSTER]: `${KUSTOMIZATION}---\n${API}`,
        'apps/web/other.yaml': OTHER,
        'apps/api/more.yaml': SETTINGS.replace('name: settings', 'name: more'),
        'apps/api/settings.yaml': SETTINGS,
      },
    },
  },
  orphaned: {
    meaning: 'The object was removed from git but stays in the cluster',
    details:
      'Nothing deletes it: its Kustomization does not prune, is suspended, or is deleted with `deletionPolicy: Orphan`; or the object has the annotation `kustomize.toolkit.fluxcd.io/prune: disabled`. From now on, nothing updates it.',
    advice: 'Delete it by hand once nothing needs it, or apply it with another Kustomization.',
    example: {
      before: {
        [CLUSTER]: KUSTOMIZATION.replace('prune: true', 'prune: false'),
        'apps/web/settings.yaml': SETTINGS,
        'apps/web/other.yaml': OTHER,
      },
      after: {
        [CLUSTER]: KUSTOMIZATION.replace('prune: true', 'prune: false'),
        'apps/web/other.yaml': OTHER,
      },
    },
  },
} as const satisfies Readonly<Record<string, ClassFacts>>;
