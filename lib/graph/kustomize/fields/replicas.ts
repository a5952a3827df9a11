import { comparableText } from '../../../plain/comparable-text';
import { mapOf, textOf, type PlainMap } from '../../../plain/plain-data';
import type { ManifestObject } from '../../../tree/manifest';
import { appliesTo, changeAt, splitFieldPath, type FieldSpec } from './field-spec';
import { idOf, withObject, type Resource } from '../resource';
import type { TransformContext } from './transform-context';

/** Sets the number of replicas where a name, now or before, is the one that an entry of `replicas` asks for. */
export function applyReplicas(
  resources: readonly Resource[],
  rule: PlainMap,
  fields: readonly FieldSpec[],
  { location, log, isComplete }: TransformContext,
): readonly Resource[] {
  const { name, count } = mapOf(rule);
  let isFound = false;
  const changed = resources.map((resource) => {
    const own = wasCalled(resource, name) ? fields.filter((field) => appliesTo(field, resource.object)) : [];
    isFound ||= own.length > 0;
    const object = own.reduce<unknown>(
      (current, { path, create = false }) =>
        changeAt(current, splitFieldPath(path), create, () => count ?? 0),
      resource.object,
    );
    return withObject(resource, object as ManifestObject);
  });
  if (!isFound && isComplete) {
    const kinds = [...new Set(fields.flatMap(({ kind }) => kind ?? []))];
    const message = textOf(name)
      ? `"replicas" names ${comparableText(name)}, and the build has no workload of that name`
      : 'an entry of "replicas" has no name';
    const hint = kinds.length > 0 ? `use the name of a ${kinds.join(', ')} in the build` : undefined;
    log.error('replicas-unmatched', message, location, { hint });
  }
  return changed;
}

function wasCalled(resource: Resource, name: unknown): boolean {
  return [...resource.previous, idOf(resource)].some((id) => id.name === name);
}
