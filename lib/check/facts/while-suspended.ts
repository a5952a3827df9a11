import type { FindingCode } from '../../findings/codes';
import type { Finding, ObjectIdentity } from '../../findings/finding';
import { nameOf } from '../../findings/object-name';
import type { GraphNode } from '../../graph/graph';
import { isSuspended } from '../../graph/is-suspended';
import { nodeId } from '../../graph/node-id';
import { cutList, namesAnd } from '../../plain/first-names';
import { addToGroup } from '../../plain/group-by';
import { once } from '../../plain/once';
import { directoryOf } from '../../tree/path';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from './cluster-facts';

/** Problems in the fields that only the controller of an object reads: the API server accepts the object. */
const OF_CONTROLLER: ReadonlySet<string> = new Set<FindingCode>([
  'chart-name-invalid',
  'chart-path-missing',
  'config-key-missing',
  'credentials-missing',
  'cross-namespace-reference',
  'decryption-missing',
  'dependency-cross-kind',
  'dependency-missing',
  'helm-values-invalid',
  'image-repository-missing',
  'notification-reference-missing',
  'path-missing',
  'reference-renamed',
  'remote-base-refused',
  'service-account-missing',
  'source-missing',
  'values-from-invalid',
  'variable-eaten',
  'variable-undefined',
]);

/** Problems that matter whether Flux applies an object or not: a secret in Git, rights, and what other objects share. */
const OF_REPOSITORY = /^(?:plaintext|sops|key|secret|tenant|lock-down|shard|object-duplicate|yaml)(?:-|$)/;

/**
 * A finding; as a warning if it says what Flux refuses, but everything that applies the place is suspended, so that
 * nothing is refused before someone resumes it.
 */
export function whileSuspended(found: Finding, context: CheckContext): Finding {
  if (found.severity !== 'error' || OF_REPOSITORY.test(found.code)) return found;
  if (!context.clusters.some(hasSuspended)) return found;
  const actors = context.clusters.flatMap((facts) => actorsOf(found, facts));
  if (actors.length === 0 || !actors.every(isSuspended)) return found;
  const names = [...new Set(actors.map(({ identity }) => nameOf(identity)))];
  const { shown, more } = cutList(names);
  const message = `${found.message}; this does no harm while ${namesAnd(shown, more)} ${names.length > 1 ? 'are' : 'is'} suspended`;
  const cause = found.cause && `${found.cause}; this does no harm while the objects are suspended`;
  return { ...found, severity: 'warning', message, ...(cause && { cause }) };
}

const hasSuspended = once((facts: ClusterFacts): boolean => facts.nodes.some(isSuspended));

/** The Flux objects that run into a problem: the object itself, or the Kustomizations that apply it or build the place. */
function actorsOf({ code, object, locations: [place] }: Finding, facts: ClusterFacts): readonly GraphNode[] {
  if (!object) return place?.file === undefined ? [] : readersOf(facts, place.file);
  const node = facts.node(nodeId(object));
  if (node && OF_CONTROLLER.has(code) && isSuspended(node)) return [node];
  return ownersOf(facts, object, node);
}

function ownersOf(
  facts: ClusterFacts,
  object: ObjectIdentity,
  node: GraphNode | undefined,
): readonly GraphNode[] {
  if (node) return node.appliedBy.flatMap((id) => facts.node(id) ?? []);
  return (facts.objects.get(nodeId(object)) ?? []).map(({ owner }) => owner);
}

/** The Kustomizations whose builds read a file. */
function readersOf(facts: ClusterFacts, file: string): readonly GraphNode[] {
  const byPath = readersByPath(facts);
  return [...(byPath.get(file) ?? []), ...(byPath.get(directoryOf(file)) ?? [])];
}

const readersByPath = once((facts: ClusterFacts): ReadonlyMap<string, readonly GraphNode[]> => {
  const found = new Map<string, GraphNode[]>();
  for (const node of facts.kustomizations) {
    for (const path of node.build?.reads ?? []) addToGroup(found, path, node);
  }
  return found;
});
