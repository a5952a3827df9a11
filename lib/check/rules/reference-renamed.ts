import type { ObjectIdentity } from '../../findings/finding';
import type { EdgeKind, GraphNode } from '../../graph/graph';
import { nodeId } from '../../graph/node-id';
import { didYouMean } from '../../findings/nearest-name';
import { nameOf } from '../../findings/object-name';
import { atNode } from '../at-node';
import type { ClusterFacts } from '../facts/cluster-facts';
import { isCopied } from '../facts/missing/copied-objects';
import { renamedReference } from '../facts/missing/missing-reference';
import { namespaceInFile } from '../facts/files/object-in-file';
import { renamedFrom } from '../facts/missing/renamed-objects';
import { misspeltName, namesakes } from '../facts/missing/similar-objects';
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

/** A name with the hash of kustomize. */
const HASHED = /-[2456789bcdfghkmt]{10}$/;

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

/**
 * What is wrong if nothing applies a ConfigMap, but one whose name is misspelt in the reference; or, for variables, one of
 * this name in another namespace, together with the Kustomization.
 */
function misnamedSource(
  facts: ClusterFacts,
  { appliedBy }: GraphNode,
  { identity }: GraphNode,
  edge: EdgeKind,
): Problem | undefined {
  if (identity.kind !== 'ConfigMap') return undefined;
  const message = `refers to ${nameOf(identity)}, which nothing applies`;
  const misspelt = misspeltName(facts, identity);
  if (misspelt !== undefined) return { severity: 'warning', message, hint: didYouMean(misspelt) };
  const [elsewhere, ...more] = edge === 'substitute-from' ? namesakes(facts, identity) : [];
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
