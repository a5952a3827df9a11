import { didYouMean, isMisspelling } from '../../../findings/nearest-name';
import { listOf, mapOf, textOf, type PlainMap } from '../../../plain/plain-data';
import type { FieldSpec } from '../fields/field-spec';
import { applyImages, imageRules } from '../fields/images';
import type { Resource } from '../resource';
import type { TransformContext } from '../fields/transform-context';
import { baseName } from '../../../tree/path';
import { withoutVersion } from '../../../plain/without-version';

/** A name without anything that a regular expression reads in another way. */
const PLAIN = /^[\w./-]+$/;
/** An image without variables, which the port of a registry may be in. */
const PLAIN_IMAGE = /^[\w./:-]+$/;

/**
 * Notes each entry of `images` that matches no image, although its name is a misspelling of one, or there is one of the same
 * program in another registry or organization: kustomize changes nothing then. An entry that resembles nothing may be for another build.
 */
export function noteUnmatchedImages(
  resources: readonly Resource[],
  images: unknown,
  fields: readonly FieldSpec[],
  { log, entryAt }: Pick<TransformContext, 'log' | 'entryAt'>,
): void {
  const entries = listOf(images).map(mapOf);
  if (entries.length === 0) return;
  const found = imagesOf(resources, fields);
  const made = entries.flatMap(({ newName }) => textOf(newName) ?? []);
  const rules = imageRules(entries);
  if (rules.length < entries.length) return;
  const matches = (image: string) => rules.some((rule) => rule.matches(image));
  for (const [index, rule] of rules.entries()) {
    const name = textOf(entries[index]?.name) ?? '';
    if (!PLAIN.test(name) || [...found, ...made].some((image) => rule.matches(image))) continue;
    const misspelt = [...found]
      .map(withoutVersion)
      .find((image) => PLAIN_IMAGE.test(image) && isMisspelling(name, image));
    const others = [...found].filter((image) => !matches(image)).map(withoutVersion);
    const meant =
      misspelt === undefined ? likely(entries[index] ?? {}, name, others) : { image: misspelt, isSure: true };
    if (meant === undefined) continue;
    const message = `the image ${JSON.stringify(name)} is not in the build, so kustomize changes nothing`;
    const place = entryAt('images', index);
    if (meant.isSure) log.warning('image-unmatched', message, place, { hint: didYouMean(meant.image) });
    else {
      const doubt = `; ${JSON.stringify(meant.image)}, which is in the build, may be another program`;
      log.info('image-unmatched', `${message}${doubt}`, place, {
        hint: 'write that name if you mean this image; otherwise, remove the entry if no other build needs it',
      });
    }
  }
}

/** The images that entries could match. */
function imagesOf(resources: readonly Resource[], fields: readonly FieldSpec[]): ReadonlySet<string> {
  const found = new Set<string>();
  const note = {
    matches: (image: string) => {
      found.add(image);
      return false;
    },
  };
  for (const resource of resources) applyImages(resource, [note], fields);
  return found;
}

/**
 * The image that an entry probably means, of those of the same program. It is sure if only the registry differs, or if one name
 * is the last part of the other and the entry is not for another image that a mirror has.
 */
function likely(
  { newName, newTag, digest, tagSuffix }: PlainMap,
  name: string,
  images: readonly string[],
): { readonly image: string; readonly isSure: boolean } | undefined {
  const changesVersion = [newTag, digest, tagSuffix].some((value) => value !== undefined);
  const alike = images.filter(
    (image) =>
      PLAIN_IMAGE.test(image) &&
      programOf(image) === programOf(name) &&
      (image !== newName || changesVersion),
  );
  const isPart = (image: string) => [image, name].some((one) => one === programOf(one));
  const sure =
    alike.find((image) => repositoryOf(image) === repositoryOf(name)) ??
    alike.find((image) => isPart(image) && (newName === undefined || newName === image));
  const [image = sure] = sure === undefined ? alike : [sure];
  return image === undefined ? undefined : { image, isSure: sure !== undefined };
}

/** The name of an image without its registry, and without the organization that Docker Hub adds. */
function repositoryOf(image: string): string {
  return image.replace(/^(?:[^/]*[.:][^/]*|localhost)\//, '').replace(/^library\//, '');
}

/** The last part of a name, which is usually the program. */
function programOf(image: string): string {
  return baseName(image);
}
