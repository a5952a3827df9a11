import type { ObjectIdentity } from '../../findings/finding';
import { nodeId } from '../../graph/node-id';
import type { GraphEdge, GraphNode } from '../../graph/graph';
import { isFluxGroup } from '../../kinds/groups';
import { mapOf, textOf, valueAt, type PlainMap } from '../../plain/plain-data';
import { fluxKinds } from '../../schema/flux-kinds';
import { isKubernetesGroup, kubernetesKinds } from '../../schema/kubernetes-kinds';
import { apiGroup } from '../../tree/manifest';
import { atNode } from '../at-node';
import { didYouMean } from '../../findings/nearest-name';
import { nameOf } from '../../findings/object-name';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from '../facts/cluster-facts';
import { possibleOrigin } from '../facts/missing/hidden-parts';
import { mayBeMade } from '../facts/missing/made-objects';
import { lacksNamespace } from '../facts/namespaces/lacks-namespace';
import { renamedFrom } from '../facts/missing/renamed-objects';
import { groupsOf, groupsOfNamesakes, misspeltName } from '../facts/missing/similar-objects';
import { likelyMeant } from '../facts/missing/suggestions';
import type { Rule, RuleFinding } from '../rule';
import { baseName } from '../../tree/path';

/** A health check of an object, or of a kind, that is not there. */
export const healthCheckTargetMissing: Rule = {
  code: 'health-check-target-missing',
  namesCause: true,
  *check(context) {
    for (const facts of context.clusters) {
      for (const edge of facts.edges('health-check')) yield* problemOf(context, facts, edge);
    }
  },
};

function* problemOf(context: CheckContext, facts: ClusterFacts, edge: GraphEdge): Iterable<RuleFinding> {
  const [source, target] = [facts.node(edge.from), facts.node(edge.to)];
  // We cannot tell what is in another cluster.
  if (!source || !target || source.build?.remoteCluster !== undefined) return;
  const entry = entryAt(source.object, edge.field);
  const isOpen = `${JSON.stringify(target.identity)}${textOf(entry.apiVersion)}`.includes('${');
  const masked = mapOf(source.object?.spec).wait === true;
  const problem =
    wrongKind(entry) ??
    (masked ? undefined : withoutNamespace(facts, entry, target)) ??
    otherGroup(facts, target) ??
    (isOpen ? undefined : missingTarget(context, facts, source, target));
  if (!problem) return;
  const then = masked
    ? 'which has no effect, because wait: true ignores health checks'
    : 'so that the Kustomization never becomes ready';
  const { message, hint } = problem;
  yield { ...atNode(source, edge.field), message: `${message}, ${then}`, hint };
}

/** What is wrong with a health check; the message does not contain the consequences. */
type HealthCheckProblem = Pick<RuleFinding, 'message'> & { readonly hint: string };

/** What is wrong with a health check of a kind that lives in namespaces, if it names none: there is no default. */
function withoutNamespace(
  facts: ClusterFacts,
  entry: PlainMap,
  { identity }: GraphNode,
): HealthCheckProblem | undefined {
  const { kind, name } = identity;
  const apiVersion = textOf(entry.apiVersion) ?? 'apps/v1';
  if (!lacksNamespace({ apiVersion, kind, metadata: { namespace: textOf(entry.namespace) } }))
    return undefined;
  const meant = namesake(facts, identity);
  return {
    message: `${kind} ${JSON.stringify(name)} has no namespace, and there is no default`,
    hint: meant === undefined ? 'add the namespace of the object' : `add namespace: ${meant}`,
  };
}

/** What is wrong if nothing applies the target of a health check. */
function missingTarget(
  context: CheckContext,
  facts: ClusterFacts,
  source: GraphNode,
  { identity, state }: GraphNode,
): HealthCheckProblem | undefined {
  // Objects that builds do not show may still exist.
  if (state !== 'missing' || source.build?.complete === false) return undefined;
  const message = `nothing applies ${nameOf(identity)}`;
  const renamed = renamedFrom(facts, identity);
  if (renamed)
    return { message, hint: `the build names it ${JSON.stringify(renamed.identity.name)}: write that name` };
  const misspelt = misspeltName(facts, identity);
  if (misspelt !== undefined) return { message, hint: didYouMean(misspelt) };
  const elsewhere = namesake(facts, identity);
  if (mayBeMade(context, facts, source, { identity, elsewhere })) return undefined;
  const meant = elsewhere === undefined ? likelyMeant(context, facts, identity) : undefined;
  const isSure = elsewhere !== undefined || meant?.isSure === true;
  if (!isSure && possibleOrigin(facts, identity, ({ node }) => node === source)) return undefined;
  const hint = elsewhere
    ? `did you mean the one in namespace ${JSON.stringify(elsewhere)}?`
    : (meant?.hint ?? 'correct the kind, name and namespace, or remove it');
  return { message, hint };
}

/** The entry of `healthChecks` at a field. */
function entryAt(object: PlainMap | undefined, field: string): PlainMap {
  return mapOf(valueAt(object, 'spec', 'healthChecks', Number(/\[(\d+)\]/.exec(field)?.[1])));
}

/** What is wrong with the group of a health check: a group of Kubernetes or Flux does not have the kind. */
function wrongKind(entry: PlainMap): HealthCheckProblem | undefined {
  const kind = textOf(entry.kind);
  // If no version is given, the controller assumes apps/v1.
  const apiVersion = textOf(entry.apiVersion) ?? 'apps/v1';
  if (kind === undefined || `${apiVersion}${kind}`.includes('$')) return undefined;
  const all = knownKinds();
  const group = apiGroup(apiVersion);
  if (!isFluxGroup(group) && !isKubernetesGroup(group)) return undefined;
  const meant = all.filter((known) => known.kind === kind);
  if (meant.some((known) => apiGroup(known.apiVersion) === group)) return undefined;
  const where =
    entry.apiVersion === undefined
      ? `${apiVersion}, which Flux takes where apiVersion is not set`
      : apiVersion;
  const [first] = meant;
  return {
    message: `there is no kind ${JSON.stringify(kind)} in ${where}`,
    hint: first ? `use apiVersion: ${first.apiVersion}` : 'correct apiVersion and kind',
  };
}

/**
 * What is wrong with the group of a health check: the object has another one, and no object of the cluster has that of
 * the health check.
 */
function otherGroup(facts: ClusterFacts, { identity, state }: GraphNode): HealthCheckProblem | undefined {
  if (state !== 'missing' || groupsOf(facts).has(identity.group)) return undefined;
  const [group, ...others] = groupsOfNamesakes(facts, identity);
  if (group === undefined || others.length > 0) return undefined;
  return {
    message: `nothing applies ${nameOf(identity)} of the group ${JSON.stringify(identity.group)}`,
    hint: `use the group of the one that is applied, ${JSON.stringify(group)}`,
  };
}

/** The kinds of Kubernetes and Flux, those of stable versions first. */
function knownKinds(): readonly { readonly apiVersion: string; readonly kind: string }[] {
  return [...fluxKinds(), ...kubernetesKinds()]
    .map((key) => ({
      apiVersion: key.slice(0, key.lastIndexOf('/')),
      kind: baseName(key),
    }))
    .sort(
      (a, b) => Number(/(?:alpha|beta)/.test(a.apiVersion)) - Number(/(?:alpha|beta)/.test(b.apiVersion)),
    );
}

/** The only other namespace that has an object of this kind and name. */
function namesake(
  { objects }: ClusterFacts,
  { group, kind, name, namespace }: ObjectIdentity,
): string | undefined {
  const namespaces = new Set<string>();
  for (const [{ identity } = { identity: undefined }] of objects.values()) {
    if (identity?.kind === kind && identity.group === group && identity.name === name && identity.namespace)
      namespaces.add(identity.namespace);
  }
  const others = [...namespaces].filter((other) => other !== namespace);
  return others.length === 1 && !objects.has(nodeId({ group, kind, namespace, name }))
    ? others[0]
    : undefined;
}
