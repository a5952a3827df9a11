import { builtMarkers } from '../facts/images/image-markers';
import type { Rule } from '../rule';

/** A marker that Flux's image automation cannot read. */
export const markerWithoutPolicy: Rule = {
  code: 'marker-without-policy',
  *check(context) {
    for (const { file, line, text, policy } of builtMarkers(context)) {
      if (policy) continue;
      yield {
        locations: [{ file, line }],
        message: `got ${JSON.stringify(text)}: Flux ignores a marker that is not valid JSON, or that does not have the namespace and name of an ImagePolicy`,
        hint: 'write # {"$imagepolicy": "<namespace>:<name>"}, with :tag, :name or :digest after it for a part of the image',
      };
    }
  },
};
