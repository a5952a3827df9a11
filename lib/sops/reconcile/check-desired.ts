import { finding, type Finding } from '../../findings/finding';
import type { ReconcileRequest } from './reconcile-request';

/** The maximum size of all values of one Secret in Kubernetes, in bytes. */
const MAX_SECRET_BYTES = 1024 * 1024;

/** What is wrong with a Secret as the author wants it, whatever is committed. */
export function checkDesired(request: ReconcileRequest): Finding[] {
  const locations = [{ file: request.file, constructPath: request.constructPath }];
  const findings: Finding[] = [];
  let total = 0;
  for (const [name, value] of request.desired.entries) {
    if (!/^[-._a-zA-Z0-9]{1,253}$/.test(name) || name === '.' || name.startsWith('..')) {
      findings.push(
        finding({
          code: 'secret-entry-invalid',
          message: `${JSON.stringify(name)} cannot name an entry of a Secret; expected letters, digits, "-", "_" and "."`,
          hint: 'rename the entry',
          locations,
          field: `data.${name}`,
        }),
      );
    }
    if (value.kind === 'value') total += value.bytes.length;
  }
  if (total > MAX_SECRET_BYTES) {
    findings.push(
      finding({
        code: 'secret-too-large',
        message: `the values have ${total} bytes together; Kubernetes takes ${MAX_SECRET_BYTES} in one Secret`,
        hint: 'split it into several Secrets',
        locations,
      }),
    );
  }
  if (request.recipients.length === 0 && !request.bySops) {
    findings.push(noRecipients(locations));
  }
  return findings;
}

/** Reports a secret for which no recipient is named. */
export function noRecipients(locations: Finding['locations']): Finding {
  return finding({
    code: 'sops-no-recipients',
    message: 'there is nobody to encrypt the secret for',
    hint: "give the cluster's recipients (sops: { age: [...] }), or a creation rule in .sops.yaml",
    locations,
  });
}

/** Says which values are missing, and where each was looked for. */
export function missingValues(request: ReconcileRequest, names: readonly string[]): Finding[] {
  return names.map((name) => {
    const value = request.desired.entries.get(name);
    const place =
      value?.kind === 'missing'
        ? `looked for in: ${value.lookedFor}`
        : 'its generated value is in the committed file only';
    return finding({
      code: 'secret-value-missing',
      message: `there is no value for ${JSON.stringify(name)}; ${place}`,
      hint: value?.kind === 'missing' ? 'provide it there and run again' : 'run where the private key is',
      locations: [{ file: request.file, constructPath: request.constructPath }],
      field: `data.${name}`,
    });
  });
}
