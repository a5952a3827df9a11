import type { ManifestObject } from '../../tree/manifest';
import {
  isMap,
  listOf,
  mapList,
  mapOf,
  mapValues,
  textOf,
  valueAt,
  withEntry,
  withValueAt,
} from '../plain-data';
import { originalId, withObject, type Resource } from './resource';

/** An entry of `images`. */
export interface ImageRule {
  readonly name: string;
  readonly newName?: string;
  readonly newTag?: string;
  readonly digest?: string;
  readonly tagSuffix?: string;
}

/** The rules of `images`. */
export function imageRules(value: unknown): ImageRule[] {
  return listOf(value).map((entry) => {
    const { name, newName, newTag, digest, tagSuffix } = mapOf(entry);
    const scalar = (field: unknown) => (typeof field === 'number' ? String(field) : textOf(field));
    return {
      name: textOf(name) ?? '',
      newName: textOf(newName),
      newTag: scalar(newTag),
      digest: textOf(digest),
      tagSuffix: textOf(tagSuffix),
    };
  });
}

/** Sets the images of containers, wherever these stand. */
export function applyImages(resource: Resource, rules: readonly ImageRule[]): Resource {
  if (rules.length === 0 || resource.object.kind === 'CustomResourceDefinition') return resource;
  return withObject(resource, replaceImages(resource.object, rules) as ManifestObject);
}

function replaceImages(value: unknown, rules: readonly ImageRule[]): unknown {
  if (Array.isArray(value)) return mapList(value, (entry: unknown) => replaceImages(entry, rules));
  if (!isMap(value)) return value;
  return mapValues(value, (child, key) => {
    const inside = replaceImages(child, rules);
    const holdsContainers = key === 'containers' || key === 'initContainers';
    return holdsContainers && Array.isArray(inside)
      ? mapList(inside, (entry) => setImage(entry, rules))
      : inside;
  });
}

function setImage(container: unknown, rules: readonly ImageRule[]): unknown {
  if (!isMap(container) || typeof container.image !== 'string') return container;
  const image = rules.reduce((current, rule) => newImage(current, rule), container.image);
  return withEntry(container, 'image', image);
}

/** An image reference after one rule. */
export function newImage(image: string, rule: ImageRule): string {
  const [, name = '', tag = '', digest = ''] = /^(.*?)(:[^:/@]*)?(@.*)?$/s.exec(image) ?? [];
  if (name !== rule.name) return image;
  const base = rule.newName ?? name;
  if (rule.newTag !== undefined && rule.digest !== undefined) return `${base}:${rule.newTag}@${rule.digest}`;
  if (rule.newTag !== undefined) return `${base}:${rule.newTag}`;
  if (rule.digest !== undefined) return `${base}@${rule.digest}`;
  if (rule.tagSuffix !== undefined && tag !== '') return `${base}${tag}${rule.tagSuffix}${digest}`;
  return `${base}${tag}${digest}`;
}

const replicated = new Set(['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet']);

/** Sets the number of replicas where the name, now or at first, is the one asked for. */
export function applyReplicas(resource: Resource, rules: unknown): Resource {
  if (!replicated.has(resource.object.kind)) return resource;
  let object = resource.object;
  for (const rule of listOf(rules).map(mapOf)) {
    const names = [valueAt(object, 'metadata', 'name'), originalId(resource).name];
    if (names.includes(rule.name as string)) object = withValueAt(object, ['spec', 'replicas'], rule.count);
  }
  return withObject(resource, object);
}
