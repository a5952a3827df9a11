import type { CodeFacts } from './code-facts';

/** The shape of the app. */
export const APP_SHAPE_CODES = {
  'argument-invalid': {
    severity: 'error',
    summary:
      'A constructor or function got an argument of another shape than its type says, or a prop that its type does not have',
    details:
      'The construct is made without that argument, so that the run reports what else is wrong; nothing is published.',
    fix: 'Correct the argument. `tsc --noEmit` names the mistake; tsx and plain JavaScript do not look at types.',
  },
  'chart-around-missing': {
    severity: 'error',
    summary: 'A construct is directly in the app, where no file is made of it',
    fix: 'Make it in a `FluxApp`, or in a `Chart` in a stock `App`.',
  },
  'chart-missing': {
    severity: 'error',
    summary: 'A repository may hold several charts, and none was named',
    fix: 'Name the chart.',
  },
  'chart-outside-cluster': {
    severity: 'warning',
    summary: 'A chart is in no `Cluster`. cdk8s gets its objects as ever, but they are not published',
    fix: 'Put it into a `FluxApp`.',
  },
  'cluster-missing': {
    severity: 'error',
    summary: 'A construct that needs to know its cluster is in none',
    fix: 'Make it below a `Cluster`.',
  },
  'cluster-id-shared': {
    severity: 'error',
    summary: 'Two clusters with the same id keep their FluxApps in the same folder',
    fix: 'Give one of them another id, or a `directory` of its own.',
  },
  'cluster-path-shared': {
    severity: 'error',
    summary:
      'Two clusters have the same `path`, or that of one lies in that of the other: each would apply the objects of both',
    fix: 'Give each Cluster a `path` of its own, as it was bootstrapped with.',
  },
  'construct-id-duplicate': {
    severity: 'error',
    summary: 'Two constructs in one scope have the same id',
    fix: 'Give one of them another id.',
  },
  'construct-invalid': {
    severity: 'error',
    summary: "A construct's own validation failed",
    fix: "The message is that construct's.",
  },
  'directory-in-entry-path': {
    severity: 'error',
    summary:
      'The directories of the FluxApps, or a ManifestDirectory, would lie in an entry path, which Flux applies as a whole: their objects would be applied twice',
    fix: 'Set `directory` of the Cluster to a folder beside the entry path, or remove `directory`. Give the ManifestDirectory another `path`.',
  },
  'duration-invalid': {
    severity: 'error',
    summary: 'A text is no duration that Flux understands',
    fix: 'Write `10m` or `1m15s`, or pass a cdk8s `Duration`.',
  },
  'flux-app-empty': {
    severity: 'error',
    summary: 'A FluxApp has nothing in it, and Flux refuses to build an empty directory',
    fix: 'Put a construct into it, or drop it.',
  },
  'gitops-app-missing': {
    severity: 'error',
    summary: 'A Cluster is in an `App` of cdk8s, which publishes nothing for Flux',
    fix: 'Use `GitOpsApp` in place of `App`.',
  },
  'namespace-unnamed': {
    severity: 'error',
    summary: 'A FluxApp is to create its namespace, and has none',
    fix: 'Set `namespace` or `targetNamespace`.',
  },
  'image-source-invalid': {
    severity: 'error',
    summary: 'Image automation commits to Git, and its cluster is synced from something else',
    fix: "Name the repository: `sourceRef: GitRepository.fromName('fleet')`.",
  },
  'manifest-invalid': {
    severity: 'error',
    summary: 'A document of a YAML file has no `apiVersion` and `kind`',
    fix: 'Give a file of Kubernetes objects.',
    inCheck: true,
  },
  'object-invalid': {
    severity: 'error',
    summary: 'An object could not be rendered',
    fix: 'The message says why.',
  },
  'patch-target-missing': {
    severity: 'error',
    summary: 'A patch is meant for an object that the file does not have',
    fix: 'Name it as `Kind/name`; the hint lists what there is.',
    inCheck: true,
  },
  'reference-across-namespaces': {
    severity: 'error',
    summary: 'A field can name an object of its own namespace only, and the construct given is in another',
    fix: 'Put both into one namespace.',
  },
  'secret-entry-missing': {
    severity: 'error',
    summary:
      'A Secret of the app lacks the entries that the field which names it needs: a `token`, or `identity` and `known_hosts`',
    fix: 'Add the entries, or make the Secret by the construct for such credentials; see [kinds of credentials](credentials.md).',
  },
  'reference-kind': {
    severity: 'error',
    summary:
      'A field refers to an object of one kind, and the construct given is of another: a ConfigMap where a Secret is needed',
    fix: 'Give a construct of that kind, or its name.',
  },
  'value-not-plain': {
    severity: 'error',
    summary: 'A value is no plain data: a function, a class instance, or a value that holds itself',
    fix: 'Use strings, numbers, booleans, null, lists and plain objects.',
  },
  'write-key-missing': {
    severity: 'warning',
    summary:
      'Image automation pushes to the repository that the cluster is synced from, and the deploy key may only read',
    fix: 'Renew the key with the line that `cdk8s-flux bootstrap` prints, and say `readWriteKey: true` in `bootstrap` of the `Cluster`; see [bootstrap](bootstrap.md).',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
