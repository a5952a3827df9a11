import type { CodeFacts } from './code-facts';

/** Artifacts in registries, and clusters that are synced from them. */
export const ARTIFACT_CODES = {
  'artifact-address-invalid': {
    severity: 'error',
    summary:
      'The address of an artifact is not `oci://<host>/<repository>`, with a tag or a digest behind it',
    details: 'Credentials do not belong into an address.',
    fix: 'Write it as `oci://ghcr.io/myorg/fleet:main`. Repositories have lower-case names.',
  },
  'artifact-digest-differs': {
    severity: 'error',
    summary: 'A registry has, or gives, other bytes than the digest says',
    fix: 'Push again. If it happens again, find out what changes the bytes: the registry, or a proxy before it.',
  },
  'artifact-empty': {
    severity: 'error',
    summary: 'There is no file for the artifact',
    details: 'Flux would remove all that it applied from an artifact with nothing in it.',
    fix: 'Run synth first, or name the folder with `--path`.',
  },
  'artifact-uncommitted': {
    severity: 'error',
    summary: 'Files on disk are not as in the commit that the artifact would name',
    details:
      'Nothing is pushed. Files that git ignores may differ: some repositories publish without committing.',
    fix: 'Commit them, or push what is committed with `--at HEAD`. `--uncommitted` pushes them, and the artifact names no commit.',
  },
  'flux-instance-invalid': {
    severity: 'error',
    summary: 'The Flux Operator would refuse a FluxInstance, or not do what it says',
    fix: 'Correct the field as the hint says.',
  },
  'registry-credentials-unreadable': {
    severity: 'error',
    summary: "Docker's configuration, or the helper that it names, cannot be read",
    fix: 'Run `docker login` again, or use `--username` and `--password-stdin`.',
  },
  'registry-request-failed': {
    severity: 'error',
    summary: 'A registry refused a request, or did not answer',
    details:
      'A request that the network or the server fails on is sent up to four times. Credentials are never printed.',
    fix: 'Log in with an account that may push. See that the address is right; a registry without TLS needs `--insecure`.',
  },
  'sync-conflict': {
    severity: 'error',
    summary: 'Two props name different sources for a cluster',
    details:
      '`sync` of a Cluster is for clusters that are synced from an artifact; `sourceRef`, and where `flux bootstrap` finds the Git repository, are for others. The source of a FluxInstance must be the one that the FluxApps of its Cluster come from.',
    fix: 'Keep one of them.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
