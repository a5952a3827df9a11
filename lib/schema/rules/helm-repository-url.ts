import { textsAt, valuesAt, type ObjectRule } from './object-rule';

/** The schema allows either scheme; the controller takes only the one that fits the type. */
export const helmRepositoryUrl: ObjectRule = (object, report) => {
  const isOci = valuesAt(object, 'spec.type').some(({ value }) => value === 'oci');
  for (const { text, path } of textsAt(object, 'spec.url', report)) {
    if (isOci === text.startsWith('oci://') || !/^(https?|oci):\/\//.test(text)) continue;
    report.add(
      {
        code: 'url-invalid',
        message: isOci
          ? 'a HelmRepository of type oci needs a URL that starts with "oci://"'
          : 'a URL that starts with "oci://" needs spec.type: oci',
        hint: isOci ? 'start the URL with "oci://", or remove spec.type' : 'set spec.type to "oci"',
      },
      ...path,
    );
  }
};
