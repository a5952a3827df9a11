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
          message: `${JSON.stringify(name)} is not a valid name for an entry of a Secret; use letters, digits, "-", "_" and "."`,
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
        message: `the values have ${total} bytes together; a Secret can contain at most ${MAX_SECRET_BYTES}`,
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
    message: 'the secret has no recipients to encrypt it for',
    hint: 'set the recipients of the Cluster (sops: { age: [...] }), or add a creation rule to .sops.yaml',
    locations,
  });
}

/** Says which values are missing, and where each was looked for. */
export function missingValues(request: ReconcileRequest, names: readonly string[]): Finding[] {
  return names.map((name) => {
    const value = request.desired.entries.get(name);
    const place =
      value?.kind === 'missing'
        ? `looked for ${value.lookedFor}`
        : 'it was generated, and is only in the committed file, which cannot be decrypted here';
    return finding({
      code: 'secret-value-missing',
      message: `the value of ${JSON.stringify(name)} is missing: ${place}`,
      hint:
        value?.kind === 'missing'
          ? 'provide the value there, and run again'
          : 'run on a machine that has the private key',
      locations: [{ file: request.file, constructPath: request.constructPath }],
      field: `data.${name}`,
    });
  });
}
