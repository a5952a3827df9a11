import { nodeId } from '../../graph/node-id';
import { prunes } from '../../graph/prunes';
import { isMarked } from '../../kinds/apply-marks';
import { PRUNE_KEY } from '../../kinds/names';
import { groupBy } from '../../plain/group-by';
import { mapOf, textOf } from '../../plain/plain-data';
import { nameOf } from '../../findings/object-name';
import { nameProblem } from '../../schema/kubernetes-names';
import type { CheckContext } from '../check-context';
import type { ClusterFacts, OwnedObject } from '../facts/cluster-facts';
import { nameInFile } from '../facts/files/object-in-file';
import { once } from '../../plain/once';
import type { Rule, RuleFinding } from '../rule';

/** A Namespace that the build gives another name, which exists beside it. */
export const namespaceRenamed: Rule = {
  code: 'namespace-renamed',
  *check(context) {
    for (const renamed of renamedNamespaces(context)) {
      const { facts, applied, from } = renamed;
      if (!isPruned(applied) || isPlaceholder(context, renamed) || isRefused(facts, applied)) continue;
      const found = judged(facts, applied);
      if (!found) continue;
      const to = applied.identity.name;
      yield {
        locations: [applied.location],
        object: applied.identity,
        field: 'metadata.name',
        cluster: facts.cluster.name,
        severity: found.severity,
        message: `${renamer(applied)} gives Namespace ${JSON.stringify(from)} the name ${JSON.stringify(to)}: ${found.message}`,
        hint: `move the Namespace to a Kustomization without a ${applied.owner.object && textOf(mapOf(applied.owner.object.spec).targetNamespace) === to ? 'targetNamespace' : 'namespace'}, or annotate it ${PRUNE_KEY}: disabled`,
      };
    }
  },
};

interface Renamed {
  readonly facts: ClusterFacts;
  readonly applied: OwnedObject;
  /** The name in the file. */
  readonly from: string;
}

/** The Namespaces of all clusters that have another name in their own file. */
const renamedNamespaces = once(({ clusters }: CheckContext): readonly Renamed[] =>
  clusters.flatMap((facts) =>
    [...facts.objects.values()].flat().flatMap((applied) => {
      const from = isNamespace(applied) ? nameInFile(facts.tree, applied) : undefined;
      return from === undefined || from === applied.identity.name ? [] : [{ facts, applied, from }];
    }),
  ),
);

function isNamespace({ identity: { group, kind } }: OwnedObject): boolean {
  return kind === 'Namespace' && group === '';
}

function isPruned(applied: OwnedObject): boolean {
  const marks = ['prune', 'reconcile'] as const;
  return prunes(applied.owner) && !marks.some((mark) => isMarked(applied, mark, 'disabled'));
}

/** Whether the same build has another Namespace of that name: kustomize refuses that, so nothing is pruned. */
function isRefused(facts: ClusterFacts, applied: OwnedObject): boolean {
  const owned = facts.objects.get(nodeId(applied.identity)) ?? [];
  return owned.some((other) => other !== applied && other.owner === applied.owner);
}

/** Names that are obviously placeholders. */
const PLACEHOLDER =
  /^(?:not-?used|unused|ignored?|dummy|change-?me|replace(?:-?me)?|override|tbd|todo|x+|(?:(?:the|my|your|app|application|target|default|some)-)?(?:name|namespace|ns))(?:-(?:by|in|me|namespace|ns).*)?$|placeholder|\bto-be-|(?:^|-)(?:will|gets?)-be-|(?:^|-)(?:replaced|overrid(?:den|en)|overwritten|patched|templated?)(?:-|$)/i;

/**
 * Whether the name in the file is a placeholder: it looks like one, no Namespace can have it, or builds give the Namespace several names and
 * never this one.
 */
function isPlaceholder(context: CheckContext, { applied, from }: Renamed): boolean {
  if (PLACEHOLDER.test(from) || nameProblem(from, 'dns-label') !== undefined) return true;
  const names = namesByFile(context).get(fileOf(applied)) ?? [];
  const all = new Set(names.map(({ identity }) => identity.name));
  return all.size > 1 && !all.has(from);
}

/** The Namespaces of all clusters, by the document that they come from. */
const namesByFile = once(({ clusters }: CheckContext) =>
  groupBy(
    clusters.flatMap(({ objects }) => [...objects.values()].flat().filter(isNamespace)),
    fileOf,
  ),
);

function fileOf({ location: { file, line } }: OwnedObject): string {
  return `${file ?? ''}:${line ?? ''}`;
}

/** Namespaces that the API server never deletes. */
const IMMORTAL = ['default', 'kube-system', 'kube-public'];

function judged(
  facts: ClusterFacts,
  applied: OwnedObject,
): Pick<RuleFinding, 'severity' | 'message'> | undefined {
  const { name } = applied.identity;
  if (IMMORTAL.includes(name))
    return {
      severity: 'warning',
      message:
        'if it is removed from the Kustomization, Flux tries to delete that one, which the API server refuses',
    };
  const isFlux = name === facts.node(facts.cluster.root)?.identity.namespace;
  if (!isFlux && name !== 'kube-node-lease' && !hasOwn(facts, applied)) return undefined;
  return {
    severity: undefined,
    message: `when it leaves the Kustomization, prune deletes that Namespace${isFlux ? ', Flux itself included' : ''}, with everything in it`,
  };
}

/** Whether another file creates the Namespace with that name. */
function hasOwn(facts: ClusterFacts, { identity }: OwnedObject): boolean {
  const { name } = identity;
  const owned = facts.objects.get(nodeId(identity)) ?? [];
  return owned.some((other) => nameInFile(facts.tree, other) === name);
}

function renamer({ owner, identity: { name } }: OwnedObject): string {
  const isTarget = mapOf(owner.object?.spec).targetNamespace === name;
  return isTarget ? `targetNamespace of ${nameOf(owner.identity)}` : `the build of ${nameOf(owner.identity)}`;
}
