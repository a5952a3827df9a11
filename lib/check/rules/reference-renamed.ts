import type { ObjectIdentity } from '../../findings/finding';
import type { EdgeKind, GraphNode } from '../../graph/graph';
import { nodeId } from '../../graph/node-id';
import { didYouMean } from '../../findings/nearest-name';
import { nameOf } from '../../findings/object-name';
import { OPERATOR_GROUP } from '../../kinds/groups';
import { once } from '../../plain/once';
import { listOf, mapOf, textOf } from '../../plain/plain-data';
import { atNode } from '../at-node';
import type { ClusterFacts } from '../facts/cluster-facts';
import { isCopied } from '../facts/missing/copied-objects';
import { isMadeInCluster } from '../facts/missing/generated-in-cluster';
import { renamedReference } from '../facts/missing/missing-reference';
import { namespaceInFile } from '../facts/files/object-in-file';
import { renamedFrom } from '../facts/missing/renamed-objects';
import { misspeltName, namesakes } from '../facts/missing/similar-objects';
import { HASHED, unusedNamesake } from '../facts/missing/unused-namesake';
import { isMadeUnseen } from '../facts/missing/unseen-config';
import type { Rule, RuleFinding } from '../rule';

/** The references to ConfigMaps and Secrets, whose names kustomize does not change in Flux objects. */
const REFERENCES: readonly EdgeKind[] = ['values-from', 'substitute-from', 'secret', 'config-map'];
/** Those to Flux objects. */
const FLUX_REFERENCES: readonly EdgeKind[] = [
  'source',
  'chart',
  'image',
  'provider',
  'event-source',
  'receiver',
];

/** A reference to a Flux object, a ConfigMap or a Secret by another name, or in another namespace, than it has after the build. */
export const referenceRenamed: Rule = {
  code: 'reference-renamed',
  namesCause: true,
  *check(context) {
    for (const facts of context.clusters) {
      for (const { from, to, field, optional, kind } of REFERENCES.flatMap((one) => facts.edges(one))) {
        const [source, target] = [facts.node(from), facts.node(to)];
        if (!source || optional || target?.state !== 'missing') continue;
        // Another rule reports values that lie in another namespace.
        const moved = kind === 'values-from' ? undefined : movedSource(facts, source, target);
        const problem =
          renamedTarget(facts, source, target) ?? moved ?? misnamedSource(facts, source, target, kind);
        if (!problem || isMadeUnseen(context, facts, target.identity, source)) continue;
        yield { ...atNode(source, field), cluster: facts.cluster.name, ...problem };
      }
      yield* fluxReferences(facts);
      yield* inputReferences(facts);
    }
  },
};

/** References to Flux objects. The rules about missing ones pass what this reports. */
function* fluxReferences(facts: ClusterFacts): Iterable<RuleFinding> {
  for (const { from, to, field } of FLUX_REFERENCES.flatMap((kind) => facts.edges(kind))) {
    const [source, target] = [facts.node(from), facts.node(to)];
    if (!source || target?.state !== 'missing') continue;
    const { identity } = target;
    const renamed = renamedReference(facts, source, identity);
    if (!renamed) continue;
    const problem = renaming(source, identity, renamed.identity);
    yield { ...atNode(source, field), cluster: facts.cluster.name, ...problem };
  }
}

/** References of ResourceSets to providers of inputs, which the graph does not show. */
function* inputReferences(facts: ClusterFacts): Iterable<RuleFinding> {
  for (const { identity, object, location } of facts.ofKind('ResourceSet')) {
    if (identity.group !== OPERATOR_GROUP) continue;
    for (const [index, entry] of listOf(mapOf(object.spec).inputsFrom).entries()) {
      const provider = {
        ...identity,
        kind: 'ResourceSetInputProvider',
        name: textOf(mapOf(entry).name) ?? '',
      };
      if (provider.name === '' || facts.objects.has(nodeId(provider))) continue;
      const problem = renamedProvider(facts, provider);
      const field = `spec.inputsFrom[${index}].name`;
      if (problem)
        yield { locations: [location], object: identity, field, cluster: facts.cluster.name, ...problem };
    }
  }
}

function renamedProvider(facts: ClusterFacts, provider: ObjectIdentity): Problem | undefined {
  const message = `refers to ${nameOf(provider)}`;
  const renamed = renamedFrom(facts, provider)?.identity.name;
  if (renamed !== undefined)
    return {
      message: `${message}, but the build names it ${JSON.stringify(renamed)}, and does not change the reference`,
      hint: `refer to ${JSON.stringify(renamed)}`,
    };
  const misspelt = isMadeInCluster(facts, provider.kind) ? undefined : misspeltName(facts, provider);
  return misspelt === undefined
    ? undefined
    : { severity: 'warning', message: `${message}, which nothing applies`, hint: didYouMean(misspelt) };
}

type Problem = Pick<RuleFinding, 'severity' | 'message' | 'hint'>;

function renamedTarget(facts: ClusterFacts, source: GraphNode, { identity }: GraphNode): Problem | undefined {
  const renamed = renamedFrom(facts, identity);
  return renamed && renaming(source, identity, renamed.identity);
}

function renaming(source: GraphNode, identity: ObjectIdentity, renamed: ObjectIdentity): Problem {
  return {
    message: `refers to ${nameOf(identity)}, but the build names it ${JSON.stringify(renamed.name)}, and does not change the reference`,
    hint: renamingHint(source, identity, renamed),
  };
}

function renamingHint(source: GraphNode, identity: ObjectIdentity, { kind, name }: ObjectIdentity): string {
  const plain = name.replace(HASHED, '');
  if (plain === identity.name)
    return `set disableNameSuffixHash: true in the options of the generator, or add a nameReference for ${source.identity.kind} to the configurations of the kustomization.yaml`;
  // The hash changes with the contents.
  return plain === name
    ? `refer to ${JSON.stringify(name)}, or leave the name of the ${kind} as it is, without namePrefix and nameSuffix`
    : `set disableNameSuffixHash: true in the options of the generator, and refer to ${JSON.stringify(plain)}`;
}

/** References to values and variables, whose objects have hardly any other use. */
const OF_CONFIG: ReadonlySet<EdgeKind> = new Set(['values-from', 'substitute-from']);

/**
 * What is wrong if nothing applies a ConfigMap or Secret, but one whose name is misspelt in the reference, one with a word
 * more that nothing reads, or one of the other kind; or, for variables, a ConfigMap of this name in another namespace, together with the Kustomization.
 */
function misnamedSource(
  facts: ClusterFacts,
  source: GraphNode,
  { identity }: GraphNode,
  edge: EdgeKind,
): Problem | undefined {
  const isConfig = OF_CONFIG.has(edge);
  // Other Secrets are often made by hand.
  if (identity.kind !== 'ConfigMap' && !(identity.kind === 'Secret' && isConfig)) return undefined;
  const message = `refers to ${nameOf(identity)}, which nothing applies`;
  const misspelt = misspeltName(facts, identity);
  if (misspelt !== undefined) {
    const isUsed =
      identity.kind === 'Secret' && usedObjects(facts).has(nodeId({ ...identity, name: misspelt }));
    return { severity: isUsed ? 'info' : 'warning', message, hint: didYouMean(misspelt) };
  }
  const unused = isConfig ? unusedNamesake(facts, source, identity) : undefined;
  if (unused !== undefined) return { severity: 'warning', message, hint: didYouMean(unused) };
  const other = isConfig ? namesakeOfOtherKind(facts, source, identity) : undefined;
  if (other) {
    const hint = `${nameOf(other)} has this name: set the kind to ${other.kind}`;
    return { severity: usedObjects(facts).has(nodeId(other)) ? 'info' : 'warning', message, hint };
  }
  return edge === 'substitute-from' ? namesakeElsewhere(facts, source, identity, message) : undefined;
}

/** The ids of everything to which Flux objects refer. */
const usedObjects = once(
  (facts: ClusterFacts): ReadonlySet<string> =>
    new Set(REFERENCES.flatMap((kind) => facts.edges(kind).map(({ to }) => to))),
);

/** The Secret with the name of a missing ConfigMap, or the other way around, unless the same object refers to both. */
function namesakeOfOtherKind(
  facts: ClusterFacts,
  source: GraphNode,
  identity: ObjectIdentity,
): ObjectIdentity | undefined {
  const other = { ...identity, kind: identity.kind === 'Secret' ? 'ConfigMap' : 'Secret' };
  const id = nodeId(other);
  const isMeantToo = facts.edgesFrom(source.id).some(({ to }) => to === id);
  return facts.objects.has(id) && !isMeantToo ? other : undefined;
}

/** What is wrong if the Kustomization that applies what refers to a missing ConfigMap applies one in another namespace. */
function namesakeElsewhere(
  facts: ClusterFacts,
  { appliedBy }: GraphNode,
  identity: ObjectIdentity,
  message: string,
): Problem | undefined {
  const [elsewhere, ...more] = identity.kind === 'ConfigMap' ? namesakes(facts, identity) : [];
  const there = elsewhere?.identity.namespace;
  if (!elsewhere || there === undefined || more.length > 0 || isCopied(elsewhere)) return undefined;
  // What other Kustomizations apply elsewhere may have nothing to do with it.
  if (!appliedBy.includes(elsewhere.owner.id)) return undefined;
  const namespace = JSON.stringify(identity.namespace);
  return {
    severity: 'warning',
    message: `${message}: Flux looks in the namespace of the Kustomization, ${namespace}, but the ConfigMap is in ${JSON.stringify(there)}`,
    hint: `apply the ConfigMap to ${namespace}`,
  };
}

/** What is wrong if the build moves an object away from the ConfigMap or Secret in the namespace that its file has. */
function movedSource(facts: ClusterFacts, source: GraphNode, { identity }: GraphNode): Problem | undefined {
  const { kind, namespace } = source.identity;
  const { location } = source;
  const before = location && namespaceInFile(facts.tree, { identity: source.identity, location });
  if (before === undefined) return undefined;
  const [left] = facts.objects.get(nodeId({ ...identity, namespace: before })) ?? [];
  if (!left || isCopied(left)) return undefined;
  return {
    severity: 'warning',
    message: `refers to ${nameOf(identity)}, which nothing applies: the build moves this ${kind} from the namespace ${JSON.stringify(before)}, where ${nameOf(left.identity)} is`,
    hint: `keep the namespace of the ${kind}, or apply the ${identity.kind} to ${JSON.stringify(namespace)} too`,
  };
}
