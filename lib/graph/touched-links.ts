import { textsIn } from '../plain/text-walk';
import type { Finding } from '../findings/finding';
import { directoryOf, isBelow } from '../tree/path';
import type { Tree } from '../tree/tree';
import type { Graph } from './graph';
import { BuildLog } from './kustomize/build-log';
import { loadKustomization } from './kustomize/read/load-kustomization';
import { sourcePath } from './post-build/kustomization-change';
import { isKustomizationFile } from './sources/folder-listing';

/** Findings without those of symbolic links that no build of a repository meets. */
export function withoutIdleLinks(findings: readonly Finding[], tree: Tree, graph: Graph): Finding[] {
  if (!findings.some(isOfLink)) return [...findings];
  const links = new TouchedLinks(tree, graph);
  return findings.filter((found) => !isOfLink(found) || links.has(found.locations[0]?.file ?? ''));
}

function isOfLink({ code }: Finding): boolean {
  return code === 'symlink-ignored';
}

/** What the builds of a repository name or collect. */
class TouchedLinks {
  /** Paths that Kustomizations build, and that their kustomizations name. */
  private readonly named = new Set<string>();
  /** Folders from which a build takes all manifests. */
  private readonly gathered = new Set<string>();
  private readonly listing = new Set<string>();

  constructor(tree: Tree, { clusters }: Graph) {
    const isListing = ({ path }: { readonly path: string }) => isKustomizationFile(path);
    const files = tree.files.filter(isListing);
    for (const { path } of files) this.listing.add(directoryOf(path));
    const builds = clusters.flatMap(({ nodes }) => nodes.flatMap(({ build }) => build ?? []));
    const read = new Set(builds.flatMap(({ reads }) => reads));
    for (const { path, source } of builds) {
      if (source !== 'repository') continue;
      this.named.add(path);
      if (!this.listing.has(path)) this.gathered.add(path);
    }
    for (const file of files) {
      const folder = directoryOf(file.path);
      if (!read.has(folder)) continue;
      for (const text of textsIn(loadKustomization(file, new BuildLog()).data))
        if (!text.includes('\n'))
          this.named.add(sourcePath(`${folder}/${text.slice(text.indexOf('=') + 1)}`));
    }
  }

  /** Whether a build would pass through a link, or would read its target. */
  has(link: string): boolean {
    return [...this.named].some((path) => isBelow(path, link)) || this.isGathered(link);
  }

  private isGathered(link: string): boolean {
    if (!/(?:\.ya?ml|(?:^|\/)[^./]+)$/.test(link)) return false;
    for (let folder = directoryOf(link); ; folder = directoryOf(folder)) {
      if (this.listing.has(folder)) return false;
      if (this.gathered.has(folder)) return true;
      if (folder === '') return false;
    }
  }
}
