import type { ClusterFacts } from '../check/facts/cluster-facts';
import { once } from '../plain/once';
import { listOf, mapOf, textOf, valueAt, type PlainMap } from '../plain/plain-data';
import type { ManifestObject } from '../tree/manifest';
import { keyPath } from './compare/change-path';
import { asText } from '../plain/as-text';

/** How a CRD says in CEL that a field must not change once it is set. */
const KEEPS = /^\s*\(?\s*(?:self\s*==\s*oldSelf|oldSelf\s*==\s*self)\s*\)?\s*$/;
const MAX_DEPTH = 30;

/**
 * The fields of a custom resource that its CRD does not allow to change. The API server holds such a rule only where both
 * objects have the field.
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#transition-rules
 */
export function customImmutableFields(
  facts: ClusterFacts | undefined,
  { apiVersion, kind }: ManifestObject,
): readonly string[] {
  return facts === undefined ? [] : (fieldsByKind(facts).get(`${apiVersion}/${kind}`) ?? []);
}

const fieldsByKind = once((facts: ClusterFacts): ReadonlyMap<string, readonly string[]> => {
  const fields = new Map<string, readonly string[]>();
  for (const { object } of facts.ofKind('CustomResourceDefinition')) {
    const { group, names, versions } = mapOf(object.spec);
    for (const version of listOf(versions).map(mapOf)) {
      const found = keptFields(mapOf(valueAt(version, 'schema', 'openAPIV3Schema')));
      const key = `${asText(group)}/${asText(version.name)}/${asText(mapOf(names).kind)}`;
      if (found.length > 0) fields.set(key, found);
    }
  }
  return fields;
});

/** Below lists and free maps, we cannot always tell which entries belong together. */
function keptFields(schema: PlainMap, path = '', depth = 0): string[] {
  const isKept = listOf(schema['x-kubernetes-validations']).some((entry) =>
    KEEPS.test(textOf(mapOf(entry).rule) ?? ''),
  );
  if (isKept && path !== '') return [path];
  if (depth >= MAX_DEPTH) return [];
  return Object.entries(mapOf(schema.properties)).flatMap(([key, inner]) =>
    keptFields(mapOf(inner), keyPath(path, key), depth + 1),
  );
}
