import { sourceOf } from '../../graph/entries/entry';
import { isSuspended } from '../../graph/is-suspended';
import { mayDiffer } from '../../kinds/apply-marks';
import { nodeId } from '../../graph/node-id';
import { mapOf, textOf, type PlainMap } from '../../plain/plain-data';
import { nameOf } from '../../findings/object-name';
import { atNode } from '../at-node';
import type { Rule } from '../rule';

/** Services that let nobody write without credentials. Another server may be set up to do so. */
const PUBLIC_HOST =
  /^https?:\/\/(github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitea\.com|dev\.azure\.com)\//i;

/** An image automation that commits to a repository for which Flux has no credentials. */
export const automationCannotPush: Rule = {
  code: 'automation-cannot-push',
  *check({ clusters }) {
    for (const facts of clusters) {
      for (const node of facts.nodes) {
        if (node.identity.kind !== 'ImageUpdateAutomation' || !node.object || isSuspended(node)) continue;
        const reference = sourceOf(mapOf(node.object.spec).sourceRef, node.identity.namespace ?? '');
        const source = facts.node(nodeId(reference));
        const host = source?.object && hostWithoutCredentials(mapOf(source.object.spec));
        if (!source || host === undefined || facts.objects.get(source.id)?.some(mayDiffer)) continue;
        yield {
          ...atNode(node, 'spec.sourceRef'),
          locations: [node.location, source.location].filter((place) => place !== undefined),
          cluster: facts.cluster.name,
          message: `${nameOf(source.identity)} has no secretRef, so Flux cannot push to ${host}, and no image is updated`,
          hint: 'name a Secret with write access under spec.secretRef of the GitRepository',
        };
      }
    }
  },
};

/** The service in the address of a GitRepository that Flux reads without credentials. */
function hostWithoutCredentials({ url, secretRef, provider = 'generic' }: PlainMap): string | undefined {
  if (secretRef !== undefined || provider !== 'generic') return undefined;
  return PUBLIC_HOST.exec(textOf(url) ?? '')?.[1]?.toLowerCase();
}
