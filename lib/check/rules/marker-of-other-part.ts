import { builtMarkers, type ImageMarker } from '../facts/images/image-markers';
import type { Rule } from '../rule';

/** A marker that lets Flux write another part of the image than the field takes. */
export const markerOfOtherPart: Rule = {
  code: 'marker-of-other-part',
  *check(context) {
    for (const marker of builtMarkers(context)) {
      const { file, line, policy, field, part } = marker;
      const right = policy && field && partFor(field);
      if (!right || right === (part ?? 'image')) continue;
      const suffix = right === 'image' ? '' : `:${right}`;
      yield {
        locations: [{ file, line }],
        message: `the marker lets Flux write ${WRITTEN[part ?? 'image']} into ${JSON.stringify(field.key)}, but the field takes ${WRITTEN[right]}, so the next update breaks it`,
        hint: `write # {"$imagepolicy": "${policy.namespace}:${policy.name}${suffix}"}`,
      };
    }
  },
};

const WRITTEN = {
  image: 'the whole image with its tag',
  name: 'the image without its tag',
  tag: 'only the tag',
  digest: 'only the digest',
};

/** What a field takes, if its name and its value leave no doubt. */
function partFor({ key, value }: NonNullable<ImageMarker['field']>): 'image' | 'name' | 'tag' | undefined {
  if (/(?:^t|T|_t|-t)ag$/.test(key)) return isTag(value) ? 'tag' : undefined;
  if (key === 'newName' || key === 'repository') return isImage(value) ? undefined : 'name';
  return key === 'image' && isImage(value) ? 'image' : undefined;
}

/** Whether a value is a tag alone. A digest may follow. */
function isTag(value: string): boolean {
  return /^[\w.-]+(?:@sha256:\w+)?$/.test(value);
}

/** Whether a value is an image with a tag. */
function isImage(value: string): boolean {
  return /^[\w./-]+(?::\d+\/[\w./-]+)?:[\w.-]+(?:@sha256:\w+)?$/.test(value);
}
