import type { VersionChange } from '../change';
import { versionStep } from '../../plain/version-step';

/** An image, taken apart. */
export interface ImageReference {
  /** The name without a version, for example `ghcr.io/org/app`. */
  readonly name: string;
  /**
   * The tag.
   *
   * @default - none: `latest`, or what the digest says
   */
  readonly tag?: string;
  /**
   * The digest.
   *
   * @default - none
   */
  readonly digest?: string;
}

const REFERENCE =
  /^((?:[a-z0-9][\w.-]{0,200}(?::\d{1,5})?\/)?(?:[a-z0-9][a-z0-9._-]{0,200}\/){0,10}[a-z0-9][a-z0-9._-]{0,200})(?::([\w][\w.+-]{0,127}))?(?:@(sha256:[0-9a-f]{8,64}|sha512:[0-9a-f]{8,128}))?$/;

/** Takes a reference to an image apart; `undefined` for what is not one. */
export function imageReference(text: string): ImageReference | undefined {
  if (text.length > 1_000) return undefined;
  const [, name, tag, digest] = REFERENCE.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { name, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/** How an image changes; `undefined` where both are the same. */
export function imageChange(before: ImageReference, after: ImageReference): VersionChange | undefined {
  if (before.name !== after.name) {
    const [from, to] = [`${before.name}${separated(before)}`, `${after.name}${separated(after)}`];
    return { of: 'image', name: after.name, before: from, after: to, step: 'other' };
  }
  if (before.tag === after.tag && before.digest === after.digest) return undefined;
  // If the tags differ, the digests say nothing more.
  const areTagged = before.tag !== undefined && after.tag !== undefined && before.tag !== after.tag;
  const [known, found] = [before, after].map((image) =>
    areTagged ? (image.tag ?? '') : versionOf(image),
  ) as [string, string];
  return { of: 'image', name: after.name, before: known, after: found, step: stepOf(before, after) };
}

function stepOf(before: ImageReference, after: ImageReference): VersionChange['step'] {
  if (before.tag === after.tag) return 'digest';
  // Without a tag, nothing shows which version a digest is.
  if (before.tag === undefined || after.tag === undefined) return 'other';
  return versionStep(before.tag, after.tag);
}

function versionOf({ tag, digest }: ImageReference): string {
  const short = digest && shortDigest(digest);
  if (tag === undefined) return short ?? 'latest';
  return short === undefined ? tag : `${tag}@${short}`;
}

/** As much of a digest as tells it from others. */
export function shortDigest(digest: string): string {
  return digest.replace(/^(\w+:[0-9a-f]{12})[0-9a-f]+$/, '$1');
}

function separated(image: ImageReference): string {
  const version = versionOf(image);
  return image.tag === undefined && image.digest !== undefined ? `@${version}` : `:${version}`;
}
