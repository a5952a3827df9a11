import type { CodeFacts } from './code-facts';

/** Artifacts in registries, and clusters that are synced from them. */
export const ARTIFACT_CODES = {
  'artifact-address-invalid': {
    severity: 'error',
    summary:
      'The address of an artifact is not `oci://<host>/<repository>`, optionally with a tag or a digest at the end, or it contains credentials',
    fix: 'Write it as `oci://ghcr.io/myorg/fleet:main`. The name of a repository is in lower case.',
  },
  'artifact-digest-differs': {
    severity: 'error',
    summary: 'The content in a registry does not match its digest',
    fix: 'Push again. If it happens again, find out what changes the bytes: the registry, or a proxy in front of it.',
  },
  'artifact-empty': {
    severity: 'error',
    summary: 'The artifact would contain no file',
    details: 'Flux would delete everything that it applied from earlier versions of the artifact.',
    fix: 'Run synth first, or name the folder with `--path`.',
  },
  'artifact-uncommitted': {
    severity: 'error',
    summary: 'Files on disk differ from the commit that the artifact would name',
    details:
      'Nothing is pushed. Files that git ignores may differ: some repositories publish without committing.',
    fix: 'Commit them, or push what is committed with `--at HEAD`. `--uncommitted` pushes them, and the artifact names no commit.',
  },
  'flux-instance-invalid': {
    severity: 'error',
    summary: 'The Flux Operator would refuse a FluxInstance, or ignore a part of it',
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
      'If the network or the server fails, the command sends the request up to four times. Credentials are never printed.',
    fix: 'Log in with an account that may push, and check the address. A registry without TLS needs `--insecure`.',
  },
  'sync-conflict': {
    severity: 'error',
    summary: 'Two props name different sources for a cluster',
    details:
      '`sync` is for a Cluster that is synced from an artifact. `sourceRef`, and the Git repository of `bootstrap`, are for other clusters. The source of a FluxInstance must be the source of the FluxApps of its Cluster.',
    fix: 'Keep one of them.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
