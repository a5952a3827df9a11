import { once } from '../../plain/once';
import { listOf, mapOf, textOf } from '../../plain/plain-data';
import type { Tree } from '../../tree/tree';
import { objectsOf } from '../../tree/readable-documents';
import type { TreeFile } from '../../tree/tree-file';
import { lastPart } from '../facts/releases/release-chart';

/**
 * What runs in a cluster before Flux does: the names of releases and charts that helmfiles, scripts and kustomize
 * install, and the addresses of manifests that scripts, Talos and kustomize apply.
 */
export interface Bootstrapped {
  readonly releases: ReadonlySet<string>;
  readonly manifests: readonly string[];
}

/** Files that people run, beside manifests: the recipes of Task and Ansible are YAML. */
const SCRIPT = /\.(?:sh|bash|just|mk|tf|ps1|gotmpl)$|(?:^|\/)\.?(?:justfile|Makefile)$/i;
const RECIPE = /(?:^|\/)(?:\.?taskfiles?|ansible|\.github|scripts?|bootstrap)(?:\/|\.ya?ml$)/i;
const BOOTSTRAP = /(?:^|\/)[^/]*(?:bootstrap|crds|talos|provision)[^/]*\//i;

/**
 * Looks through a repository for how its clusters are made.
 *
 * @param isBuilt - whether Flux builds from a file, so that it is no bootstrap
 */
export function findBootstrapped(tree: Tree, isBuilt: (path: string) => boolean): Bootstrapped {
  const releases = new Set<string>();
  const manifests: string[] = [];
  for (const file of tree.files) {
    if (isBuilt(file.path)) continue;
    if (mayInstall(file)) readInstallation(file, releases, manifests);
    if (RECIPE.test(file.path)) readScript(file, releases, manifests);
  }
  for (const path of tree.paths) {
    const script = SCRIPT.test(path) ? tree.get(path) : undefined;
    if (script) readScript(script, releases, manifests);
  }
  return { releases, manifests };
}

const mayInstall = once(({ bytes, path }: TreeFile): boolean => {
  const isHelmfile = bytes.includes('\nreleases:') || bytes.indexOf('releases:') === 0;
  if (isHelmfile || bytes.includes('extraManifests:') || bytes.includes('helm.cattle.io/')) return true;
  return BOOTSTRAP.test(path) && /\/kustomization\.ya?ml$/.test(path);
});

/**
 * A helmfile, a configuration of Talos, a chart that k3s installs, or files that somebody applies with
 * `kubectl apply -k`.
 */
function readInstallation(file: TreeFile, releases: Set<string>, manifests: string[]): void {
  for (const value of objectsOf(file)) {
    const { releases: listed, helmCharts, resources, cluster, spec } = mapOf(value);
    for (const release of [...listOf(listed), ...listOf(helmCharts), spec]) {
      const { name, chart } = mapOf(release);
      const chartName = textOf(chart);
      if (chartName !== undefined) releases.add(lastPart(chartName));
      if (textOf(name) !== undefined) releases.add(String(name));
    }
    manifests.push(...listOf(mapOf(cluster).extraManifests).map(String));
    manifests.push(...listOf(resources).map(String).filter(isRemote));
  }
}

function isRemote(resource: string): boolean {
  return resource.includes('://') || resource.includes('github.com');
}

/** Addresses and `helm install` in a script, in any language. */
function readScript(file: TreeFile, releases: Set<string>, manifests: string[]): void {
  const text = file.bytes.toString('utf8');
  if (!/kubectl|helm|crds?\b/i.test(text)) return;
  const urls = text.match(/https?:\/\/[^\s"'`<>|)]+/g) ?? [];
  manifests.push(...urls.filter((url) => /crd|install\.ya?ml|\.ya?ml$/i.test(url)));
  // Terraform and OpenTofu, Ansible, k0s.
  for (const [, chart = ''] of text.matchAll(/\b(?:chart|chart_ref|chartname)\s*[:=]\s*"?([\w:/.-]+)/g)) {
    releases.add(lastPart(chart));
  }
  for (const [, release = '', chart = ''] of text.matchAll(
    /\bhelm\s+(?:install|upgrade)\s+(?:-\S+\s+)*([a-z0-9-]+)\s+([\w:/.-]+)/g,
  )) {
    releases.add(release).add(lastPart(chart));
  }
}
