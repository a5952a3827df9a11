import { listOf, mapOf, textOf } from '../plain/plain-data';
import { selectsLabels } from '../plain/selects-labels';
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
      if (
        found.has(role) ||
        !selectors.some((selector) => selectsLabels(selector, mapOf(role.metadata?.labels)))
      )
        continue;
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
