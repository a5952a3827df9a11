import { providerType } from '../provider-types';
import { textsAt, valuesAt, type ObjectRule } from './object-rule';

/** The schema allows any text; the client of S3 wants a host, that of Azure a whole address. */
export const bucketEndpoint: ObjectRule = (object, report) => {
  const [provider] = valuesAt(object, 'spec.provider');
  if (provider?.value === 'gcp') return;
  const isAzure = provider?.value === 'azure';
  for (const { text, path } of textsAt(object, 'spec.endpoint', report)) {
    if (isAzure === /^https?:\/\//.test(text)) continue;
    report.add(
      {
        code: 'url-invalid',
        message: isAzure
          ? `got ${report.describe(text)}; the endpoint of an Azure bucket must be a URL`
          : `got ${report.describe(text)}; the endpoint must be a host name without a scheme`,
        hint: isAzure
          ? 'start the address with "https://"'
          : 'write the host, with a port if needed: "minio.example.com" or "minio.example.com:9000"',
      },
      ...path,
    );
  }
};

/** The schema allows any text; what is sent over the web needs an address of the web. */
export const providerAddress: ObjectRule = (object, report) => {
  const [type] = valuesAt(object, 'spec.type');
  if (!providerType(type?.value)?.isWeb) return;
  for (const { text, path } of textsAt(object, 'spec.address', report)) {
    if (text === '' || /^https?:\/\//.test(text)) continue;
    report.add(
      {
        code: 'url-invalid',
        message: `a Provider of type ${JSON.stringify(type?.value)} needs an HTTP or HTTPS URL`,
        hint: 'start the address with "https://"',
      },
      ...path,
    );
  }
};
