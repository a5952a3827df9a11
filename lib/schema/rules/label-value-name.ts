import type { ObjectRule } from './object-rule';
import { asText } from '../../plain/as-text';

/** The controllers put the name into a label of all that they apply, and labels hold 63 characters. */
export const labelValueName: ObjectRule = ({ kind, metadata }, report) => {
  const name = (metadata as { name?: unknown } | undefined)?.name;
  if (typeof name !== 'string' || report.isPlaceholder(name) || name.length <= 63) return;
  report.add(
    {
      code: 'name-invalid',
      got: JSON.stringify(name),
      message: `the name of this ${asText(kind)} has ${name.length} characters; at most 63 are allowed, because Flux uses the name as a label value`,
      hint: 'shorten it',
    },
    'metadata',
    'name',
  );
};
