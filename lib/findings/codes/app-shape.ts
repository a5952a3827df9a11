import type { CodeFacts } from './code-facts';

/** The shape of the app. */
export const APP_SHAPE_CODES = {
  'argument-invalid': {
    severity: 'error',
    summary: 'A constructor or function got an argument of the wrong type, or a prop that does not exist',
    details:
      'The construct ignores the argument, so that the run can report other mistakes too. Nothing is published.',
    fix: 'Correct the argument. `tsc --noEmit` shows the mistake; tsx and plain JavaScript do not check types.',
  },
  'chart-around-missing': {
    severity: 'error',
    summary: 'A construct is directly in the app, so it is not written to any file',
    fix: 'Put it into a `FluxApp`, or, in a plain cdk8s `App`, into a `Chart`.',
  },
  'chart-missing': {
    severity: 'error',
    summary: 'A Helm repository may have several charts, and you did not name one',
    fix: 'Set `chart`.',
  },
  'chart-outside-cluster': {
    severity: 'warning',
    summary:
      'A `Chart` is not in a `Cluster`. cdk8s writes its objects to the scratch folder, but synth does not publish them',
    fix: 'Put it into a `FluxApp`.',
  },
  'cluster-missing': {
    severity: 'error',
    summary: 'A construct needs a cluster but is not in one',
    fix: 'Create it in a `Cluster`.',
  },
  'cluster-id-shared': {
    severity: 'error',
    summary: 'Two clusters have the same id and put their FluxApps into the same folder',
    fix: 'Give one of them another id, or a `directory` of its own.',
  },
  'cluster-path-shared': {
    severity: 'error',
    summary:
      'Two clusters have the same `path`, or the path of one is inside the path of the other: each would apply the objects of both',
    fix: 'Give each Cluster its own `path`: the one it was bootstrapped with.',
  },
  'construct-id-duplicate': {
    severity: 'error',
    summary: 'Two constructs in one scope have the same id',
    fix: 'Give one of them another id.',
  },
  'construct-invalid': {
    severity: 'error',
    summary: "A construct's own validation failed",
    fix: 'The message comes from the construct. Correct the problem that it names.',
  },
  'directory-in-entry-path': {
    severity: 'error',
    summary:
      'The directories of the FluxApps, or a ManifestDirectory, would be inside an entry path. Flux applies everything in an entry path, so it would apply their objects twice',
    fix: 'Set `directory` of the Cluster to a folder beside the entry path, or remove `directory`. Give the ManifestDirectory another `path`.',
  },
  'duration-invalid': {
    severity: 'error',
    summary: 'A string is not a duration that Flux understands',
    fix: 'Write `10m` or `1m15s`, or pass a cdk8s `Duration`.',
  },
  'flux-app-empty': {
    severity: 'error',
    summary: 'A FluxApp is empty, and Flux refuses to build an empty directory',
    fix: 'Put a construct into it, or remove it.',
  },
  'gitops-app-missing': {
    severity: 'error',
    summary: 'A Cluster is in a plain cdk8s `App`, which publishes nothing for Flux',
    fix: 'Use `GitOpsApp` instead of `App`.',
  },
  'namespace-unnamed': {
    severity: 'error',
    summary: 'A FluxApp has `createNamespace` but no namespace to create',
    fix: 'Set `namespace` or `targetNamespace`.',
  },
  'image-source-invalid': {
    severity: 'error',
    summary: 'Image automation commits to Git, but its cluster is not synced from a GitRepository',
    fix: "Name the repository: `sourceRef: GitRepository.fromName('fleet')`.",
  },
  'manifest-invalid': {
    severity: 'error',
    summary: 'A document of a YAML file has no `apiVersion` and `kind`',
    fix: 'Use a file that contains only Kubernetes objects.',
    inCheck: true,
  },
  'object-invalid': {
    severity: 'error',
    summary: 'An object cannot be rendered',
    fix: 'The message says why.',
  },
  'patch-target-missing': {
    severity: 'error',
    summary: 'A patch targets an object that is not in the file',
    fix: 'Name the target as `Kind/name`; the hint lists the objects of the file.',
    inCheck: true,
  },
  'reference-across-clusters': {
    severity: 'error',
    summary:
      'A field refers to a construct in another cluster, or in a FluxApp with `kubeConfig`, so the reference finds nothing',
    fix: 'Refer to an object in the same cluster. If something else creates it there, refer to it by its name, for example with `fromName`.',
  },
  'reference-across-namespaces': {
    severity: 'error',
    summary:
      'A field can only refer to an object in its own namespace, but the construct is in another namespace',
    fix: 'Put both into the same namespace.',
  },
  'secret-entry-missing': {
    severity: 'error',
    summary:
      'A Secret in the app lacks entries that the field that refers to it needs, such as a `token`, or `identity` and `known_hosts`',
    fix: 'Add the entries, or create the Secret with the construct for these credentials; see [credentials](credentials.md).',
  },
  'reference-kind': {
    severity: 'error',
    summary: 'A field got a construct of the wrong kind, such as a ConfigMap instead of a Secret',
    fix: 'Pass a construct of the right kind, or its name.',
  },
  'value-not-plain': {
    severity: 'error',
    summary: 'A value is not plain data: it is a function, a class instance, or refers to itself',
    fix: 'Use strings, numbers, booleans, null, lists and plain objects.',
  },
  'write-key-missing': {
    severity: 'warning',
    summary:
      'Image automation pushes to the repository that the cluster is synced from, but the deploy key is read-only',
    fix: 'Replace the key with the command that `cdk8s-flux bootstrap` prints, and set `readWriteKey: true` in `bootstrap` of the `Cluster`; see [bootstrap](bootstrap.md).',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
