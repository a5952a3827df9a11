import type { Recipient } from '../sops/keys/key-request';

/** Whom secrets are encrypted for, as code; nothing without recipients. */
export function sopsCode(recipients: readonly Recipient[]): string {
  if (recipients.length === 0) return '';
  const age = recipients.flatMap(({ kind, id }) => (kind === 'age' ? [`'${id}'`] : []));
  const pgp = recipients.flatMap(({ kind, id }) => (kind === 'pgp' ? [`{ fingerprint: '${id}' }`] : []));
  const lists = [
    ...(age.length > 0 ? [`  age: [${age.join(', ')}],\n`] : []),
    ...(pgp.length > 0 ? [`  pgp: [${pgp.join(', ')}],\n`] : []),
  ];
  return `/** The recipients of secrets: SopsSecret encrypts for them, and synth writes them into .sops.yaml. */
const RECIPIENTS = {
${lists.join('')}};

`;
}
