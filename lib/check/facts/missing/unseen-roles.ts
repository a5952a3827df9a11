import type { ObjectIdentity } from '../../../findings/finding';
import { ContainedNames } from '../../../plain/contained-names';
import { once } from '../../../plain/once';
import { mapOf } from '../../../plain/plain-data';
import { chartOf } from '../releases/release-chart';
import type { CheckContext } from '../../check-context';
import type { ClusterFacts } from '../cluster-facts';
import { isMadeInCluster } from './generated-in-cluster';
import { looseObjects } from '../files/loose-files';
import { programTexts } from '../files/program-texts';
import { isTouched } from './touched-names';
import { isInValues } from './unseen-rights';

/** The roles for people that Kubernetes has, and those of OpenShift. Others have a colon in their names. */
const BUILT_IN =
  /:|^(?:cluster-admin|admin|edit|view|basic-user|cluster-(?:reader|status|monitoring-view)|self-(?:provisioner|access-reviewer)|sudoer|registry-\w+|storage-admin)$/;

/** Whether a cluster has a role without anybody applying it, or with the installation of Flux. */
export function isOfCluster({ name, namespace = '' }: ObjectIdentity): boolean {
  return BUILT_IN.test(name) || name.includes('flux') || /^kube-/.test(namespace);
}

/** Whether something that no build shows may bring a role: it mentions the name, or has a similar name itself. */
export function mayBringRole(
  context: CheckContext,
  facts: ClusterFacts,
  { kind, name }: ObjectIdentity,
): boolean {
  return (
    isMadeInCluster(facts, kind) ||
    isTouched(facts, name) ||
    isInValues(facts, name) ||
    isOfRelease(facts, name) ||
    programTexts(context).some(({ text }) => text.includes(name)) ||
    [...looseObjects(context, name)].some((object) => mapOf(object.metadata).name === name)
  );
}

/** Whether the name of a release or of its chart is in the name of a role. */
function isOfRelease(facts: ClusterFacts, role: string): boolean {
  const [found] = releaseNames(facts).in(role);
  return found !== undefined;
}

/** The names of releases and of their charts. */
const releaseNames = once((facts: ClusterFacts): ContainedNames => {
  const releases = facts.nodes.filter(({ type }) => type === 'helm-release');
  const names = releases.flatMap((node) => [
    node.identity.name,
    mapOf(node.object?.spec).releaseName,
    chartOf(facts, node)?.name,
  ]);
  return new ContainedNames(names.filter((name) => typeof name === 'string'));
});
