import { finding, type Finding } from '../../findings/finding';
import { FindingsError } from '../../findings/findings-error';
import { looksEncrypted, parseEncryptedValue, type ValueType } from '../encrypted-text';
import { additionalData, decryptValue } from './encrypted-value';
import { leafLine, type Envelope, type EnvelopeLeaf } from './envelope';
import { macFits, macOf } from './mac';
import { typedText } from './yaml-node';

/** A value of a file in plain. */
export interface DecryptedLeaf {
  readonly leaf: EnvelopeLeaf;
  /** The value's bytes; for a type other than a text, its text form in Go. */
  readonly plain: Buffer;
  readonly type: ValueType;
  /** Whether it was encrypted. */
  readonly encrypted: boolean;
}

/**
 * Decrypts every value of a file and checks its MAC.
 *
 * @param dataKey - 32 bytes
 * @throws FindingsError `sops-tampered` for each value that was altered or moved, for a MAC that does not fit, and
 *   `sops-plaintext-leaked` for each value that should be encrypted and is not
 */
export function decryptEnvelope(envelope: Envelope, dataKey: Buffer): DecryptedLeaf[] {
  return decryptDocuments([envelope], dataKey);
}

/**
 * Decrypts every value of a file of several documents. sops writes the same metadata into each, and its MAC covers the
 * values of all of them, in the order of the file.
 *
 * @param envelopes - all documents of the file; at least one
 * @throws FindingsError as `decryptEnvelope`
 */
export function decryptDocuments(envelopes: readonly Envelope[], dataKey: Buffer): DecryptedLeaf[] {
  const [envelope] = envelopes;
  if (envelope === undefined) return [];
  const findings: Finding[] = [];
  const decrypted = envelopes.flatMap((document) =>
    document.leaves.map((leaf) => decryptLeaf(document, leaf, dataKey, findings)),
  );
  if (findings.length > 0) throw new FindingsError(findings);
  const { macOnlyEncrypted, mac, lastModified } = envelope.metadata;
  const covered = decrypted
    .filter(({ leaf }) => leaf.selected || !macOnlyEncrypted)
    .map(({ plain }) => plain);
  if (!macFits(mac, macOf(covered, macOnlyEncrypted), dataKey, lastModified)) {
    throw new FindingsError([
      finding({
        code: 'sops-tampered',
        message: `the file does not match its MAC: ${macOnlyEncrypted ? 'an encrypted entry' : 'an entry'} was added, removed, replaced or moved after sops wrote the file`,
        hint: 'restore the file from git, or check every value and encrypt it again',
        locations: [{ file: envelope.file }],
        field: 'sops.mac',
      }),
    ]);
  }
  return decrypted;
}

function decryptLeaf(
  envelope: Envelope,
  leaf: EnvelopeLeaf,
  dataKey: Buffer,
  findings: Finding[],
): DecryptedLeaf {
  const { node } = leaf;
  const typed = typedText(node) ?? { type: 'str' as const, text: '' };
  const asItStands = { leaf, plain: Buffer.from(typed.text), type: typed.type, encrypted: false };
  if (!leaf.selected || node.text === '') return asItStands;
  if (!looksEncrypted(node.text)) {
    findings.push(leakedFinding(envelope, leaf));
    return asItStands;
  }
  const value = parseEncryptedValue(node.text);
  const plain = value && decryptValue(value, dataKey, additionalData(leaf.path));
  if (value && plain) return { leaf, plain, type: value.type, encrypted: true };
  findings.push(tamperedFinding(envelope, leaf, value !== undefined));
  return asItStands;
}

/** Says that a value stands in plain text where the file's own rule wants it encrypted. */
export function leakedFinding(envelope: Envelope, leaf: EnvelopeLeaf): Finding {
  return finding({
    code: 'sops-plaintext-leaked',
    message: `${leaf.label} is in plain text, although the file is encrypted: consider the value leaked`,
    hint: 'replace the secret where it is used, and encrypt the new value; the old one is public',
    locations: [{ file: envelope.file, line: leafLine(envelope, leaf) }],
    field: leaf.label,
  });
}

function tamperedFinding(envelope: Envelope, leaf: EnvelopeLeaf, wellFormed: boolean): Finding {
  return finding({
    code: 'sops-tampered',
    message: wellFormed
      ? `${leaf.label} cannot be decrypted with the data key of the file: it was changed, moved or renamed`
      : `${leaf.label} is damaged; it must have the form ENC[AES256_GCM,data:...,iv:...,tag:...,type:...]`,
    hint: 'restore the file from git, or encrypt the value again',
    locations: [{ file: envelope.file, line: leafLine(envelope, leaf) }],
    field: leaf.label,
  });
}
