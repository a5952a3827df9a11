import { printDocuments } from '../../yaml/print';
import { SECRET_SELECTOR } from '../envelope/selector';
import type { Recipient } from '../keys/key-request';

/** The files that one list of recipients is for: those below a cluster's folders. */
export interface SopsConfigRule {
  /** The folders, as paths from the folder of `.sops.yaml`; `''` is every file. */
  readonly folders: readonly string[];
  readonly recipients: readonly Recipient[];
}

/**
 * Prints a `.sops.yaml` with which `sops`, used by hand, encrypts as we do. A rule for a folder within another's
 * comes first, since sops takes the first that fits.
 */
export function printSopsConfig(rules: readonly SopsConfigRule[], header?: string): string {
  const flat = rules.flatMap(({ folders, recipients }) => folders.map((folder) => ({ folder, recipients })));
  flat.sort((a, b) => depth(b.folder) - depth(a.folder) || (a.folder < b.folder ? -1 : 1));
  const creationRules = flat.map(({ folder, recipients }) => ({
    path_regex: `${folder === '' ? '' : `^${escapePattern(folder)}/`}.*\\.ya?ml$`,
    encrypted_regex: SECRET_SELECTOR.value,
    mac_only_encrypted: true,
    ...listOf('age', recipients),
    ...listOf('pgp', recipients),
  }));
  return printDocuments([{ object: { creation_rules: creationRules }, header }]);
}

function listOf(kind: 'age' | 'pgp', recipients: readonly Recipient[]): Record<string, string> {
  const ids = recipients.filter((recipient) => recipient.kind === kind).map(({ id }) => id);
  return ids.length === 0 ? {} : { [kind]: ids.join(',') };
}

function depth(folder: string): number {
  return folder === '' ? 0 : folder.split('/').length;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}
