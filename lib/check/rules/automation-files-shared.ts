import { nameOf } from '../../findings/object-name';
import { uniquePlaces } from '../../findings/unique-places';
import { sourceOf } from '../../graph/entries/entry';
import { isSuspended } from '../../graph/is-suspended';
import { nodeId } from '../../graph/node-id';
import { comparableText } from '../../plain/comparable-text';
import { firstNames } from '../../plain/first-names';
import { groupBy } from '../../plain/group-by';
import { mapOf, textOf, valueAt } from '../../plain/plain-data';
import { atNode } from '../at-node';
import type { CheckContext } from '../check-context';
import { automationsOf, covers, type Automation } from '../facts/images/automations';
import { builtMarkers, type ImageMarker } from '../facts/images/image-markers';
import type { Rule, RuleFinding } from '../rule';

/** Automations of several clusters that write the same files on one branch. */
export const automationFilesShared: Rule = {
  code: 'automation-files-shared',
  *check(context) {
    const shared = sharedMarkers(context);
    for (const ones of groupBy(shared, keyOf).values()) yield conflict(ones);
  },
};

/** A marker that automations of several clusters write, all on one branch. */
interface SharedMarker {
  readonly marker: ImageMarker;
  readonly branch: string;
  readonly writers: readonly Automation[];
  /** Whether the clusters may write different images. */
  readonly differ: boolean;
}

function sharedMarkers(context: CheckContext): SharedMarker[] {
  const able = automationsOf(context).filter(({ node, isOwn }) => isOwn && !isSuspended(node));
  if (new Set(able.map(({ facts }) => facts)).size < 2) return [];
  const byNamespace = groupBy(able, ({ namespace }) => namespace);
  return builtMarkers(context).flatMap((marker) => {
    const near = byNamespace.get(marker.policy?.namespace ?? '') ?? [];
    const writers = near.filter((one) => covers(one, marker) && policyOf(one, marker) !== undefined);
    const byBranch = groupBy(writers, branchOf);
    byBranch.delete(undefined);
    return [...byBranch].flatMap(([branch = '', ones]) => {
      if (new Set(ones.map(({ facts }) => facts)).size < 2) return [];
      const policies = ones.map((one) => policyOf(one, marker));
      return [{ marker, branch, writers: ones, differ: new Set(policies).size > 1 }];
    });
  });
}

/** The markers that the same automations write in the same way make one finding. */
function keyOf({ writers, branch, differ }: SharedMarker): string {
  const ids = writers.map(({ facts, node }) => `${facts.cluster.name} ${node.id}`);
  return [differ, branch, ...ids].join('\0');
}

/** What decides which image a cluster writes, as text; `undefined` if it does not have the policy. */
function policyOf({ facts, node }: Automation, { policy }: ImageMarker): string | undefined {
  const identity = { ...node.identity, kind: 'ImagePolicy', name: policy?.name ?? '' };
  const spec = facts.node(nodeId(identity))?.object?.spec;
  if (spec === undefined) return undefined;
  const { name, namespace } = mapOf(mapOf(spec).imageRepositoryRef);
  const repository = {
    ...identity,
    kind: 'ImageRepository',
    name: textOf(name) ?? '',
    namespace: textOf(namespace) ?? identity.namespace,
  };
  const image = mapOf(facts.node(nodeId(repository))?.object?.spec).image;
  return comparableText([spec, image ?? null]);
}

/** The branch to which an automation pushes; `undefined` if the files do not show it. */
function branchOf({ facts, node, namespace }: Automation): string | undefined {
  const { git, sourceRef } = mapOf(node.object?.spec);
  const source = facts.node(nodeId(sourceOf(sourceRef, namespace)));
  const branch =
    textOf(valueAt(git, 'push', 'branch')) ??
    textOf(valueAt(git, 'checkout', 'ref', 'branch')) ??
    textOf(valueAt(source?.object, 'spec', 'ref', 'branch'));
  return branch?.includes('${') === true ? undefined : branch;
}

function conflict(shared: readonly SharedMarker[]): RuleFinding {
  const [{ writers, branch, differ, marker }] = shared as [SharedMarker, ...SharedMarker[]];
  const [first] = writers as readonly [Automation, ...Automation[]];
  const files = [...new Set(shared.map((one) => one.marker.file))];
  const what = `${JSON.stringify(files[0])}${files.length > 1 ? ` and ${files.length - 1} more` : ''}`;
  const clusters = [...new Set(writers.map(({ facts }) => facts.cluster.name))];
  const names = [...new Set(writers.map(({ node }) => nameOf(node.identity)))];
  const message = `the clusters ${firstNames(clusters.map((name) => JSON.stringify(name)))} all update ${what} on the branch ${JSON.stringify(branch)}, with ${firstNames(names)}`;
  const policy = `ImagePolicy ${JSON.stringify(`${marker.policy?.namespace}/${marker.policy?.name}`)}`;
  return {
    ...atNode(first.node, 'spec.update.path'),
    locations: uniquePlaces(writers.flatMap(({ node }) => node.location ?? [])),
    cluster: clusters,
    severity: differ ? 'warning' : 'info',
    message: differ
      ? `${message}, but their ${policy} differs: each undoes what another one commits`
      : `${message}: each pushes the same changes, and a push is rejected if another one was first`,
    hint: 'run the automation in one cluster, or give each its own spec.update.path or branch',
  };
}
