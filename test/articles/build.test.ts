import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hasTool, itWith } from '../tools/find-tool';

const ROOT = join(__dirname, '..', '..');
const KUBECTL = hasTool('kubectl', 'version', '--client');

function build(folder: string): string {
  return execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8' });
}

describe('published files, built by the real kustomize', () => {
  const directories = readdirSync(join(ROOT, 'cluster-resources'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('kustomization.yaml'))
    .map((path) => dirname(path));

  it('has directories to build', () => expect(directories).toContain('services/podinfo'));

  for (const directory of directories) {
    itWith('kubectl', KUBECTL, `${directory} builds`, () => {
      expect(build(join(ROOT, 'cluster-resources', directory))).toContain('kind: ');
    });
  }

  itWith('kubectl', KUBECTL, 'the entry path still holds flux-system', () => {
    const copy = mkdtempSync(join(tmpdir(), 'entry-path-'));
    cpSync(join(ROOT, 'cluster-resources', 'flux'), copy, { recursive: true });
    // What `flux bootstrap` writes.
    mkdirSync(join(copy, 'flux-system'), { recursive: true });
    const file = (name: string, text: string): void => writeFileSync(join(copy, 'flux-system', name), text);
    file(
      'kustomization.yaml',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [gotk-sync.yaml]\n',
    );
    file(
      'gotk-sync.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: stands-for-gotk-sync, namespace: flux-system }\n',
    );
    // What Flux builds for a path without a kustomization.yaml: every YAML file below, and folders that have one.
    const files = readdirSync(copy, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.ya?ml$/.test(path) && !path.startsWith('flux-system/'))
      .concat('flux-system');
    const lines = files.sort().map((path) => `  - ${path}\n`);
    writeFileSync(join(copy, 'kustomization.yaml'), `kind: Kustomization\nresources:\n${lines.join('')}`);
    const built = build(copy);
    rmSync(copy, { recursive: true });
    expect(built).toContain('stands-for-gotk-sync');
    expect(built).toContain('path: ./cluster-resources/services/podinfo');
  });
});
