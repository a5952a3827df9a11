import type { IConstruct } from 'constructs';
import { asDirectory, targetDirectory, type Directory } from './directory';

/** A construct of an object, which may have a namespace. */
type InNamespace = IConstruct & { readonly metadata?: { readonly namespace?: string } };

/** An object that has a name. */
interface Named {
  readonly name: string;
  readonly kind?: string;
}

/** Kinds that get no prefix and no suffix. */
const KEEP_NAME = ['APIService', 'CustomResourceDefinition', 'Namespace'];

/** The namespace that an object has in the cluster, where the directory that it is written to may move it. */
export function appliedNamespace(object: InNamespace): string | undefined {
  return namespaceIn(targetDirectory(object), object.metadata?.namespace);
}

/** What Flux makes of a namespace in the files of a directory: `targetNamespace`, or that of its `kustomization.yaml`. */
export function namespaceIn<Given extends string | undefined>(
  directory: Directory | undefined,
  namespace: Given,
): Given | string {
  // An object without a namespace may be cluster-scoped.
  if (namespace === undefined) return namespace;
  return directory?.kustomization?.targetNamespace ?? directory?.kustomize?.namespace ?? namespace;
}

/** The name that an object has in the cluster, with the prefix and suffix of the directory that it is written to. */
export function appliedName(object: IConstruct & Named): string {
  return nameIn(targetDirectory(object), object);
}

/** What Flux makes of a name in the files of a directory. */
export function nameIn(directory: Directory | undefined, object: Named): string {
  const { kustomization, kustomize } = directory ?? {};
  if (object.kind !== undefined && KEEP_NAME.includes(object.kind)) return object.name;
  const prefix = kustomization?.namePrefix ?? kustomize?.namePrefix ?? '';
  const suffix = kustomization?.nameSuffix ?? kustomize?.nameSuffix ?? '';
  return `${prefix}${object.name}${suffix}`;
}

/**
 * The name and namespace in the cluster of what another object refers to. A base is built by the directories that list it:
 * seen from one of these, it is what that one makes of it.
 */
export function seenFrom(
  owner: IConstruct,
  target: InNamespace & Named,
): { readonly name: string; readonly namespace?: string } {
  const overlays = overlaysBetween(targetDirectory(owner), targetDirectory(target));
  let [name, namespace] = [appliedName(target), appliedNamespace(target)];
  for (const overlay of overlays) {
    name = nameIn(overlay, { name, kind: target.kind });
    namespace = namespaceIn(overlay, namespace);
  }
  return { name, namespace };
}

/** The directories that build a base one after another, up to a directory; none if that does not build it. */
function overlaysBetween(
  directory: Directory | undefined,
  base: Directory | undefined,
  seen: ReadonlySet<Directory> = new Set(),
): readonly Directory[] {
  if (!directory || !base || directory === base || seen.has(directory)) return [];
  for (const resource of directory.kustomize?.resources ?? []) {
    const listed = typeof resource === 'string' ? undefined : asDirectory(resource);
    const found = listed && overlaysBetween(listed, base, new Set([...seen, directory]));
    if (listed === base || found?.length) return [...(found ?? []), directory];
  }
  return [];
}
