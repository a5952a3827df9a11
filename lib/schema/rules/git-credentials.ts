import { valuesAt, type ObjectRule } from './object-rule';

/** The schema lets the Secret out; the controller then refuses to fetch. */
export const githubApp: ObjectRule = (object, report) => {
  const [provider] = valuesAt(object, 'spec.provider');
  if (provider?.value !== 'github' || valuesAt(object, 'spec.secretRef').length > 0) return;
  report.add(
    {
      code: 'credentials-missing',
      message: 'the provider "github" needs a Secret with the credentials of a GitHub App',
      hint: 'set spec.secretRef; for a public repository, remove spec.provider',
    },
    'spec',
    'provider',
  );
};
