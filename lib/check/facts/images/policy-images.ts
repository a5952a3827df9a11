import { nodeId } from '../../../graph/node-id';
import { addToGroup } from '../../../plain/group-by';
import { once } from '../../../plain/once';
import { mapOf, textOf } from '../../../plain/plain-data';
import type { CheckContext } from '../../check-context';

/** The images of the ImagePolicies that clusters apply, by `<namespace>/<name>` of the policy; one for each cluster. */
export const policyImages = once(({ clusters }: CheckContext): ReadonlyMap<string, ReadonlySet<string>> => {
  const images = new Map<string, Set<string>>();
  for (const facts of clusters) {
    for (const { identity } of facts.ofKind('ImagePolicy')) {
      const { namespace = '', name } = identity;
      const [edge] = facts.edgesFrom(nodeId(identity), 'image');
      const image = edge && textOf(mapOf(facts.node(edge.to)?.object?.spec).image);
      if (image === undefined) continue;
      const key = `${namespace}/${name}`;
      images.set(key, (images.get(key) ?? new Set()).add(wholeName(image)));
    }
  }
  return images;
});

/** The same, by image: the keys of its policies. */
export const policiesByImage = once((context: CheckContext): ReadonlyMap<string, readonly string[]> => {
  const policies = new Map<string, string[]>();
  for (const [key, images] of policyImages(context))
    for (const image of images) addToGroup(policies, image, key);
  return policies;
});

/** The name of an image with its registry. */
export function wholeName(image: string): string {
  const name = image.replace(/^index\.docker\.io\//, '');
  const [first = '', ...rest] = name.split('/');
  if (rest.length === 0) return `docker.io/library/${name}`;
  return first === 'localhost' || /[.:]/.test(first) ? name : `docker.io/${name}`;
}
