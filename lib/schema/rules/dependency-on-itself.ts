import { valuesAt, type ObjectRule } from './object-rule';
import { asText } from '../../plain/as-text';

/** What waits for itself waits for ever. */
export const dependencyOnItself: ObjectRule = ({ kind, metadata, spec }, report) => {
  const { name, namespace } = (metadata ?? {}) as { name?: unknown; namespace?: unknown };
  for (const { value, path } of valuesAt({ spec }, 'spec.dependsOn[]')) {
    const dependency = (value ?? {}) as { name?: unknown; namespace?: unknown };
    if (typeof name !== 'string' || dependency.name !== name || report.isPlaceholder(name)) continue;
    if (dependency.namespace && namespace && dependency.namespace !== namespace) continue;
    // The file does not show the object's own namespace, so another object may be meant.
    if (dependency.namespace && !namespace) continue;
    report.add(
      {
        code: 'dependency-on-itself',
        got: JSON.stringify(name),
        message: `this ${asText(kind)} depends on itself, so it never starts`,
        hint: 'remove this entry from dependsOn, or name another object',
      },
      ...path,
      'name',
    );
  }
};
