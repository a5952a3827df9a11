import type { GraphNode } from '../../graph/graph';
import { isMap, mapOf, textOf, valueAt, type PlainMap } from '../../plain/plain-data';
import { atNode } from '../at-node';
import { nameOf } from '../../findings/object-name';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from '../facts/cluster-facts';
import { isCopied } from '../facts/missing/copied-objects';
import { keyHint, keysWithout } from '../facts/config/config-keys';
import { isMadeUnseen } from '../facts/missing/unseen-config';
import { assignmentProblem, valuesProblem } from '../facts/releases/values-text';
import type { Rule, RuleFinding } from '../rule';

/** Values of a HelmRelease from a ConfigMap or Secret that helm-controller cannot use. */
export const valuesFromInvalid: Rule = {
  code: 'values-from-invalid',
  namesCause: true,
  *check(context) {
    for (const facts of context.clusters) {
      for (const { from, to, field } of facts.edges('values-from')) {
        const [release, source] = [facts.node(from), facts.node(to)];
        if (!release?.object || !source) continue;
        const index = Number(/\[(\d+)\]/.exec(field)?.[1]);
        const entry = mapOf(valueAt(release.object, 'spec', 'valuesFrom', index));
        if (!source.object) {
          const elsewhere =
            entry.optional === true ? undefined : inOtherNamespace(context, facts, release, source);
          if (elsewhere) yield { ...atNode(release, `spec.valuesFrom[${index}]`), ...elsewhere };
          continue;
        }
        const key = textOf(entry.valuesKey) ?? 'values.yaml';
        const problem = hasKey(source.object, key)
          ? valueProblem(source, entry, key)
          : missingKey(context, facts, source, { entry, key });
        if (problem) yield { ...atNode(release, `spec.valuesFrom[${index}]`), ...problem };
      }
    }
  },
};

type Problem = Pick<RuleFinding, 'message' | 'hint' | 'severity'>;

/**
 * A ConfigMap or Secret that does not exist where helm-controller looks for it, while a Kustomization applies one of that
 * name together with the release, but to another namespace.
 */
function inOtherNamespace(
  context: CheckContext,
  facts: ClusterFacts,
  release: GraphNode,
  { identity }: GraphNode,
): Problem | undefined {
  const { kind, name, namespace } = identity;
  const applied = release.appliedBy.flatMap((id) => facts.node(id)?.build?.inventory ?? []);
  const [other, ...more] = applied.filter(({ identity }) => identity.kind === kind && identity.name === name);
  if (!other || more.length > 0 || other.identity.namespace === undefined || isCopied(other))
    return undefined;
  const [here, there] = [namespace ?? release.identity.namespace ?? '', other.identity.namespace].map(
    (text) => JSON.stringify(text),
  );
  if (/\$\{|ENC\[/.test(`${here}${there}`) || isMadeUnseen(context, facts, identity, release))
    return undefined;
  return {
    severity: 'warning',
    message: `helm-controller looks for ${kind} ${JSON.stringify(name)} in the namespace of the HelmRelease, ${here}, but nothing applies it there: it is in ${there}`,
    hint: `give the ${kind} the namespace ${here}`,
  };
}

function missingKey(
  context: CheckContext,
  facts: ClusterFacts,
  { identity: { kind, namespace, name }, object }: GraphNode,
  { entry, key }: { readonly entry: PlainMap; readonly key: string },
): Problem | undefined {
  if (entry.optional === true || (kind !== 'ConfigMap' && kind !== 'Secret')) return undefined;
  const what = `${kind} ${JSON.stringify(`${namespace}/${name}`)}`;
  const then = 'so helm-controller neither installs nor upgrades the release';
  if (Object.hasOwn(mapOf(object?.binaryData), key)) {
    const message = `${what} has the key ${JSON.stringify(key)} only in binaryData, ${then}`;
    return { message, hint: 'move the key to data' };
  }
  const keys = keysWithout(context, facts, { kind, namespace, name, key });
  if (keys === undefined) return undefined;
  const isDefault = textOf(entry.valuesKey) === undefined;
  const why = isDefault ? ', which is taken where valuesKey is not set' : '';
  return {
    message: `${what} has no key ${JSON.stringify(key)}${why}, ${then}`,
    hint: keyHint(key, keys, `${isDefault ? 'set' : 'correct'} valuesKey`),
  };
}

function valueProblem(source: GraphNode, entry: PlainMap, key: string): Problem | undefined {
  const text = plainText(source.object ?? {}, key);
  if (text === undefined || text.includes('${')) return undefined;
  const isSet = textOf(entry.targetPath) !== undefined;
  const problem = !isSet ? valuesProblem(text) : entry.literal === true ? undefined : assignmentProblem(text);
  if (problem === undefined) return undefined;
  const where = `key ${JSON.stringify(key)} of ${nameOf(source.identity)}`;
  const escaped = problem.includes('comma') ? 'each comma' : '"{" and each comma';
  return {
    message: `helm-controller cannot use ${where}: ${problem}`,
    hint: isSet
      ? `set literal: true beside targetPath (since Flux 2.9), or put a backslash before ${escaped} of the value`
      : 'correct the value, or set targetPath for a value that is not a map',
  };
}

function hasKey({ kind, data, stringData }: PlainMap, key: string): boolean {
  return Object.hasOwn(mapOf(data), key) || (kind === 'Secret' && Object.hasOwn(mapOf(stringData), key));
}

/** The value of a key as the controller sees it; `undefined` if it is encrypted or not a string. */
function plainText({ kind, data, stringData, sops }: PlainMap, key: string): string | undefined {
  if (isMap(sops)) return undefined;
  if (kind !== 'Secret') return stringOf(mapOf(data)[key]);
  const own = stringOf(mapOf(stringData)[key]);
  const encoded = stringOf(mapOf(data)[key]);
  return own ?? (encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8'));
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
