import { finding, type Finding, type ObjectIdentity } from '../findings/finding';
import { fieldPath } from '../plain/field-path';
import { FindingsError } from '../findings/findings-error';
import { identityOf, type ManifestObject } from '../tree/manifest';
import { leakedFinding } from './envelope/decrypt-envelope';
import { looksEncrypted } from './encrypted-text';
import { plainObject, readEnvelope, type Envelope, type EnvelopeLeaf } from './envelope/envelope';
import { allKeys } from './envelope/envelope-metadata';
import type { Recipient } from './keys/key-request';
import { compareRecipients } from './keys/recipients';
import { metadataEncrypted } from './reconcile/committed-secret';
import { recipientsStale } from './reconcile/reconcile-closed';
import { typedEntries } from './typed-entries';

/** What an encrypted file shows without any key. */
export interface EncryptedInspection {
  /** The file, read; missing when it could not be. */
  readonly envelope?: Envelope;
  /** The object in it. */
  readonly identity?: ObjectIdentity;
  /** Whom it is encrypted for. */
  readonly recipients: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * Looks at a file of sops that holds an object of any kind, and decrypts nothing.
 *
 * Finds what `readEnvelope` refuses, `sops-plaintext-leaked`, `sops-value-not-text`, `sops-metadata-encrypted`, and `sops-recipients-stale`
 * when the recipients are given.
 *
 * @param recipients - whom it should be encrypted for; without them it is not compared
 */
export function inspectEncrypted(
  bytes: Buffer,
  file: string,
  recipients?: readonly Recipient[],
): EncryptedInspection {
  try {
    const envelope = readEnvelope(bytes.toString('utf8'), file);
    const object = plainObject(envelope);
    const difference = recipients && compareRecipients(allKeys(envelope.metadata), recipients);
    const stale = difference && difference.added.length + difference.removed.length > 0;
    return {
      envelope,
      identity: isObject(object) ? identityOf(object) : undefined,
      recipients: allKeys(envelope.metadata).map(({ id }) => id),
      findings: [
        ...envelope.leaves.flatMap((leaf) => checkLeaf(envelope, leaf, object.kind)),
        ...(isObject(object) ? typedFindings(object, file) : []),
        ...(stale ? [recipientsStale({ file }, { recipients: difference })] : []),
      ],
    };
  } catch (error) {
    if (FindingsError.isFindingsError(error)) return { recipients: [], findings: error.findings };
    throw error;
  }
}

function typedFindings(object: ManifestObject, file: string): Finding[] {
  return typedEntries(object).map(({ path, message, hint }) =>
    finding({
      code: 'sops-value-not-text',
      message,
      hint,
      field: fieldPath(path),
      object: identityOf(object),
      locations: [{ file }],
    }),
  );
}

function checkLeaf(envelope: Envelope, leaf: EnvelopeLeaf, kind: unknown): Finding[] {
  const encrypted = looksEncrypted(leaf.node.text);
  const top = leaf.path[0] ?? '';
  if (['apiVersion', 'kind', 'metadata'].includes(top))
    return encrypted || leaf.selected ? [metadataEncrypted(envelope, leaf)] : [];
  const wanted = leaf.selected || (kind === 'Secret' && (top === 'data' || top === 'stringData'));
  return wanted && !encrypted && leaf.node.text !== '' ? [leakedFinding(envelope, leaf)] : [];
}

function isObject(object: Record<string, unknown>): object is Record<string, unknown> & ManifestObject {
  return typeof object.apiVersion === 'string' && typeof object.kind === 'string';
}
