import { pointerOf } from '../../plain/json-pointer';

/**
 * An image field carries its policy from the author to the printer as text after a separator that no image name
 * contains. This works wherever a string does, even in constructs that do not know Flux.
 */
const SEPARATOR = '\u{E0F1}';

/** The part of an image that a marked field contains; without it, the whole `name:tag`. */
export type ImagePart = 'name' | 'tag' | 'digest';

// eslint-disable-next-line no-restricted-syntax -- set once: most programs have no marker, and need not look for one in each text
let used = false;

/** Adds a policy to the text of an image field. */
export function withMarker(text: string, policy: string): string {
  used = true;
  return `${text}${SEPARATOR}${policy}`;
}

/** Whether any field holds a policy, so that one has to be looked for. */
export function markersAreUsed(): boolean {
  return used;
}

/**
 * Takes the policies out of an object's fields, and gives the comments by which Flux's image automation finds them.
 *
 * @param object - plain data; changed in place
 * @returns the comments by JSON pointer; empty when no field is marked
 * @see https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources
 */
export function takeMarkers(object: object): Map<string, string> {
  const comments = new Map<string, string>();
  if (used) takeFrom(object as Record<string, unknown>, '', comments);
  return comments;
}

function takeFrom(holder: Record<string, unknown>, pointer: string, comments: Map<string, string>): void {
  for (const [key, value] of Object.entries(holder)) {
    const here = `${pointer}${pointerOf([key])}`;
    if (typeof value === 'object' && value !== null)
      takeFrom(value as Record<string, unknown>, here, comments);
    if (typeof value !== 'string' || !value.includes(SEPARATOR)) continue;
    const [text, policy] = value.split(SEPARATOR) as [string, string];
    holder[key] = text;
    comments.set(here, `{"$imagepolicy": ${JSON.stringify(policy)}}`);
  }
}
