import type { CodeFacts } from './code-facts';

/** Fleets of clusters. */
export const FLEET_CODES = {
  'cluster-directory-shared': {
    severity: 'error',
    summary:
      'Two clusters of a fleet keep their FluxApps in the same folder, where their files would collide',
    fix: 'Give one of them a `directory` of its own, or use a layout whose paths have `{name}` in them.',
  },
  'cluster-without-ring': {
    severity: 'error',
    summary: 'A deployment asks for the value of a pin in a cluster that is in no ring',
    fix: 'Put the cluster into a ring of the `Fleet`, or leave it out of the deployment.',
  },
  'deployment-empty': {
    severity: 'error',
    summary: 'The function of a deployment made nothing in a cluster',
    fix: 'Put constructs into `cluster.app`, or return those that it made. Where there is nothing to deploy, leave the cluster out of `select`.',
  },
  'deployment-missing': {
    severity: 'error',
    summary: 'A deployment needs another one in a cluster that does not get it',
    fix: 'Select the cluster in both deployments, or in none.',
  },
  'image-unpinned': {
    severity: 'error',
    summary:
      'An image of `FleetImages` is used in a cluster whose ring does not follow it, and it has no pin',
    fix: 'Give the image a `pin`, or a policy for the ring.',
  },
  'ring-overlap': {
    severity: 'error',
    summary: 'A cluster is in two rings',
    fix: 'Narrow the selection of one of them.',
  },
  'selection-empty': {
    severity: 'error',
    summary: 'No cluster of the fleet is what a deployment or a ring selects',
    fix: 'Correct `select`.',
  },
  'setting-invalid': {
    severity: 'error',
    summary:
      'A setting of a cluster, a region or an environment is unknown, or has a value that is not allowed',
    details:
      'Nothing is deployed to the clusters that it concerns, and the other clusters are still looked at.',
    fix: 'Correct the value, or the limits in `settings` of the `Fleet`.',
  },
  'setting-missing': {
    severity: 'error',
    summary:
      'A cluster has no value for a setting: neither itself, nor its region, nor its environment, nor a default gives one',
    fix: 'Give the value at one of these levels. The compiler asks for it too.',
  },
  'shared-not-equal': {
    severity: 'error',
    summary: 'What a cluster shares with others does not build to the objects that it would have by itself',
    details:
      "With `output: 'shared'`, synth builds every overlay as Flux does, compares the result with the objects of the cluster field for field, and publishes nothing where they differ.",
    fix: "Report it as a defect. Until it is fixed, set `output: 'rendered'` of the `Fleet`.",
  },
  'shared-out-of-date': {
    severity: 'error',
    summary: 'A run for one cluster would have to change files that other clusters share',
    details: 'Publishing them would change the overlays of other clusters, which such a run does not write.',
    fix: 'Run synth for all clusters, without `--cluster`.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
