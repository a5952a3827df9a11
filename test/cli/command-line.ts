import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../../lib/cli/run';

export const ROOT = join(__dirname, '..', '..');
const folders: string[] = [];

export function removeRepositories(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** A repository in its own folder, with these files. */
export function repository(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-flux-commands-')));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** The output of a command line, and its exit code. */
export interface Typed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this project. */
export function type(...argv: string[]): Promise<Typed> {
  return typeIn(ROOT, {}, ...argv);
}

/** Runs a command line in a folder, with an environment. */
export function typeIn(
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  ...argv: string[]
): Promise<Typed> {
  return typeAt(undefined, cwd, env, ...argv);
}

/** Runs a command line in a folder at a given time. */
export async function typeAt(
  time: string | undefined,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  ...argv: string[]
): Promise<Typed> {
  const outcome = { stdout: '', stderr: '' };
  const code = await run(argv, {
    stdout: (text) => void (outcome.stdout += text),
    stderr: (text) => void (outcome.stderr += text),
    cwd,
    env,
    stderrIsTerminal: false,
    childStreams: 'pipe',
    ...(time !== undefined && { now: () => new Date(time) }),
  });
  return { code, ...outcome };
}

export const kustomization = (
  name: string,
  path: string,
  more = '',
): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ${path}, sourceRef: { kind: GitRepository, name: flux-system }${more} }
`;

export const HAND_WRITTEN = {
  'clusters/home/flux-system/gotk-sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: ssh://git@example.com/home, ref: { branch: main } }
---
${kustomization('flux-system', './clusters/home')}`,
  'clusters/home/flux-system/kustomization.yaml': 'kind: Kustomization\nresources: [gotk-sync.yaml]\n',
  'clusters/home/infra.yaml': kustomization('infra', './infra', ', wait: true'),
  'clusters/home/apps.yaml': kustomization('apps', './apps', ', dependsOn: [{ name: infra }]'),
  'infra/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
  'apps/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\n',
};
