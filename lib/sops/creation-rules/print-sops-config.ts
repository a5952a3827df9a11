import { printDocuments } from '../../yaml/print';
import { SECRET_SELECTOR } from '../envelope/selector';
import type { Recipient } from '../keys/key-request';

/** A rule to write into a `.sops.yaml`. */
export interface WrittenRule {
  /** Folders and files, from the folder of `.sops.yaml`; a folder ends in `/`. */
  readonly paths: readonly string[];
  readonly recipients: readonly Recipient[];
}

const HEADER = 'Made from the recipients in the code by cdk8s-flux. Change them there.';

/**
 * Prints a `.sops.yaml`, with which the sops command encrypts as we do. sops takes the first rule that fits, so that
 * the narrower ones have to come first.
 */
export function printSopsConfig(rules: readonly WrittenRule[]): string {
  const creationRules = rules.map(({ paths, recipients }) => ({
    path_regex: pathRegex(paths),
    [SECRET_SELECTOR.field]: SECRET_SELECTOR.value,
    mac_only_encrypted: true,
    ...keyList('age', recipients),
    ...keyList('pgp', recipients),
  }));
  return printDocuments([{ object: { creation_rules: creationRules }, header: HEADER }]);
}

/** Strings with commas: every version of sops reads them; only newer versions read lists. */
function keyList(kind: Recipient['kind'], recipients: readonly Recipient[]): Record<string, string> {
  const ids = recipients.filter((recipient) => recipient.kind === kind).map(({ id }) => id);
  return ids.length === 0 ? {} : { [kind]: ids.join(',') };
}

function pathRegex(paths: readonly string[]): string {
  const patterns = [...paths].sort().map((path) => {
    const escaped = path.replace(/[.+*?^$(){}|[\]\\]/g, '\\$&');
    return path.endsWith('/') ? escaped : `${escaped}$`;
  });
  return patterns.length === 1 ? `^${patterns[0]}` : `^(${patterns.join('|')})`;
}
