import type { Finding, ObjectIdentity } from '../findings/finding';
import { FindingsError } from '../findings/findings-error';
import type { Graph } from '../graph/graph';
import { tryReadSopsConfig, type SopsConfig } from '../sops/creation-rules/sops-config';
import { decryptionMissing } from '../sops/decryption-guard';
import { inspectEncrypted } from '../sops/inspect-encrypted';
import type { Envelope } from '../sops/envelope/envelope';
import type { PrivateKeys } from '../sops/keys/private-keys';
import { findPlaintextSecrets } from '../sops/plaintext-guard';
import { identityOf } from '../tree/manifest';
import type { Tree } from '../tree/tree';
import type { TreeFile } from '../tree/tree-file';
import { isEncryptedFile, isManifest, splitDocuments } from './encrypted-documents';
import { readersByFile, type SecretReader } from './readers';
import { findSharedValues, type ComparedFile } from './shared-values';

/** A secret of a repository. */
export interface InventoryItem {
  /** The file, as a path from the repository's root. */
  readonly file: string;
  /** The object, where it can be told. */
  readonly identity?: ObjectIdentity;
  /** Whether it is encrypted. */
  readonly encrypted: boolean;
  /** Whom it is encrypted for: age recipients, fingerprints, names of cloud keys. */
  readonly recipients: readonly string[];
  /** The clusters that apply it, where the graph shows it. */
  readonly readers: readonly SecretReader[];
}

/** The secrets of a repository, in code-unit order of their files. */
export interface Inventory {
  readonly items: readonly InventoryItem[];
  readonly findings: readonly Finding[];
}

/** What more there is to know than the files. */
export interface InventoryOptions {
  /**
   * What Flux applies.
   *
   * @default - it is not told which clusters read a secret
   */
  readonly graph?: Graph;
  /**
   * The private keys that are here, to find values that environments share.
   *
   * @default - nothing is decrypted
   */
  readonly keys?: PrivateKeys;
}

interface Work {
  readonly items: InventoryItem[];
  readonly findings: Finding[];
  readonly compared: ComparedFile[];
  readonly config?: SopsConfig;
  readonly readers: ReadonlyMap<string, readonly SecretReader[]>;
}

/** Lists every Secret and every file of sops in YAML, and what is wrong with them. */
export function inventory(tree: Tree, options: InventoryOptions = {}): Inventory {
  const findings: Finding[] = [];
  const work: Work = {
    items: [],
    findings,
    compared: [],
    config: readConfig(tree, findings),
    readers: options.graph ? readersByFile(options.graph) : new Map(),
  };
  for (const file of tree.files) {
    if (isEncryptedFile(file)) readEncrypted(file, work);
    else if (isManifest(file.path)) readPlain(file, work);
  }
  if (options.keys) findings.push(...findSharedValues(work.compared, options.keys));
  return { items: work.items, findings };
}

function readEncrypted(file: TreeFile, work: Work): void {
  const rule = work.config?.ruleFor(file.path);
  const wanted = rule?.needsSops === false ? rule.recipients : undefined;
  const readers = work.readers.get(file.path) ?? [];
  const documents = splitDocuments(file.bytes.toString('utf8'));
  const envelopes: Envelope[] = [];
  let environment = '';
  for (const document of documents) {
    const seen = inspectEncrypted(Buffer.from(document), file.path, wanted);
    const { identity, recipients, envelope } = seen;
    work.items.push({ file: file.path, identity, encrypted: true, recipients, readers });
    work.findings.push(...seen.findings, ...(identity ? undecrypted(file.path, identity, readers) : []));
    if (envelope) envelopes.push(envelope);
    environment ||= environmentOf(readers, recipients);
  }
  // The MAC covers all documents, so it cannot be checked if one of them is missing.
  if (envelopes.length === documents.length) work.compared.push({ documents: envelopes, environment });
}

function environmentOf(readers: readonly SecretReader[], recipients: readonly string[]): string {
  const names = readers.length > 0 ? readers.map(({ cluster }) => cluster) : recipients;
  return [...new Set(names)].sort().join(' ');
}

function undecrypted(file: string, object: ObjectIdentity, readers: readonly SecretReader[]): Finding[] {
  return readers
    .filter((reader) => !reader.decrypts)
    .map(({ cluster, kustomization }) =>
      decryptionMissing({
        object,
        kustomization,
        locations: [{ file }],
        hint: `set spec.decryption of that Kustomization in cluster ${JSON.stringify(cluster)}`,
      }),
    );
}

function readPlain(file: TreeFile, work: Work): void {
  if (!/\bkind["']?: *["']?(Secret|HelmRelease)\b/.test(file.bytes.toString('utf8'))) return;
  const readers = work.readers.get(file.path) ?? [];
  try {
    for (const { object, line } of file.documents) {
      const found = findPlaintextSecrets(object, { file: file.path, line });
      work.findings.push(...found);
      if (object.kind !== 'Secret' || found.length === 0) continue;
      const identity = identityOf(object);
      work.items.push({ file: file.path, identity, encrypted: false, recipients: [], readers });
    }
  } catch (error) {
    // A template, or a file that other rules report: no Secret can be read from it.
    if (!FindingsError.isFindingsError(error)) throw error;
  }
}

function readConfig(tree: Tree, findings: Finding[]): SopsConfig | undefined {
  const file = tree.get('.sops.yaml');
  if (!file) return undefined;
  return tryReadSopsConfig(file.bytes.toString('utf8'), file.path, findings);
}
