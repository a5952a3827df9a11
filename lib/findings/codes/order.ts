import type { CodeFacts } from './code-facts';

/** Order. */
export const ORDER_CODES = {
  'chain-too-deep': {
    severity: 'info',
    summary: 'A chain of dependencies is so long that changes roll out slowly',
    inCheck: true,
    atSynth: 'certain',
  },
  'chart-name-invalid': {
    severity: 'error',
    summary:
      'The name of a chart is refused, begins with the repository, or is already in the address of an OCI repository',
    inCheck: true,
  },
  'chart-path-missing': {
    severity: 'error',
    summary: 'A HelmRelease takes its chart from a folder of the repository that has no `Chart.yaml`',
    inCheck: true,
    atSynth: 'skip',
  },
  'crd-deadlock': {
    authorHint:
      "move the custom resources to their own FluxApp, and make it depend on the operator's; OperatorStack does that: put them into its resources; if the CRD is in the cluster before Flux, list its group under check.providedGroups in cdk8s-flux.yaml",
    severity: 'error',
    summary:
      'A custom resource is applied together with the release that installs its CRD, or before it, so Flux can never apply either',
    inCheck: true,
  },
  'crd-missing': {
    severity: 'error',
    summary: 'A custom resource is applied, but nothing installs its CRD',
    details:
      'It is an error if a well-known chart is installed without its CRDs and nothing else can install them. Otherwise it is a warning or an info that names what may install them.',
    inCheck: true,
  },
  'crd-pruned': {
    authorHint: 'put the CRDs into their own FluxApp with prune: false, or use an OperatorStack with crds',
    severity: 'warning',
    summary:
      'A Kustomization with `prune: true` applies CRDs; removing a CRD deletes all its custom resources',
    inCheck: true,
  },
  'crd-race': {
    authorHint:
      'make the FluxApp depend on the one that installs the CRD: dependsOn: [...]; OperatorStack does that: put the objects into its resources',
    severity: 'warning',
    summary: 'A custom resource may be applied before its CRD exists',
    inCheck: true,
  },
  'config-key-missing': {
    severity: 'error',
    summary: 'A Pod needs a key that its ConfigMap or Secret does not have',
    inCheck: true,
  },
  'service-port-missing': {
    severity: 'warning',
    summary: 'An Ingress or a route sends requests to a port that its Service does not have',
    inCheck: true,
  },
  'issuer-missing': {
    severity: 'warning',
    summary: 'A certificate names an issuer of cert-manager that nothing creates',
    inCheck: true,
  },
  'credentials-missing': {
    severity: 'error',
    summary: 'A source uses a protocol that needs credentials, but refers to none',
    fix: 'Set `secretRef` to a Secret with the credentials.',
  },
  'dependency-across-clusters': {
    severity: 'error',
    summary:
      'A dependency is in another cluster. Each cluster reconciles on its own and cannot wait for another one',
    fix: 'Depend on something in the same cluster.',
  },
  'dependency-cross-kind': {
    severity: 'error',
    summary: 'A Kustomization waits for a HelmRelease, or the other way round, which Flux does not support',
    inCheck: true,
  },
  'dependency-cycle': {
    severity: 'error',
    summary: 'Kustomizations or HelmReleases wait for each other in a loop, so none of them ever starts',
    details: 'Flux reconciles none of them, and none of the other Kustomizations of their source.',
    inCheck: true,
  },
  'dependency-missing': {
    severity: 'error',
    summary:
      'An entry of `dependsOn` names an object that nothing in the cluster applies, so what waits for it never starts',
    inCheck: true,
    atSynth: 'trust',
  },
  'dependency-suspended': {
    severity: 'warning',
    summary:
      'A Kustomization waits for a suspended Kustomization of the same source, so it never gets the next revision',
    inCheck: true,
  },
  'dependency-not-applied': {
    severity: 'error',
    summary: 'A construct of a dependency is not in a FluxApp that Flux applies, so Flux cannot order it',
    fix: 'Put both into FluxApps that Flux reconciles.',
  },
  'dependency-not-ready': {
    severity: 'warning',
    summary: 'Others wait for a Kustomization that does not wait for its own objects',
    inCheck: true,
    atSynth: 'certain',
  },
  'reference-renamed': {
    severity: 'error',
    summary:
      'A Flux object refers to another one, a ConfigMap or a Secret by a name or namespace in the files that the build changes',
    inCheck: true,
  },
  'dependency-on-child': {
    severity: 'error',
    summary: 'An object waits for something that it applies itself',
    fix: 'Remove the dependency, or move one of the two out of the other.',
  },
  'dependency-on-itself': {
    severity: 'error',
    summary: 'An object waits for itself',
    fix: 'Remove the dependency.',
    inCheck: true,
  },
  'dependency-on-parent': {
    severity: 'error',
    summary: 'An object waits for the FluxApp that applies it',
    fix: 'Remove the dependency: a child always comes after its parent.',
  },
  'dependency-redundant': {
    severity: 'info',
    summary: 'A `dependsOn` entry adds nothing, because another entry of the same object implies it',
    inCheck: true,
    atSynth: 'certain',
  },
  'duplicate-owner': {
    authorHint: 'create it in one FluxApp, and make the others depend on that one',
    severity: 'warning',
    summary: "Several Kustomizations or ResourceSets apply the same object and undo each other's changes",
    inCheck: true,
  },
  'health-check-ignored': {
    severity: 'warning',
    summary: 'A Kustomization with `wait: true` ignores its `healthChecks`',
    inCheck: true,
    atSynth: 'certain',
  },
  'namespace-race': {
    authorHint: 'make the FluxApp depend on the one that creates the Namespace: dependsOn: [...]',
    severity: 'warning',
    summary: 'Objects may be applied before their namespace exists',
    details:
      'It is an error if what creates the namespace is applied only after the objects, or is a HelmRelease of the same Kustomization, so that neither is ever applied.',
    inCheck: true,
  },
  'open-version-range-shared': {
    severity: 'warning',
    summary:
      'Several clusters share a version range without an upper limit, so they are all upgraded at once',
    inCheck: true,
  },
  'health-check-target-missing': {
    severity: 'warning',
    summary: 'A health check names an object that nothing in the cluster applies',
    inCheck: true,
  },
  'path-of-other-cluster': {
    severity: 'warning',
    summary: 'A cluster builds the folder of another cluster, and nothing builds its own',
    inCheck: true,
  },
  'path-overlap': {
    severity: 'warning',
    summary:
      'Two Kustomizations build the same path, or one builds a folder that contains the path of the other',
    inCheck: true,
  },
  'retry-interval-default': {
    authorHint: 'set retryInterval, for example to 2m; a FluxApp has it by default',
    severity: 'info',
    summary: 'Kustomizations without `retryInterval` retry only after their whole interval',
    inCheck: true,
    atSynth: 'certain',
  },
  'source-missing': {
    authorHint:
      'pass the source as a construct, or make sure that the cluster has it and refer to it with fromName',
    severity: 'error',
    summary: 'A `sourceRef` or `chartRef` names a source that nothing in the cluster applies',
    inCheck: true,
    atSynth: 'trust',
  },
  'stage-empty': {
    severity: 'error',
    summary: 'A stage of a chain contains nothing that Flux can order',
    fix: 'Use FluxApps, Kustomizations or HelmReleases.',
  },
  'timeout-too-short': {
    severity: 'warning',
    summary: 'A Kustomization with `wait: true` has a shorter timeout than a HelmRelease that it applies',
    authorHint: 'set timeout to more than that, or remove it: a FluxApp then gets one that is long enough',
    inCheck: true,
    atSynth: 'certain',
  },
  'variable-eaten': {
    severity: 'error',
    summary: 'Flux replaces a variable that belongs to a script or dashboard',
    inCheck: true,
  },
  'webhook-race': {
    severity: 'warning',
    summary: 'A custom resource may be applied before the webhook that validates it is running',
    inCheck: true,
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
