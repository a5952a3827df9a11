import { goJson } from '../kustomize/generators/go-json';
import { isLocalPath } from '../kustomize/read/kustomization-file';
import { comparableText } from '../../plain/comparable-text';
import {
  isMap,
  listOf,
  mapOf,
  textOf,
  textsOf,
  withEntry,
  withMetadataMap,
  type PlainMap,
} from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';

/** The fields of a Flux Kustomization that change the kustomization of its path. */
const changing = [
  'targetNamespace',
  'namePrefix',
  'nameSuffix',
  'components',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'images',
];

/**
 * What the fields of a Flux Kustomization change in the kustomization of its path; `undefined` where they change
 * nothing, so that the folder's own build can be used.
 *
 * @param hasComponent - whether a component exists, for `ignoreMissingComponents`
 */
export function kustomizationChange(
  spec: PlainMap,
  hasComponent: (path: string) => boolean,
): ((kustomization: PlainMap) => PlainMap) | undefined {
  return changing.some((field) => spec[field] !== undefined) ? changeOf(spec, hasComponent) : undefined;
}

/** A text that is equal for two specs that change a kustomization alike. */
export function changeKey(spec: PlainMap, hasComponent: (path: string) => boolean): string {
  const { components: _components, ...fields } = Object.fromEntries(
    changing.map((field) => [field, spec[field]]),
  );
  return comparableText([fields, componentsOf(spec, hasComponent)]);
}

function componentsOf(spec: PlainMap, hasComponent: (path: string) => boolean): readonly string[] {
  return textsOf(spec.components).filter(
    (path) => spec.ignoreMissingComponents !== true || !isLocalPath(path) || hasComponent(path),
  );
}

function changeOf(
  spec: PlainMap,
  hasComponent: (path: string) => boolean,
): ((kustomization: PlainMap) => PlainMap) | undefined {
  const components = componentsOf(spec, hasComponent);
  const single: [field: string, value: string | undefined][] = [
    ['namespace', textOf(spec.targetNamespace)],
    ['namePrefix', textOf(spec.namePrefix)],
    ['nameSuffix', textOf(spec.nameSuffix)],
  ];
  const lists: [field: string, added: readonly unknown[]][] = [
    ['components', components],
    ['patches', listOf(spec.patches)],
    ['patchesStrategicMerge', listOf(spec.patchesStrategicMerge).map(inlineText)],
    ['patchesJson6902', listOf(spec.patchesJson6902).map(inlineOperations)],
    ['images', listOf(spec.images)],
  ];
  if (single.every(([, value]) => value === undefined) && lists.every(([, added]) => added.length === 0))
    return undefined;
  return (kustomization) => {
    let changed = kustomization;
    for (const [field, value] of single) if (value !== undefined) changed = withEntry(changed, field, value);
    for (const [field, added] of lists) changed = appended(changed, field, added);
    return changed;
  };
}

/** Adds to a list; an image that is already there gets the fields that are set. */
function appended(kustomization: PlainMap, field: string, added: readonly unknown[]): PlainMap {
  if (added.length === 0) return kustomization;
  const before = listOf(kustomization[field]);
  return withEntry(
    kustomization,
    field,
    field === 'images' ? withImages(before, added) : [...before, ...added],
  );
}

/**
 * Images of the kustomization merged by name with those of the Flux Kustomization, as kustomize-controller 1.9.4 does:
 * a new name replaces the name, and a tag or digest replaces both.
 */
function withImages(images: readonly unknown[], added: readonly unknown[]): readonly unknown[] {
  const merged = [...images];
  const places = new Map<unknown, number>();
  for (const [index, image] of merged.entries()) {
    const { name } = mapOf(image);
    if (!places.has(name)) places.set(name, index);
  }
  for (const { name, newName, newTag, digest } of added.map(mapOf)) {
    const given = { newName: textOf(newName), newTag: textOf(newTag), digest: textOf(digest) };
    const index = places.get(name);
    if (index === undefined) places.set(name, merged.push({ name, ...given }) - 1);
    else merged[index] = mergedImage(mapOf(merged[index]), given);
  }
  return merged;
}

function mergedImage(image: PlainMap, { newName, newTag, digest }: PlainMap): PlainMap {
  const named = newName === undefined ? image : { ...image, newName };
  return newTag === undefined && digest === undefined ? named : { ...named, newTag, digest };
}

/** `patchesStrategicMerge` contains objects in Flux, and strings in kustomize. */
function inlineText(entry: unknown): unknown {
  return typeof entry === 'string' ? entry : goJson(entry);
}

/** `patchesJson6902` contains operations as data in Flux, and as a string in kustomize. */
function inlineOperations(entry: unknown): unknown {
  const { patch, ...rest } = mapOf(entry);
  return { ...rest, patch: typeof patch === 'string' ? patch : goJson(patch ?? []) };
}

/** Sets the labels and annotations of `spec.commonMetadata`. */
export function withCommonMetadata(object: ManifestObject, commonMetadata: unknown): ManifestObject {
  const { labels, annotations } = mapOf(commonMetadata);
  let changed = object;
  if (isMap(labels)) changed = withMetadataMap(changed, 'labels', labels);
  if (isMap(annotations)) changed = withMetadataMap(changed, 'annotations', annotations);
  return changed;
}

/** A path in the usual form `./a/b`: without the dot, it is a path from the root. */
const plainPath = /^\.(?:\/[\w-][\w.-]*)+$/;

/** The folder of `spec.path`: `./`, a leading `/` and a `..` that leads out of the source are dropped. */
export function sourcePath(path: unknown): string {
  const text = textOf(path) ?? '';
  if (plainPath.test(text)) return text.slice(2);
  const segments: string[] = [];
  for (const segment of text.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}
