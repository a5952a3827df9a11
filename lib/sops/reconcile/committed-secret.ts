import { finding, type Finding } from '../../findings/finding';
import { FindingsError } from '../../findings/findings-error';
import { looksEncrypted } from '../encrypted-text';
import { decryptEnvelope, leakedFinding } from '../envelope/decrypt-envelope';
import { leafLine, plainObject, readEnvelope, type Envelope, type EnvelopeLeaf } from '../envelope/envelope';
import { onlySopsWraps } from '../keys/recipients';
import { REVISION_ANNOTATION } from './reconcile-request';

/** Where an entry of a Secret stands: `data` has base64, `stringData` text. */
export type Section = 'data' | 'stringData';

/** An entry of a committed Secret. */
export interface CommittedEntry {
  readonly section: Section;
  /** What stands in the file: the ciphertext, or nothing. */
  readonly text: string;
}

/** An entry in plain. */
export interface PlainEntry {
  readonly section: Section;
  /** What the ciphertext stands for: base64 in `data`. */
  readonly text: string;
  /** The value. */
  readonly bytes: Buffer;
}

/** A committed file, read as a Secret. */
export interface CommittedSecret {
  readonly bytes: Buffer;
  readonly envelope: Envelope;
  /** The entries by name. */
  readonly entries: ReadonlyMap<string, CommittedEntry>;
  /** The object without its entries. */
  readonly plain: Readonly<Record<string, unknown>>;
  /** The author's mark at the time of its encryption. */
  readonly revision: string | undefined;
  /** Whether only the sops command can wrap its data key: key groups, keys of a cloud, ssh keys. */
  readonly foreign: boolean;
}

/**
 * Reads a committed file.
 *
 * @throws FindingsError what `readEnvelope` throws; `sops-not-a-secret`; `sops-plaintext-leaked` for each entry in
 *   plain text; `sops-metadata-encrypted` when more than the entries is encrypted
 */
export function readCommittedSecret(bytes: Buffer, file: string): CommittedSecret {
  const envelope = readEnvelope(bytes.toString('utf8'), file);
  const { data: _data, stringData: _stringData, ...plain } = plainObject(envelope);
  const findings: Finding[] = envelope.leaves.flatMap((leaf) => checkLeaf(envelope, leaf));
  if (findings.length > 0) throw new FindingsError(findings);
  if (plain.apiVersion !== 'v1' || plain.kind !== 'Secret')
    throw new FindingsError([notASecret(plain, file)]);
  const entries = new Map<string, CommittedEntry>();
  for (const { leaf, section, name } of secretLeaves(envelope))
    entries.set(name, { section, text: leaf.node.text });
  const annotations = (plain.metadata as { annotations?: Record<string, unknown> } | undefined)?.annotations;
  const revision = annotations?.[REVISION_ANNOTATION];
  return {
    bytes,
    envelope,
    entries,
    plain,
    revision: typeof revision === 'string' ? revision : undefined,
    foreign: onlySopsWraps(envelope.metadata),
  };
}

/**
 * Decrypts a committed Secret and checks its MAC.
 *
 * @throws FindingsError `sops-tampered`
 */
export function decryptCommitted(committed: CommittedSecret, dataKey: Buffer): Map<string, PlainEntry> {
  const plains = new Map(
    decryptEnvelope(committed.envelope, dataKey).map(({ leaf, plain }) => [leaf, plain]),
  );
  const entries = new Map<string, PlainEntry>();
  for (const { leaf, section, name } of secretLeaves(committed.envelope)) {
    const text = plains.get(leaf)?.toString('utf8') ?? '';
    entries.set(name, { section, text, bytes: Buffer.from(text, section === 'data' ? 'base64' : 'utf8') });
  }
  return entries;
}

function secretLeaves(envelope: Envelope): { leaf: EnvelopeLeaf; section: Section; name: string }[] {
  const leaves = envelope.leaves.flatMap((leaf) => {
    const [section, name = '', ...deeper] = leaf.path;
    const inSecret = (section === 'data' || section === 'stringData') && deeper.length === 0;
    return inSecret ? [{ leaf, section: section as Section, name }] : [];
  });
  // If both have an entry, Kubernetes uses stringData.
  return leaves.sort((a, b) => (a.section === b.section ? 0 : a.section === 'data' ? -1 : 1));
}

function checkLeaf(envelope: Envelope, leaf: EnvelopeLeaf): Finding[] {
  const isEntry = leaf.path[0] === 'data' || leaf.path[0] === 'stringData';
  const encrypted = looksEncrypted(leaf.node.text);
  if (isEntry) return encrypted || leaf.node.text === '' ? [] : [leakedFinding(envelope, leaf)];
  return encrypted || leaf.selected ? [metadataEncrypted(envelope, leaf)] : [];
}

/** Says that Kubernetes could not read a field, since it is encrypted. */
export function metadataEncrypted(envelope: Envelope, leaf: EnvelopeLeaf): Finding {
  const { field, value } = envelope.metadata.selector;
  return finding({
    code: 'sops-metadata-encrypted',
    message: `${leaf.label} is encrypted, or ${field} ${JSON.stringify(value)} requires it; only data and stringData can be encrypted`,
    hint: 'encrypt the file with encrypted_regex: ^(data|stringData)$, and do not use "data" as the name of a label or annotation',
    locations: [{ file: envelope.file, line: leafLine(envelope, leaf) }],
    field: leaf.label,
  });
}

function notASecret(plain: Readonly<Record<string, unknown>>, file: string): Finding {
  return finding({
    code: 'sops-not-a-secret',
    message: `the file contains ${JSON.stringify(`${String(plain.apiVersion)} ${String(plain.kind)}`)}; must be "v1 Secret"`,
    hint: 'for an encrypted object of another kind, use SopsSecret.fromFile',
    locations: [{ file }],
  });
}
