import { valuesAt, type ObjectRule } from './object-rule';

/** The schema lets a policy without a choice through; the controller cannot choose by it. */
export const imagePolicyChoice: ObjectRule = (object, report) => {
  for (const { value, path } of valuesAt(object, 'spec.policy')) {
    const choices = ['semver', 'alphabetical', 'numerical'];
    if (typeof value !== 'object' || value === null || choices.some((choice) => choice in value)) continue;
    report.add(
      {
        code: 'policy-missing',
        message: 'the policy does not define how to choose the newest image',
        hint: `set one of ${choices.join(', ')}`,
      },
      ...path,
    );
  }
};
