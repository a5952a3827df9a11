import type { ManifestObject } from '../../tree/manifest';
import { isMap, listOf, mapList, mapOf, mapValues, textOf, withEntry } from '../../plain/plain-data';
import { changeAt, splitFieldPath } from './field-path';
import { withObject, type Resource } from './resource';

/** An entry of `images`. */
export interface ImageRule {
  /** Matches the names of images: kustomize takes the name for a regular expression. */
  readonly pattern: RegExp;
  readonly newName?: string;
  readonly newTag?: string;
  readonly digest?: string;
  readonly tagSuffix?: string;
}

/** The rules of `images`. */
export function imageRules(value: unknown): ImageRule[] {
  return listOf(value).map((entry) => {
    const { name, newName, newTag, digest, tagSuffix } = mapOf(entry);
    return {
      pattern: imagePattern(textOf(name) ?? ''),
      newName: textOf(newName),
      newTag: textOf(newTag),
      digest: textOf(digest),
      tagSuffix: textOf(tagSuffix),
    };
  });
}

function imagePattern(name: string): RegExp {
  const rest = '(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$';
  try {
    return new RegExp(`^${name}${rest}`);
  } catch {
    return /^(?!)/;
  }
}

/** Where kustomize sets images for a second time, which shows in suffixes of tags. */
const imageFields = ['spec', 'spec/template/spec'].flatMap((path) =>
  ['containers[]', 'initContainers[]'].map((list) => splitFieldPath(`${path}/${list}/image`)),
);

/** Sets the images of containers, wherever these stand. */
export function applyImages(resource: Resource, rules: readonly ImageRule[]): Resource {
  const object = rules.reduce<unknown>((current, rule) => {
    const set = (image: unknown) => (typeof image === 'string' ? newImage(image, rule) : image);
    const found =
      resource.object.kind === 'CustomResourceDefinition' ? current : replaceImages(current, rule);
    return imageFields.reduce((changed, keys) => changeAt(changed, keys, false, set), found);
  }, resource.object);
  return withObject(resource, object as ManifestObject);
}

function replaceImages(value: unknown, rule: ImageRule): unknown {
  if (Array.isArray(value)) return mapList(value, (entry: unknown) => replaceImages(entry, rule));
  if (!isMap(value)) return value;
  return mapValues(value, (child, key) => {
    const inside = replaceImages(child, rule);
    const holdsContainers = key === 'containers' || key === 'initContainers';
    return holdsContainers && Array.isArray(inside)
      ? mapList(inside, (entry) => setImage(entry, rule))
      : inside;
  });
}

function setImage(container: unknown, rule: ImageRule): unknown {
  if (!isMap(container) || typeof container.image !== 'string') return container;
  return withEntry(container, 'image', newImage(container.image, rule));
}

/** An image reference after one rule. */
export function newImage(image: string, rule: ImageRule): string {
  if (!rule.pattern.test(image)) return image;
  const [, ownName = '', ownTag, ownDigest] =
    /^([^/]*\/[^:@]*|[^:@/]*)(?::([^@]*))?(?:@([^]*))?$/.exec(image) ?? [];
  const base = rule.newName ?? ownName;
  const { tag, digest } = newVersion(rule, ownTag ?? '', ownDigest ?? '');
  return `${base}${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`;
}

/** A new tag drops the digest, and a new digest the tag, unless both are new. */
function newVersion(rule: ImageRule, tag: string, digest: string): { tag: string; digest: string } {
  if (rule.newTag !== undefined || rule.digest !== undefined)
    return { tag: rule.newTag ?? '', digest: rule.digest ?? '' };
  return rule.tagSuffix === undefined ? { tag, digest } : { tag: `${tag}${rule.tagSuffix}`, digest: '' };
}
