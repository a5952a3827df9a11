import { providerType, type ProviderNeed } from '../provider-types';
import { isGiven, valuesAt, type ObjectRule } from './object-rule';

const WORDS: Readonly<Record<ProviderNeed, string>> = {
  endpoint: 'an address',
  channel: 'a channel',
  secretRef: 'a Secret',
};

const FIELDS: Readonly<Record<ProviderNeed, readonly string[]>> = {
  endpoint: ['address', 'secretRef'],
  channel: ['channel'],
  secretRef: ['secretRef'],
};

/** The schema lets every field out; the controller then sends nothing, without a word. */
export const providerNeeds: ObjectRule = (object, report) => {
  const [type] = valuesAt(object, 'spec.type');
  for (const need of providerType(type?.value)?.needs ?? []) {
    const fields = FIELDS[need];
    if (fields.some((field) => isGiven(object, `spec.${field}`))) continue;
    report.add(
      {
        code: 'provider-incomplete',
        message: `a Provider of type ${JSON.stringify(type?.value)} needs ${WORDS[need]}: without it, it sends nothing`,
        hint:
          need === 'endpoint'
            ? 'set spec.address, or refer in spec.secretRef to a Secret with the entry "address"'
            : `set spec.${fields[0]}`,
      },
      'spec',
    );
  }
};
