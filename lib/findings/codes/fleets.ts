import type { CodeFacts } from './code-facts';

/** Fleets of clusters. */
export const FLEET_CODES = {
  'batch-empty': {
    severity: 'warning',
    summary: 'A ring has more batches than clusters',
    details:
      'The last batches have no clusters. `status` still lists them, and `promote` still copies versions to them.',
    fix: 'Set `batches` to the number of clusters of the ring, or less.',
  },
  'cluster-directory-shared': {
    severity: 'error',
    summary:
      'Two clusters of a fleet put their FluxApps into the same folder, where their files would collide',
    fix: 'Give one of them a `directory` of its own, or use a layout whose paths contain `{name}`.',
  },
  'cluster-without-ring': {
    severity: 'error',
    summary: 'A deployment uses a pin in a cluster that is not in a ring',
    fix: 'Add the cluster to a ring of the `Fleet`, or exclude it from the deployment.',
  },
  'deployment-empty': {
    severity: 'error',
    summary: 'The function of a deployment created no construct in a cluster',
    fix: 'Create constructs in `cluster.app`, or return those that the function creates. If there is nothing to deploy, exclude the cluster with `select`.',
  },
  'deployment-missing': {
    severity: 'error',
    summary: 'A deployment needs another one in a cluster that does not get it',
    fix: 'Select the cluster in both deployments, or in none.',
  },
  'image-unpinned': {
    severity: 'error',
    summary:
      'A cluster uses an image of `FleetImages`, but its ring has no policy for the image, and the image has no pin',
    fix: 'Set a `pin` of the image, or add a policy for the ring.',
  },
  'ring-overlap': {
    severity: 'error',
    summary: 'A cluster is in two rings',
    fix: 'Narrow the selection of one of them.',
  },
  'selection-empty': {
    severity: 'error',
    summary: 'A deployment or a ring selects no cluster of the fleet',
    fix: 'Correct `select`.',
  },
  'setting-invalid': {
    severity: 'error',
    summary:
      'A setting of a cluster, a region or an environment is unknown, or has a value that is not allowed',
    details: 'Synth deploys nothing to the clusters that it affects, and still checks the other clusters.',
    fix: 'Correct the value, or the limits in `settings` of the `Fleet`.',
  },
  'setting-missing': {
    severity: 'error',
    summary:
      'A setting has no value in a cluster: neither the cluster, its region, its environment nor a default sets it',
    fix: 'Set the value at one of these levels. The TypeScript compiler reports this too.',
  },
  'shared-cluster-left': {
    severity: 'error',
    summary: 'A cluster that the code no longer creates still refers to files that clusters share',
    details:
      'Shared files contain what most clusters in the code have in common. Synth does not check the overlays of a cluster that is not in the code, so a change of the base could change or delete what that cluster runs. Synth publishes nothing.',
    fix: "If the cluster is gone, delete its folders with the command in the hint. Otherwise set `output: 'rendered'`, run synth, remove the cluster from the code, and set `output: 'shared'` again.",
  },
  'shared-not-equal': {
    severity: 'error',
    summary: 'The shared files of a cluster do not build to the objects that it has without sharing',
    details:
      "With `output: 'shared'`, synth builds every overlay as Flux does, compares the result with the objects of the cluster field for field, and publishes nothing where they differ.",
    fix: "Report a bug. Until it is fixed, set `output: 'rendered'` of the `Fleet`.",
  },
  'shared-out-of-date': {
    severity: 'error',
    summary: 'A run for one cluster would have to change files that other clusters share',
    details: 'Publishing them would change the overlays of other clusters, which such a run does not write.',
    fix: 'Run synth for all clusters, without `--cluster`.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
