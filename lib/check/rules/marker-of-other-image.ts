import { baseName } from '../../tree/path';
import { builtMarkers } from '../facts/images/image-markers';
import { policiesByImage, policyImages, wholeName } from '../facts/images/policy-images';
import type { Rule } from '../rule';

/** A marker that names the policy of another image, although the image has a policy of its own. */
export const markerOfOtherImage: Rule = {
  code: 'marker-of-other-image',
  *check(context) {
    const images = policyImages(context);
    for (const { file, line, image, policy } of builtMarkers(context)) {
      const chosen = policy && images.get(`${policy.namespace}/${policy.name}`);
      if (image === undefined || !chosen) continue;
      const name = wholeName(image);
      // A mirror in another registry has the same last part.
      if ([...chosen].some((other) => baseName(other) === baseName(name))) continue;
      const own = policiesByImage(context).get(name);
      if (!own) continue;
      const [other = ''] = chosen;
      yield {
        locations: [{ file, line }],
        message: `the ImagePolicy of the marker is for ${JSON.stringify(other)}, so Flux replaces the image ${JSON.stringify(image)} with that one`,
        hint: `name the policy of this image: ${own.map((key) => JSON.stringify(key.replace('/', ':'))).join(' or ')}`,
      };
    }
  },
};
