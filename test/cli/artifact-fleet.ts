import { execFileSync } from 'node:child_process';
import { repository } from './command-line';

const sync = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m
  url: oci://ghcr.io/myorg/fleet
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 10m
  path: ./clusters/NAME
  prune: true
  sourceRef:
    kind: OCIRepository
    name: flux-system
`;

export function kustomization(name: string, path: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 60m
  retryInterval: 2m
  path: ${path}
  prune: true
  sourceRef:
    kind: OCIRepository
    name: flux-system
`;
}

export const configMap = (name: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: default\n`;
const overlay = 'resources:\n  - ../../base\n';

/** Two clusters with a base that both use, and many files that Flux does not read. */
export const FLEET: Readonly<Record<string, string>> = {
  'clusters/eu/flux-system/gotk-sync.yaml': sync.replace('NAME', 'eu'),
  'clusters/eu/web.yaml': kustomization('web', './apps/eu/web'),
  'clusters/us/flux-system/gotk-sync.yaml': sync.replace('NAME', 'us'),
  'clusters/us/web.yaml': kustomization('web', './apps/us/web'),
  'apps/base/kustomization.yaml': 'resources:\n  - settings.yaml\n',
  'apps/base/settings.yaml': configMap('settings'),
  'apps/eu/web/kustomization.yaml': overlay,
  'apps/us/web/kustomization.yaml': overlay,
  'apps/us/web/logo.png': 'a picture',
  'main.ts': 'console.log(1);\n',
  'README.md': 'A fleet.\n',
};
export const OF_US = [
  'apps/base/kustomization.yaml',
  'apps/base/settings.yaml',
  'apps/us/web/kustomization.yaml',
  'clusters/us/flux-system/gotk-sync.yaml',
  'clusters/us/web.yaml',
];
export const READ = [
  ...OF_US,
  'apps/eu/web/kustomization.yaml',
  'clusters/eu/flux-system/gotk-sync.yaml',
  'clusters/eu/web.yaml',
].sort();

export function git(folder: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
  const env = { ...process.env, GIT_COMMITTER_DATE: '2026-03-04T05:06:07+02:00' };
  return execFileSync('git', [...identity, ...args], { cwd: folder, env, stdio: 'pipe' })
    .toString('utf8')
    .trim();
}

/** A clone with everything committed. */
export function fleet(more: Readonly<Record<string, string>> = {}): string {
  const folder = repository({ ...FLEET, ...more });
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'remote', 'add', 'origin', 'git@github.com:myorg/fleet.git');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'all');
  return folder;
}
