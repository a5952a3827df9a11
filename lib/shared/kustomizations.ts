import { isFluxKustomization } from '../graph/kinds';
import { addToGroup } from '../plain/group-by';
import { mapOf, textsOf } from '../plain/plain-data';
import type { ManifestDocument, ManifestObject } from '../tree/manifest';
import { directoryOf, resolvePath } from '../tree/path';
import type { Tree } from '../tree/tree';
import type { SharedUnit } from './shared-unit';

/** The Kustomizations of a tree by the path that they apply, and the folders that `kustomization.yaml`s refer to. */
export class AppliedPaths {
  private readonly byPath = new Map<string, ManifestDocument[]>();
  private readonly referred = new Set<string>();

  constructor(tree: Tree) {
    for (const file of tree.files) {
      if (!file.isPrinted) continue;
      const isOwn = file.path.endsWith('/kustomization.yaml');
      for (const document of file.documents) {
        if (isOwn) this.addReferences(directoryOf(file.path), document.object);
        const { path } = mapOf(document.object.spec);
        if (isFluxKustomization(document.object) && typeof path === 'string')
          addToGroup(this.byPath, path.replace(/^\.\//, ''), document);
      }
    }
  }

  /** Whether the directory of a unit may be another one: only its own Kustomization names it. */
  mayMove({ path, constructPath }: SharedUnit): boolean {
    const [document, ...others] = this.byPath.get(path) ?? [];
    if (!document || others.length > 0 || document.constructPath !== constructPath) return false;
    const { components, ignore } = mapOf(document.object.spec);
    return components === undefined && ignore === undefined && !this.referred.has(path);
  }

  /** Whether Flux notes on each object the file that it comes from. */
  notesOrigin({ path }: SharedUnit): boolean {
    return (this.byPath.get(path) ?? []).some(
      ({ object }) => textsOf(mapOf(object.spec).buildMetadata).length > 0,
    );
  }

  /** Whether the source from which a directory is applied holds the whole repository, as far as we know. */
  isInRepository({ path, cluster }: SharedUnit): boolean {
    return (this.byPath.get(path) ?? []).every(({ object }) => {
      const { kind, name } = mapOf(mapOf(object.spec).sourceRef);
      return kind === cluster.source.kind && name === cluster.source.name;
    });
  }

  private addReferences(folder: string, { resources, components }: ManifestObject): void {
    for (const path of [...textsOf(resources), ...textsOf(components)]) {
      const target = /\.ya?ml$/.test(path) ? undefined : resolvePath(folder, path);
      if (target !== undefined) this.referred.add(target);
    }
  }
}

/** A document in which the Kustomization of a directory names the directory that took its place. */
export function withMovedPath(
  document: ManifestDocument,
  moved: ReadonlyMap<string, string>,
): ManifestDocument {
  const { object, constructPath } = document;
  const path = constructPath === undefined ? undefined : moved.get(constructPath);
  if (path === undefined || !isFluxKustomization(object)) return document;
  return { ...document, object: { ...object, spec: { ...mapOf(object.spec), path: `./${path}` } } };
}
