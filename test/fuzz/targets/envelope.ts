import { decryptEnvelope } from '../../../lib/sops/envelope/decrypt-envelope';
import { encryptObject } from '../../../lib/sops/envelope/encrypt-object';
import { readEnvelope } from '../../../lib/sops/envelope/envelope';
import { SECRET_SELECTOR } from '../../../lib/sops/envelope/selector';
import { inspectEncrypted } from '../../../lib/sops/inspect-encrypted';
import { readCommittedSecret } from '../../../lib/sops/reconcile/committed-secret';
import { isEncryptedFile, splitDocuments } from '../../../lib/secrets/encrypted-documents';
import { TreeFile } from '../../../lib/tree/tree-file';
import { singleText } from './single-text';

const dataKey = Buffer.alloc(32, 7);

/** Small files with a known data key, so that mutations reach the code after the decryption. */
const ours = [true, false].map((macOnlyEncrypted) =>
  encryptObject({
    object: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'token', namespace: 'web' },
      stringData: { user: 'admin', port: '8080', nested: 'a: b\nc: [1]\n' },
    },
    dataKey,
    keys: [{ kind: 'age', id: `age1${'q'.repeat(58)}`, enc: 'stands for a wrapped key\n' }],
    lastModified: '2026-01-02T03:04:05Z',
    selector: SECRET_SELECTOR,
    macOnlyEncrypted,
  }),
);

/** Files of sops: inspected without a key, read as a committed Secret, and decrypted. */
export const envelope = singleText(
  'envelope',
  ({ encrypted }, random) => (random.oneIn(2) ? ours : [...ours, ...encrypted]),
  (text, bytes) => {
    isEncryptedFile(TreeFile.fromBytes('secret.yaml', bytes));
    splitDocuments(text).forEach((document) => inspectEncrypted(Buffer.from(document), 'secret.yaml'));
    ignoringFindings(() => readCommittedSecret(bytes, 'secret.yaml'));
    decryptEnvelope(readEnvelope(text, 'secret.yaml'), dataKey);
  },
);

function ignoringFindings(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'FindingsError')) throw error;
  }
}
