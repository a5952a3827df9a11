import type { Finding, ObjectIdentity } from '../../findings/finding';
import { FindingsError } from '../../findings/findings-error';
import { identityOf } from '../../tree/manifest';
import type { Tree } from '../../tree/tree';
import type { TreeFile } from '../../tree/tree-file';
import { inspectEncrypted } from '../inspect-encrypted';
import { findPlaintextSecrets } from '../plaintext-guard';
import { tryReadSopsConfig, type SopsConfig } from '../creation-rules/sops-config';

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
}

/** The secrets of a repository, in code-unit order of their files. */
export interface Inventory {
  readonly items: readonly InventoryItem[];
  readonly findings: readonly Finding[];
}

/** Lists every Secret and every file of sops in YAML or JSON, and what is wrong with them. Needs no key. */
export function inventory(tree: Tree): Inventory {
  const items: InventoryItem[] = [];
  const findings: Finding[] = [];
  const config = readConfig(tree, findings);
  for (const file of tree.files) {
    if (
      !/\.(ya?ml|json)$/.test(file.path) ||
      (file.path.endsWith('.sops.yaml') && file.path.split('/').at(-1) === '.sops.yaml')
    )
      continue;
    const text = file.bytes.toString('utf8');
    if (/^ {0,4}"?sops"?:/m.test(text) && /ENC\[AES256_GCM,/.test(text)) {
      const rule = config?.ruleFor(file.path);
      const seen = inspectEncrypted(
        file.bytes,
        file.path,
        rule?.needsSops === false ? rule.recipients : undefined,
      );
      items.push({ file: file.path, identity: seen.identity, encrypted: true, recipients: seen.recipients });
      findings.push(...seen.findings);
    } else if (/\bkind["']?: *["']?(Secret|HelmRelease)\b/.test(text)) readPlain(file, items, findings);
  }
  return { items, findings };
}

function readPlain(file: TreeFile, items: InventoryItem[], findings: Finding[]): void {
  try {
    for (const { object, line } of file.documents) {
      const found = findPlaintextSecrets(object, { file: file.path, line });
      findings.push(...found);
      if (object.kind === 'Secret' && found.length > 0) {
        items.push({ file: file.path, identity: identityOf(object), encrypted: false, recipients: [] });
      }
    }
  } catch (error) {
    // A template, or a file that other rules complain of: no Secret can be read from it.
    if (!FindingsError.isFindingsError(error)) throw error;
  }
}

function readConfig(tree: Tree, findings: Finding[]): SopsConfig | undefined {
  const file = tree.get('.sops.yaml');
  if (!file) return undefined;
  return tryReadSopsConfig(file.bytes.toString('utf8'), file.path, findings);
}
