import { mapOf, listOf, textOf } from '../../plain/plain-data';
import { directoryOf } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import { BuildLog } from '../kustomize/build-log';
import { kustomizationFile } from '../kustomize/read/kustomization-file';
import { loadKustomization } from '../kustomize/read/load-kustomization';
import { sourcePath } from '../post-build/kustomization-change';
import { isKustomizationFile } from '../sources/folder-listing';
import { isExampleFolder } from './example-folders';

/** Which kustomizations list which files and folders. */
export class KustomizationUses {
  private readonly users = new Map<string, Set<string>>();
  private readonly patches = new Set<string>();
  private readonly components = new Set<string>();

  constructor(tree: Tree) {
    for (const file of tree.files) {
      if (!isKustomizationFile(file.path)) continue;
      const { data } = loadKustomization(file, new BuildLog());
      const folder = directoryOf(file.path);
      const { resources, components, kind } = kustomizationFile(data);
      if (kind === 'Component') this.components.add(folder);
      for (const path of [...resources, ...components]) this.addUse(sourcePath(`${folder}/${path}`), folder);
      for (const patch of [...listOf(data.patches), ...listOf(data.patchesJson6902)])
        this.addPatch(folder, mapOf(patch).path);
      for (const patch of listOf(data.patchesStrategicMerge)) this.addPatch(folder, patch);
    }
  }

  /** Whether a file is a patch, so that what looks like an object there is none. */
  isPatch(file: string): boolean {
    return this.patches.has(file) && !this.users.has(file);
  }

  /**
   * The folders that list a file or folder, over whatever others, and that no other kustomization lists; empty where
   * nothing lists it. A Component that nothing lists is none of them.
   */
  tops(path: string): string[] {
    const tops = new Set<string>();
    const seen = new Set<string>();
    const pending = [...(this.users.get(path) ?? [])];
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      if (seen.has(folder)) continue;
      seen.add(folder);
      const users = this.users.get(folder) ?? [];
      pending.push(...users);
      if ([...users].length === 0 && !this.components.has(folder)) tops.add(folder);
    }
    return [...tops].sort();
  }

  /** Whether a file is an example: it lies among such, and nothing outside of them lists it. */
  isExample(file: string): boolean {
    if (!isExampleFolder(directoryOf(file))) return false;
    return this.tops(file).every(isExampleFolder);
  }

  private addUse(path: string, folder: string): void {
    const users = this.users.get(path);
    if (users) users.add(folder);
    else this.users.set(path, new Set([folder]));
  }

  private addPatch(folder: string, path: unknown): void {
    const text = textOf(path);
    if (text !== undefined && !text.includes('\n')) this.patches.add(sourcePath(`${folder}/${text}`));
  }
}
