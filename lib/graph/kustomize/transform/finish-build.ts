import { isMap, mapOf, mapValues, textOf, withEntry, withoutEntries } from '../../../plain/plain-data';
import type { ManifestObject } from '../../../tree/manifest';
import { printDocuments } from '../../../yaml/print';
import { LOCAL_CONFIG } from '../read/load-manifests';
import { withoutBlanks } from '../read/printed-scalars';
import { metadataMap, withMetadata, withObject, type Resource } from '../resource';

const ORIGIN = 'config.kubernetes.io/origin';

/** Whether an object is more than configuration for local tools. */
export function isApplied(resource: Resource): boolean {
  const local = metadataMap(resource.object, 'annotations')[LOCAL_CONFIG];
  return local === undefined || String(local) === 'false';
}

/** The resource as it is printed: fields without a value are `null`, and all annotations are texts. */
export function asPrinted(resource: Resource): Resource {
  const object = resource.hasBlanks ? (withoutBlanks(resource.object) as ManifestObject) : resource.object;
  const { annotations } = object.metadata ?? {};
  if (!isMap(annotations)) return withObject(resource, object);
  if (Object.keys(annotations).length === 0) {
    const metadata = withoutEntries(mapOf(object.metadata), ['annotations']);
    return withObject(resource, withEntry(object, 'metadata', metadata));
  }
  // kustomize prints nothing for a map or list.
  const texts = mapValues(annotations, (value) =>
    isMap(value) || Array.isArray(value) ? '' : String(value),
  );
  return withObject(resource, withMetadata(object, 'annotations', texts));
}

/**
 * The resource with an annotation that says from which file it comes, or what made it.
 *
 * @param folder - the folder that is built: paths start there
 */
export function withOrigin(resource: Resource, folder: string): Resource {
  const { generator, location, object } = resource;
  const file = relativePath(folder, location.file ?? '');
  const origin = generator
    ? { configuredIn: file, configuredBy: { apiVersion: 'builtin', ...generatorEntry(generator) } }
    : { path: file };
  const annotations = {
    ...metadataMap(object, 'annotations'),
    [ORIGIN]: printDocuments([{ object: origin }]),
  };
  return withObject(resource, withMetadata(object, 'annotations', annotations));
}

function generatorEntry({ kind, name, namespace }: NonNullable<Resource['generator']>) {
  return {
    kind,
    ...(textOf(name) === undefined ? {} : { name }),
    ...(textOf(namespace) === undefined ? {} : { namespace }),
  };
}

function relativePath(folder: string, path: string): string {
  const from = folder.split('/').filter(Boolean);
  const to = path.split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}
