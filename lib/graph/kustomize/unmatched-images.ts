import { didYouMean } from '../../findings/nearest-name';
import { listOf, mapOf, textOf } from '../../plain/plain-data';
import type { FieldSpec } from './field-spec';
import { applyImages, imageRules } from './images';
import type { Resource } from './resource';
import type { TransformContext } from './transform-context';

/** A name without anything that a regular expression reads in another way. */
const PLAIN = /^[\w./-]+$/;

/**
 * Notes each entry of `images` that matches no image, although there is one of the same program in another registry or
 * organization: kustomize changes nothing then. An entry that resembles nothing may be for another build.
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
    const meant = [...found].filter((image) => !matches(image)).map(withoutVersion);
    const [alike] = meant.filter((image) => programOf(image) === programOf(name));
    if (alike === undefined) continue;
    const message = `the image ${JSON.stringify(name)} is not in the build, so kustomize changes nothing`;
    log.warning('image-unmatched', message, entryAt('images', index), { hint: didYouMean(alike) });
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

/** An image without its tag and digest. */
function withoutVersion(image: string): string {
  return image.replace(/(?::[^:/@]*)?(?:@.*)?$/, '');
}

/** The last part of a name, which is usually the program. */
function programOf(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1);
}
