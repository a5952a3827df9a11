import type { CodeFacts } from './code-facts';

/** Shards and artifacts: how much of a cluster one controller, or one change, has to do with. */
export const SHARDING_CODES = {
  'shard-source-apart': {
    authorHint:
      'put both into one FluxApp, or give both one shard: shard: "shard1"; synth labels the chart of a HelmRelease with the shard of a source in the same cluster',
    severity: 'error',
    summary: 'A chart is in another shard than its source, so its source-controller never finds the source',
    details: 'The same applies to a GitRepository that includes others.',
    inCheck: true,
  },
  'shard-unknown': {
    severity: 'error',
    summary: 'A FluxApp or a HelmChartRelease is assigned to a shard that its Cluster does not have',
    fix: 'Use a name in `sharding.shards` of the Cluster, or add it there.',
  },
  'shard-watched-twice': {
    severity: 'error',
    summary: 'Two instances of a controller watch the same objects, and both reconcile them',
    inCheck: true,
  },
  'shard-without-controller': {
    authorHint:
      'push what "cdk8s-flux bootstrap --kustomization" and "--shard" print to flux-system/ in the entry path, or remove the shard from sharding of the Cluster; for a FluxInstance, list it in spec.sharding.shards',
    severity: 'error',
    summary: 'A Flux object has the label of a shard that no controller watches, so Flux never reconciles it',
    inCheck: true,
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
