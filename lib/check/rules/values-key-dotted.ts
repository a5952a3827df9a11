import { nameOf } from '../../findings/object-name';
import { isMap, mapOf, textOf, valueAt } from '../../plain/plain-data';
import { GoYamlError, parseAsGo } from '../../yaml/parse-as-go';
import { atNode } from '../at-node';
import type { ClusterFacts } from '../facts/cluster-facts';
import { isOwnChart } from '../facts/releases/release-chart';
import type { Rule, RuleFinding } from '../rule';

/** A key of a chart's values that was written like a path, as for `helm --set`. */
export const valuesKeyDotted: Rule = {
  code: 'values-key-dotted',
  *check({ clusters }) {
    for (const facts of clusters) {
      for (const release of facts.nodes.filter(({ type }) => type === 'helm-release')) {
        if (isOwnChart(facts, release)) continue;
        for (const key of pathsIn(mapOf(release.object?.spec).values)) {
          yield { ...atNode(release, `spec.values[${JSON.stringify(key)}]`), ...problem(key, 'spec.values') };
        }
      }
      yield* ofMaps(facts);
    }
  },
};

/** The values that ConfigMaps contain. */
function* ofMaps(facts: ClusterFacts): Iterable<RuleFinding> {
  for (const { from, to, field } of facts.edges('values-from')) {
    const [release, source] = [facts.node(from), facts.node(to)];
    if (!release || source?.identity.kind !== 'ConfigMap' || isOwnChart(facts, release)) continue;
    const index = Number(/\[(\d+)\]/.exec(field)?.[1]);
    const entry = mapOf(valueAt(release.object, 'spec', 'valuesFrom', index));
    if (entry.targetPath !== undefined) continue;
    const name = textOf(entry.valuesKey) ?? 'values.yaml';
    const where = `${JSON.stringify(name)}, which ${nameOf(release.identity)} takes its values from,`;
    for (const key of pathsIn(parsed(mapOf(mapOf(source.object).data)[name]))) {
      yield { ...atNode(source, 'data'), ...problem(key, where) };
    }
  }
}

function problem(key: string, where: string): Pick<RuleFinding, 'message' | 'hint'> {
  const [first = '', ...rest] = key.split('.');
  const nested = rest.map((part) => `{ ${part}: `).join('');
  return {
    message: `${JSON.stringify(key)} in ${where} is one key and not a path, so the chart does not read it`,
    hint: `nest it: ${first}: ${nested}...${' }'.repeat(rest.length)}`,
  };
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return parseAsGo(text);
  } catch (error) {
    if (error instanceof GoYamlError) return undefined;
    throw error;
  }
}

/** A path of names as charts use them. */
const PATH = /^[a-z][A-Za-z0-9]*(?:\.[a-z][A-Za-z0-9]*)+$/;

/** Keys such as `grafana.ini` are the names of files, which some charts create. */
const FILE =
  /\.(?:cfg|cnf|conf|config|crt|env|hcl|ini|js|json|key|lua|md|pem|properties|py|sh|sql|toml|txt|xml|ya?ml)$/;

/** A domain, or the name of a package that starts with one. */
const DOMAIN = /^(?:com|dev|io|net|org)\.|\.(?:com|dev|internal|io|local|net|org)$/;

/** Paths that most charts have, also below the name of a component. */
const OF_CHARTS =
  /^(?:global\.|(?:[^.]+\.)?(?:image\.(?:digest|pullPolicy|registry|repository|tag)|ingress\.(?:annotations|className|hosts?|ingressClassName|tls)|persistence\.(?:accessMode|accessModes|existingClaim|size|storageClass)|rbac\.create|resources\.(?:limits|requests)|service\.(?:annotations|loadBalancerIP|nodePort|ports?|type)|serviceAccount\.(?:annotations|create|name)|replicaCount)(?:\.|$))/;

/**
 * The keys at the top of values that are paths. Deeper down, a key may be a setting of the program, and some charts also
 * take such settings at the top: a path is one that charts have, that turns something on, or that starts with another key.
 */
function pathsIn(values: unknown): string[] {
  if (!isMap(values)) return [];
  return Object.keys(values).filter((key) => {
    const [first = ''] = key.split('.');
    return (
      PATH.test(key) &&
      !FILE.test(key) &&
      !DOMAIN.test(key) &&
      (OF_CHARTS.test(key) ||
        (key.endsWith('.enabled') && typeof values[key] === 'boolean') ||
        isMap(values[first]))
    );
  });
}
