import type { FindingLocation, ObjectIdentity } from '../../findings/finding';
import { sourceOf } from '../../graph/entries/entry';
import { isSuspended } from '../../graph/is-suspended';
import { mayDiffer } from '../../kinds/apply-marks';
import { nodeId } from '../../graph/node-id';
import { comparableText } from '../../plain/comparable-text';
import { mapOf, textOf, type PlainMap } from '../../plain/plain-data';
import { nameOf } from '../../findings/object-name';
import { atNode } from '../at-node';
import type { ClusterFacts } from '../facts/cluster-facts';
import { instanceOf } from '../facts/installation/flux-instance';
import type { Rule } from '../rule';

/** Services that let nobody write without credentials. Another server may be set up to do so. */
const PUBLIC_HOST =
  /^https?:\/\/(github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitea\.com|dev\.azure\.com)\//i;

/** An image automation that commits to a repository for which Flux has no credentials. */
export const automationCannotPush: Rule = {
  code: 'automation-cannot-push',
  namesCause: true,
  *check({ clusters }) {
    for (const facts of clusters) {
      for (const node of facts.nodes) {
        if (node.identity.kind !== 'ImageUpdateAutomation' || !node.object || isSuspended(node)) continue;
        const reference = sourceOf(mapOf(node.object.spec).sourceRef, node.identity.namespace ?? '');
        const source = sourceWithoutCredentials(facts, reference);
        if (!source) continue;
        yield {
          ...atNode(node, 'spec.sourceRef'),
          locations: [node.location, source.location].filter((place) => place !== undefined),
          cluster: facts.cluster.name,
          message: `${nameOf(reference)} has no secretRef, so Flux cannot push to ${source.host}, and no image is updated`,
          hint: `name a Secret with write access under ${source.field}`,
        };
      }
    }
  },
};

interface Source {
  readonly location: FindingLocation | undefined;
  readonly host: string;
  /** The field that names the credentials. */
  readonly field: string;
}

/** A GitRepository for which Flux has no credentials, whether a file has it or a FluxInstance makes it. */
function sourceWithoutCredentials(facts: ClusterFacts, reference: ObjectIdentity): Source | undefined {
  const id = nodeId(reference);
  const { object, location } = facts.node(id) ?? {};
  if (object) {
    const host = hostWithoutCredentials(mapOf(object.spec));
    if (host === undefined || facts.objects.get(id)?.some(mayDiffer)) return undefined;
    return { location, host, field: 'spec.secretRef of the GitRepository' };
  }
  const { sync, kustomize } = instanceOf(facts) ?? {};
  const { url, pullSecret, provider } = mapOf(sync);
  const host = hostWithoutCredentials({ url, secretRef: pullSecret, provider });
  const isSync = id === nodeId(facts.cluster.syncSource);
  if (!isSync || host === undefined || comparableText(kustomize).includes('secretRef')) return undefined;
  const place = facts.node(facts.cluster.root)?.location;
  return { location: place, host, field: 'spec.sync.pullSecret of the FluxInstance' };
}

/** The service in the address of a GitRepository that Flux reads without credentials. */
function hostWithoutCredentials({ url, secretRef, provider = 'generic' }: PlainMap): string | undefined {
  if (secretRef !== undefined || provider !== 'generic') return undefined;
  return PUBLIC_HOST.exec(textOf(url) ?? '')?.[1]?.toLowerCase();
}
