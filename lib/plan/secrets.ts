import { join } from 'node:path';
import type { SopsSecret } from '../delivery/sops-secret';
import type { Finding } from '../findings/finding';
import { readFile } from '../tree/read-file';
import { TreeFile } from '../tree/tree-file';
import { printDocuments } from '../yaml/print';

/** A secret and the file that it becomes. */
export interface PlannedSecret {
  readonly secret: SopsSecret;
  /** The file, from the repository's root. */
  readonly path: string;
  /** The folder whose ownership record lists the file. */
  readonly owner: string;
}

/** Turns all secrets of an app into files, in one go; what stands in the way goes to the findings. */
export type Encryption = (secrets: readonly PlannedSecret[], findings: Finding[]) => TreeFile[];

/** Takes the place of a secret that a publishing run would encrypt. */
const PLACEHOLDER = 'encrypted-when-published';

/**
 * For runs that do not publish: the committed bytes where there are some, else a placeholder that is the same
 * everywhere. No value is looked for.
 *
 * @param root - the repository's root, as an absolute path; without it nothing is looked for on disk either
 */
export function keepSecrets(root?: string): Encryption {
  return (secrets) => secrets.map((planned) => keep(planned, root));
}

function keep(planned: PlannedSecret, root: string | undefined): TreeFile {
  const { secret, path, owner } = planned;
  const options = { owner, constructPath: secret.node.path };
  const file = root === undefined ? undefined : join(root, secret.takenFrom ?? path);
  const bytes = file === undefined ? undefined : readFile(file).bytes;
  if (bytes) return TreeFile.fromBytes(path, bytes, options);
  const names = Object.keys(secret.props.values).sort();
  const data = Object.fromEntries(names.map((name) => [name, PLACEHOLDER]));
  const object = { apiVersion: 'v1', kind: 'Secret', metadata: secret.metadata, data };
  return TreeFile.fromBytes(path, printDocuments([{ object }]), options);
}
