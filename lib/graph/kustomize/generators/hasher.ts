import { createHash } from 'node:crypto';
import type { ManifestObject } from '../../../tree/manifest';
import { isMap } from '../../../plain/plain-data';
import { goJson } from './go-json';
import { renamed, withMetadata, type Resource } from '../resource';

/** Hexadecimal digits that kustomize replaces, so that hashes do not look like words and need no quotes. */
const replacedDigits: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

/** The suffix that kustomize gives to a generated ConfigMap or Secret, from its name and content. */
export function nameHash(object: ManifestObject): string {
  const digest = createHash('sha256')
    .update(goJson(hashedContent(object)))
    .digest('hex');
  return digest.slice(0, 10).replace(/[013ae]/g, (digit) => replacedDigits[digit] ?? digit);
}

function hashedContent(object: ManifestObject): unknown {
  // kustomize looks for a field that is called "metadata/name" and finds none, so names never count.
  const name = '';
  if (object.kind === 'Secret') {
    const content: Record<string, unknown> = {
      kind: 'Secret',
      type: object.type ?? '',
      name,
      data: object.data ?? '',
    };
    return isMap(object.stringData) ? { ...content, stringData: object.stringData } : content;
  }
  if (object.kind !== 'ConfigMap') return object;
  const content: Record<string, unknown> = { kind: 'ConfigMap', name, data: object.data ?? '' };
  return isMap(object.binaryData) ? { ...content, binaryData: object.binaryData } : content;
}

/** Appends the hash to the names of generated objects. */
export function addHash(resource: Resource): Resource {
  if (!resource.hashed) return resource;
  const name = `${resource.object.metadata?.name ?? ''}-${nameHash(resource.object)}`;
  return { ...renamed(resource, withMetadata(resource.object, 'name', name)), hashed: false };
}
