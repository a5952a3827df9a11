import type { ObjectRule } from './object-rule';

/** The controller puts the name into a label of all that it applies, and labels hold 63 characters. */
export const kustomizationName: ObjectRule = ({ metadata }, report) => {
  const name = (metadata as { name?: unknown } | undefined)?.name;
  if (typeof name !== 'string' || report.isPlaceholder(name) || name.length <= 63) return;
  report.add(
    {
      code: 'name-invalid',
      got: JSON.stringify(name),
      message: `the name of this Kustomization has ${name.length} characters; at most 63 are allowed, because Flux uses the name as a label value`,
      hint: 'shorten it',
    },
    'metadata',
    'name',
  );
};
