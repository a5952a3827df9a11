import { isMap, listOf, mapOf, textOf, textsOf } from '../plain/plain-data';
import type { ManifestObject } from '../tree/manifest';

/** The built-in roles that people bind, by the label of the ClusterRoles that they aggregate. */
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  admin: ['admin', 'edit', 'view'],
  edit: ['edit', 'view'],
  view: ['view'],
};

/**
 * The rules that a ClusterRole has from others, which its `aggregationRule` selects by their labels; for `admin`, `edit` and
 * `view` of Kubernetes, which no repository holds, those of the roles that are labelled for them.
 *
 * @param all - the ClusterRoles of the cluster
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
export function aggregatedRules(name: string, all: readonly ManifestObject[]): readonly unknown[] {
  const found = new Set<ManifestObject>();
  const open = [selectorsOf(name, all)];
  for (let selectors = open.pop(); selectors; selectors = open.pop()) {
    for (const role of all) {
      if (found.has(role) || !selectors.some((selector) => isSelected(role, selector))) continue;
      found.add(role);
      open.push(selectorsOf(textOf(role.metadata?.name) ?? '', all));
    }
  }
  return [...found].flatMap((role) => listOf(role.rules));
}

function selectorsOf(name: string, all: readonly ManifestObject[]): readonly unknown[] {
  const own = all.find((role) => role.metadata?.name === name);
  if (own) return listOf(mapOf(own.aggregationRule).clusterRoleSelectors);
  const labels = Object.hasOwn(BUILT_IN, name) ? (BUILT_IN[name] ?? []) : [];
  return labels.map((label) => ({
    matchLabels: { [`rbac.authorization.k8s.io/aggregate-to-${label}`]: 'true' },
  }));
}

/** An empty selector selects everything. */
function isSelected(role: ManifestObject, selector: unknown): boolean {
  if (!isMap(selector)) return false;
  const labels = mapOf(role.metadata?.labels);
  const { matchLabels, matchExpressions } = selector;
  return (
    Object.entries(mapOf(matchLabels)).every(([key, value]) => labels[key] === value) &&
    listOf(matchExpressions).every((expression) => holdsFor(labels, mapOf(expression)))
  );
}

function holdsFor(
  labels: Readonly<Record<string, unknown>>,
  expression: Readonly<Record<string, unknown>>,
): boolean {
  const key = textOf(expression.key) ?? '';
  const value = Object.hasOwn(labels, key) ? textOf(labels[key]) : undefined;
  const isListed = value !== undefined && textsOf(expression.values).includes(value);
  if (expression.operator === 'In') return isListed;
  if (expression.operator === 'NotIn') return !isListed;
  return expression.operator === 'Exists' ? value !== undefined : value === undefined;
}
