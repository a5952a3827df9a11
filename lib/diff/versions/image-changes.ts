import { mapOf, textOf, valueAt, type PlainMap } from '../../plain/plain-data';
import type { FieldChange, VersionChange } from '../change';
import type { ChangedObject } from '../classifier';
import { differences, type Difference, type DifferingValue } from '../compare/differences';
import { imageChange, imageReference, type ImageReference } from './image-reference';
import { asText } from '../../plain/as-text';

/** The images that change in an object, and the fields that say so. */
export interface ImageChanges {
  readonly versions: readonly VersionChange[];
  readonly fields: readonly FieldChange[];
}

/** Keys whose value is an image: `image`, `baseImage`, `imageName`. */
const IMAGE = /^(?:image|[a-z]\w*Image|imageName)$/;
/** Keys of a map that describes an image in parts, as values of charts and kustomize's `images` do. */
const TAGS = ['tag', 'newTag', 'imageTag', 'digest'];
const PARTS = new Set(['registry', 'repository', 'image', 'newName', ...TAGS]);

/**
 * The images that change in an object of any kind: where a field says `image: name:tag`, and where a map has the parts of
 * one, `repository` and `tag`.
 */
export function imageChanges({ before, after, fields }: ChangedObject): ImageChanges {
  if (!fields.some(({ path }) => isOfImage(/[^.]*$/.exec(path)?.[0] ?? ''))) return NONE;
  const versions = new Map<string, VersionChange>();
  const paths = new Set<string>();
  for (const difference of differences(before.object, after.object)) {
    const found = changeAt(difference, before.object, after.object);
    if (!found) continue;
    paths.add(difference.path);
    versions.set(JSON.stringify(found), found);
  }
  return { versions: [...versions.values()], fields: fields.filter(({ path }) => paths.has(path)) };
}

const NONE: ImageChanges = { versions: [], fields: [] };

function isOfImage(key: string): boolean {
  return IMAGE.test(key) || PARTS.has(key);
}

function changeAt(difference: Difference, before: unknown, after: unknown): VersionChange | undefined {
  const key = (difference.after ?? difference.before)?.at.at(-1);
  if (typeof key !== 'string') return undefined;
  if (IMAGE.test(key)) {
    const change = changeOfText(difference, before, after);
    if (change) return change;
  }
  if (!PARTS.has(key)) return undefined;
  const [known, found] = [
    partsAt(difference.before ?? difference.after, before),
    partsAt(difference.after ?? difference.before, after),
  ];
  return known && found ? imageChange(known, found) : undefined;
}

/** Another name is another image only if both values are certainly images, because they have versions. */
function changeOfText(
  { before, after }: Difference,
  ...sides: readonly [unknown, unknown]
): VersionChange | undefined {
  const [known, found] = [textAt(before, sides[0]), textAt(after, sides[1])];
  if (!known || !found) return undefined;
  const areSure = [known, found].every(({ tag, digest }) => tag !== undefined || digest !== undefined);
  return areSure || known.name === found.name ? imageChange(known, found) : undefined;
}

/** The image in a value; none if the tag is in a field beside it. */
function textAt(found: DifferingValue | undefined, object: unknown): ImageReference | undefined {
  if (typeof found?.value !== 'string') return undefined;
  const around = mapOf(valueAt(object, ...found.at.slice(0, -1)));
  return TAGS.some((key) => Object.hasOwn(around, key)) ? undefined : imageReference(found.value);
}

/** The image that the map around a field describes. */
function partsAt(found: DifferingValue | undefined, object: unknown): ImageReference | undefined {
  const map = mapOf(found && valueAt(object, ...found.at.slice(0, -1)));
  const name = imageNameIn(map);
  // Some write the digest after the tag.
  const [tag = '', behind] = asText(map.tag ?? map.newTag ?? map.imageTag ?? '').split('@');
  const digest = textOf(map.digest) ?? behind;
  if (name === undefined || (tag === '' && digest === undefined)) return undefined;
  return { name, ...(tag !== '' && { tag }), ...(digest !== undefined && { digest }) };
}

/** The name of the image that a map describes, with its registry. */
function imageNameIn(map: PlainMap): string | undefined {
  // kustomize calls an image `name`, beside its own keys.
  const isListed = map.newTag !== undefined || textOf(map.digest) !== undefined;
  const listedName = isListed ? textOf(map.name) : undefined;
  const name = textOf(map.newName) ?? textOf(map.repository) ?? textOf(map.image) ?? listedName;
  const image = name === undefined ? undefined : imageReference(name);
  const registry = textOf(map.registry);
  return image && registry !== undefined ? `${registry}/${image.name}` : image?.name;
}
