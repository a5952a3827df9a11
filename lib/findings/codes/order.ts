import type { CodeFacts } from './code-facts';

/** Order. */
export const ORDER_CODES = {
  'chain-too-deep': {
    severity: 'info',
    summary: 'A chain of dependencies is so long that a change rolls out slowly',
    inCheck: true,
    atSynth: 'certain',
  },
  'crd-deadlock': {
    authorHint:
      'move the custom resources to a FluxApp of their own that depends on the one of the operator; OperatorStack does that: put them into its resources; if the CRD is there before Flux, list its group under check.providedGroups in cdk8s-flux.yaml',
    severity: 'error',
    summary: 'A custom resource is applied together with, or before, what installs its CRD, and so never',
    inCheck: true,
  },
  'crd-missing': {
    severity: 'error',
    summary: 'A custom resource is applied, and nothing brings its CRD',
    details:
      'An error where a well-known chart is installed with its CRDs left out, and nothing else in sight may bring them; else a warning or an info that names what may.',
    inCheck: true,
  },
  'crd-pruned': {
    authorHint: 'give the CRDs a FluxApp of their own with prune: false, or use an OperatorStack with crds',
    severity: 'warning',
    summary: 'A Kustomization that prunes applies CRDs, whose removal deletes all custom resources',
    inCheck: true,
  },
  'crd-race': {
    authorHint:
      'let the FluxApp depend on the one that brings the CRD: dependsOn: [...]; OperatorStack does that: put the objects into its resources',
    severity: 'warning',
    summary: 'A custom resource may be applied before its CRD is there',
    inCheck: true,
  },
  'credentials-missing': {
    severity: 'error',
    summary: 'The way in which a source is fetched needs credentials, and there are none',
    fix: 'Refer to a Secret that holds them.',
  },
  'dependency-across-clusters': {
    severity: 'error',
    summary: 'Each cluster reconciles on its own, so none can wait for another',
    fix: 'Depend on what the same cluster runs.',
  },
  'dependency-cross-kind': {
    severity: 'error',
    summary: 'A Kustomization waits for a HelmRelease or the other way round, which Flux cannot do',
    inCheck: true,
  },
  'dependency-cycle': {
    severity: 'error',
    summary: 'Kustomizations or HelmReleases wait for one another in a loop, so none of them ever starts',
    details: 'Flux reconciles none of them, and no other Kustomization of their source.',
    inCheck: true,
  },
  'dependency-missing': {
    severity: 'error',
    summary:
      'A `dependsOn` names an object that nothing in the cluster applies, so what waits for it never starts',
    inCheck: true,
    atSynth: 'trust',
  },
  'dependency-suspended': {
    severity: 'warning',
    summary:
      'A Kustomization waits for a suspended one of the same source, so it does not start on the next revision',
    inCheck: true,
  },
  'dependency-not-applied': {
    severity: 'error',
    summary: 'One of the two is in no FluxApp that Flux applies, so that Flux has no order for it',
    fix: 'Put both into FluxApps that Flux reconciles.',
  },
  'dependency-not-ready': {
    severity: 'warning',
    summary: 'Others wait for a Kustomization that does not wait for what it applies',
    inCheck: true,
    atSynth: 'certain',
  },
  'dependency-on-child': {
    severity: 'error',
    summary: 'An object waits for what it applies itself',
    fix: 'Drop it, or move one of the two out of the other.',
  },
  'dependency-on-itself': {
    severity: 'error',
    summary: 'An object waits for itself',
    fix: 'Drop the dependency.',
    inCheck: true,
  },
  'dependency-on-parent': {
    severity: 'error',
    summary: 'An object waits for the FluxApp that applies it',
    fix: 'Drop it: a child always comes after its parent.',
  },
  'dependency-redundant': {
    severity: 'info',
    summary: 'A `dependsOn` adds nothing, as another one of the same object implies it',
    inCheck: true,
    atSynth: 'certain',
  },
  'duplicate-owner': {
    authorHint: 'make it in one FluxApp, and let the others depend on that one',
    severity: 'warning',
    summary: 'Several Kustomizations apply one object, so that they undo or delete what another did',
    inCheck: true,
  },
  'health-check-ignored': {
    severity: 'warning',
    summary: 'A Kustomization with `wait: true` ignores its `healthChecks`',
    inCheck: true,
    atSynth: 'certain',
  },
  'open-version-range-shared': {
    severity: 'warning',
    summary: 'Several clusters share a version range without an end, and are upgraded at once',
    inCheck: true,
  },
  'health-check-target-missing': {
    severity: 'warning',
    summary: 'A health check names an object that nothing in the cluster applies',
    inCheck: true,
  },
  'path-overlap': {
    severity: 'warning',
    summary: 'Two Kustomizations build one path, or one of them a folder around the path of the other',
    inCheck: true,
  },
  'retry-interval-default': {
    authorHint: 'set retryInterval, for example to 2m; a FluxApp has it by default',
    severity: 'info',
    summary: 'Kustomizations without `retryInterval` try again only after their whole interval',
    inCheck: true,
    atSynth: 'certain',
  },
  'source-missing': {
    authorHint:
      'give the source as a construct, or make sure that the cluster has it and name it with fromName',
    severity: 'error',
    summary: 'A `sourceRef` or `chartRef` names a source that nothing in the cluster applies',
    inCheck: true,
    atSynth: 'trust',
  },
  'stage-empty': {
    severity: 'error',
    summary: 'A member of a chain has nothing that Flux reconciles in order',
    fix: 'Give FluxApps, Kustomizations or HelmReleases.',
  },
  'timeout-too-short': {
    severity: 'warning',
    summary: 'A Kustomization with `wait: true` gives up before a HelmRelease that it applies may be ready',
    authorHint: 'set timeout to more than that, or leave it out: a FluxApp then gets one that is long enough',
    inCheck: true,
    atSynth: 'certain',
  },
  'variable-eaten': {
    severity: 'error',
    summary: 'Flux replaces a variable that a script or dashboard means for itself',
    inCheck: true,
  },
  'webhook-race': {
    severity: 'warning',
    summary: 'A custom resource may be applied before the webhook that checks it serves',
    inCheck: true,
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
