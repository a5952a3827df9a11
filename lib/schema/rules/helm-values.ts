import { valuesAt, type ObjectRule } from './object-rule';

/** The schema lets any value through; the controller then installs the chart without values, and calls it ready. */
export const helmValues: ObjectRule = (object, report) => {
  for (const { value, path } of valuesAt(object, 'spec.values')) {
    if (value === null || report.isPlaceholder(value)) continue;
    if (typeof value === 'object' && !Array.isArray(value)) continue;
    report.add(
      {
        code: 'helm-values-invalid',
        message: `got ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}; Helm values must be a map`,
        hint: 'write the values as a map: name: value',
      },
      ...path,
    );
  }
};
