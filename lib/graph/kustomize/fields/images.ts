import type { ManifestObject } from '../../../tree/manifest';
import { goRegex, goRegexProblem, type GoRegex } from '../../../plain/go-regex';
import { isMap, listOf, mapList, mapOf, mapValues, textOf, withEntry } from '../../../plain/plain-data';
import { appliesTo, changeAt, splitFieldPath, type FieldSpec } from './field-spec';
import { withObject, type Resource } from '../resource';

/** An entry of `images`. */
export interface ImageRule {
  /** Matches the names of images: kustomize takes the name for a regular expression. */
  readonly matches: GoRegex;
  readonly newName?: string;
  readonly newTag?: string;
  readonly digest?: string;
  readonly tagSuffix?: string;
}

/**
 * The rules of `images`.
 *
 * @param refuse - is told what is wrong with an entry that cannot be used, and its index
 */
export function imageRules(
  value: unknown,
  refuse: (problem: string, index: number) => void = () => undefined,
): ImageRule[] {
  return listOf(value).flatMap((entry, index) => {
    const { name, newName, newTag, digest, tagSuffix } = mapOf(entry);
    const wanted = textOf(name) ?? '';
    const problem = PLAIN_NAME.test(wanted) ? undefined : goRegexProblem(imageExpression(wanted));
    if (problem !== undefined) {
      refuse(
        `the image name ${JSON.stringify(wanted)} is not a valid Go regular expression: ${problem}`,
        index,
      );
      return [];
    }
    return {
      matches: PLAIN_NAME.test(wanted) ? plainMatcher(wanted) : goRegex(imageExpression(wanted)),
      newName: textOf(newName),
      newTag: textOf(newTag),
      digest: textOf(digest),
      tagSuffix: textOf(tagSuffix),
    };
  });
}

/** The tag and the digest after a name. */
const VERSION = '(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$';
const VERSION_ALONE = new RegExp(`^${VERSION}`);
/** Names in which only the dots have a meaning for an expression. */
const PLAIN_NAME = /^[\w./-]*$/;

/** What kustomize makes of the name of an image. */
function imageExpression(name: string): string {
  return `^${name}${VERSION}`;
}

/** Works without the engine for nearly all names. A dot matches any character. */
function plainMatcher(name: string): GoRegex {
  return (image) => {
    for (let index = 0; index < name.length; index += 1) {
      const char = image[index];
      const fits = name[index] === '.' ? char !== undefined && char !== '\n' : char === name[index];
      if (!fits) return false;
    }
    return VERSION_ALONE.test(image.slice(name.length));
  };
}

/**
 * Sets the images of containers, wherever these stand.
 *
 * @param fields - where images stand as well. Those of containers are set a second time, which shows in suffixes of tags.
 */
export function applyImages(
  resource: Resource,
  rules: readonly ImageRule[],
  fields: readonly FieldSpec[],
): Resource {
  if (resource.object.kind === 'CustomResourceDefinition') return resource;
  const paths = fields
    .filter((field) => appliesTo(field, resource.object))
    .map(({ path }) => splitFieldPath(path));
  const object = rules.reduce<unknown>((current, rule) => {
    const set = (image: unknown) => (typeof image === 'string' ? newImage(image, rule) : image);
    const found = replaceImages(current, rule);
    return paths.reduce((changed, keys) => changeAt(changed, keys, false, set), found);
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
  if (!rule.matches(image)) return image;
  const [, ownName = '', ownTag, ownDigest] =
    /^([^/]*\/[^:@]*|[^:@/]*)(?::([^@]*))?(?:@([^]*))?$/.exec(image) ?? [];
  const base = rule.newName ?? ownName;
  const { tag, digest } = newVersion(rule, ownTag ?? '', ownDigest ?? '');
  return `${base}${tag === '' ? '' : `:${tag}`}${digest === '' ? '' : `@${digest}`}`;
}

/** A new tag removes the digest, and a new digest removes the tag, unless both are new. */
function newVersion(rule: ImageRule, tag: string, digest: string): { tag: string; digest: string } {
  if (rule.newTag !== undefined || rule.digest !== undefined)
    return { tag: rule.newTag ?? '', digest: rule.digest ?? '' };
  return rule.tagSuffix === undefined ? { tag, digest } : { tag: `${tag}${rule.tagSuffix}`, digest: '' };
}
