import { createHmac, randomBytes } from 'node:crypto';
import { finding, type Finding } from '../findings/finding';
import { FindingsError } from '../findings/findings-error';
import { decryptDocuments } from '../sops/envelope/decrypt-envelope';
import type { Envelope } from '../sops/envelope/envelope';
import { openDataKey } from '../sops/keys/data-key';
import { runKeyTasks, type KeyTask } from '../sops/keys/key-task';
import type { PrivateKeys } from '../sops/keys/private-keys';

/** An encrypted file, and who reads it. */
export interface ComparedFile {
  /** Its documents, which have one data key and one MAC; at least one. */
  readonly documents: readonly Envelope[];
  /** What tells environments apart: the clusters that apply the file, else its recipients. */
  readonly environment: string;
}

/** Shorter values are user names, ports and flags, which environments may well share. In bytes. */
const SHORTEST = 8;

/** The place of a value, and its fingerprint, which has no meaning outside this run. */
interface Print {
  readonly file: string;
  readonly entry: string;
  readonly environment: string;
  readonly print: string;
}

/**
 * Finds values that several environments share, so that whoever reads them in one has them in the other. Files whose
 * data key cannot be opened here are passed over. Values are compared by a keyed hash, and none is kept.
 *
 * `sops-tampered` is found on the way, for what does not fit its MAC.
 */
export function findSharedValues(files: readonly ComparedFile[], keys: PrivateKeys): Finding[] {
  const findings: Finding[] = [];
  const secret = randomBytes(32);
  const tasks = files.map((file) => printsOf(file, keys, secret, findings));
  const byPrint = new Map<string, Print[]>();
  for (const print of runKeyTasks(tasks, keys).flat()) {
    const known = byPrint.get(print.print);
    if (known) known.push(print);
    else byPrint.set(print.print, [print]);
  }
  for (const prints of byPrint.values()) {
    if (new Set(prints.map(({ environment }) => environment)).size > 1) findings.push(sharedValue(prints));
  }
  return findings;
}

function* printsOf(
  { documents, environment }: ComparedFile,
  keys: PrivateKeys,
  secret: Buffer,
  findings: Finding[],
): KeyTask<Print[]> {
  try {
    const [first] = documents;
    const dataKey = first && (yield* openDataKey(first, keys));
    if (first === undefined || dataKey === undefined) return [];
    return decryptDocuments(documents, dataKey).flatMap(({ leaf, plain, encrypted }) => {
      const value = leaf.path[0] === 'data' ? Buffer.from(plain.toString('utf8'), 'base64') : plain;
      if (!encrypted || value.length < SHORTEST) return [];
      const print = createHmac('sha256', secret).update(value).digest('base64');
      return [{ file: first.file, entry: leaf.label, environment, print }];
    });
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    findings.push(...error.findings);
    return [];
  }
}

function sharedValue(prints: readonly Print[]): Finding {
  const entries = [...new Set(prints.map(({ entry }) => entry))];
  const environments = new Set(prints.map(({ environment }) => environment));
  return finding({
    code: 'secret-value-shared',
    severity: 'info',
    message: `${entries.join(', ')} ${entries.length === 1 ? 'has' : 'have'} the same value in ${environments.size} environments`,
    hint: 'use a different value in each environment, so that a leak affects only one of them',
    locations: [...new Set(prints.map(({ file }) => file))].map((file) => ({ file })),
  });
}
