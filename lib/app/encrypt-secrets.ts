import { join } from 'node:path';
import { clusterAround } from '../delivery/cluster';
import { ageList, type SopsRecipients } from '../delivery/cluster-sops';
import type { SopsSecret } from '../delivery/sops-secret';
import { finding, type Finding, type FindingLocation, type ObjectIdentity } from '../findings/finding';
import type { Encryption, PlannedSecret } from '../plan/secrets';
import { tryReadSopsConfig, type SopsConfig } from '../sops/creation-rules/sops-config';
import { inspectEncrypted } from '../sops/inspect-encrypted';
import { GpgKeyring } from '../sops/keys/gpg-keyring';
import type { Recipient } from '../sops/keys/key-request';
import { findPrivateKeys } from '../sops/keys/private-keys';
import { readRecipients } from '../sops/keys/recipients';
import type { LazyRequest } from '../sops/reconcile/reconcile-request';
import { noRecipients } from '../sops/reconcile/check-desired';
import { reconcileSecrets } from '../sops/reconcile/reconcile-secret';
import { SopsCommand } from '../sops/sops-command';
import { checkSourceFiles, type UsedValue } from './check-source-files';
import { isBelow } from '../tree/path';
import { readFile, type ReadProblem } from '../tree/read-file';
import { TreeFile } from '../tree/tree-file';

/** Where the sops command looks for recipients. */
const SOPS_FILE = '.sops.yaml';

/** What encrypting needs to know of the run. */
export interface EncryptionOptions {
  /** The repository's root, as an absolute path. */
  readonly root: string;
  /** Which secrets to encrypt anew: those at or below these paths. */
  readonly reencrypt: readonly string[];
}

/** Where the parts of one run meet. */
interface Work extends EncryptionOptions {
  readonly config?: SopsConfig;
  readonly findings: Finding[];
}

/** Encrypts what must be encrypted: for a run that publishes. Nothing has been written yet. */
export function encryptSecrets(options: EncryptionOptions): Encryption {
  return (secrets, findings) => {
    const work: Work = { ...options, findings, config: findConfig(options.root, findings) };
    const taken = secrets.filter(({ secret }) => secret.takenFrom !== undefined);
    const own = secrets.filter(({ secret }) => secret.takenFrom === undefined);
    return [...taken.flatMap((planned) => takeFile(planned, work)), ...encryptOwn(own, work)];
  };
}

function encryptOwn(secrets: readonly PlannedSecret[], work: Work): TreeFile[] {
  if (secrets.length === 0) return [];
  const gpg = new GpgKeyring();
  const { keys, findings } = findPrivateKeys({ gpg });
  work.findings.push(...findings);
  const requests = secrets.map((planned) => toRequest(planned, work));
  // If a recipient is wrong, a report that none is left says nothing new.
  const told = new Set(work.findings.filter(isOfRecipient).flatMap(constructsOf));
  work.findings.push(...checkSourceFiles(secrets.flatMap(usedValues), work.root));
  return reconcileSecrets(requests, { keys, gpg, sops: new SopsCommand({ cwd: work.root }) }).flatMap(
    (result, index) => {
      work.findings.push(
        ...result.findings.filter(
          (found) =>
            found.code !== 'sops-no-recipients' || !constructsOf(found).some((path) => told.has(path)),
        ),
      );
      const { path, owner, secret } = secrets[index] as PlannedSecret;
      const here = { owner, constructPath: secret.node.path };
      const options = { ...here, madeFrom: requests[index]?.committed };
      return result.bytes ? [TreeFile.fromBytes(path, result.bytes, options)] : [];
    },
  );
}

function isOfRecipient({ code }: Finding): boolean {
  return code === 'sops-private-key' || code.startsWith('sops-recipient-');
}

function constructsOf({ locations }: Finding): string[] {
  return locations.flatMap(({ constructPath }) => constructPath ?? []);
}

function usedValues({ secret, path }: PlannedSecret): UsedValue[] {
  const here = { constructPath: secret.node.path, file: path };
  return Object.entries(secret.props.values).map(([entry, value]) => ({ entry, value, here }));
}

function toRequest({ secret, path }: PlannedSecret, work: Work): LazyRequest {
  const { props } = secret;
  const here = { constructPath: secret.node.path, file: path };
  const entries = Object.entries(props.values).map(([name, value]) => {
    work.findings.push(...value.check(name, here));
    return [name, value.lookUp({ root: work.root }, name)] as const;
  });
  const { labels, annotations, type, immutable } = props;
  return {
    file: path,
    constructPath: secret.node.path,
    committed: readCommitted(join(work.root, path)),
    desired: {
      metadata: { ...secret.metadata, ...(labels && { labels }), ...(annotations && { annotations }) },
      type,
      immutable,
      entries: new Map(entries),
    },
    ...recipientsOf(secret, path, work),
    revision: props.revision,
    reencrypt: work.reencrypt.some((folder) => isBelow(path, folder)),
  };
}

/** A crash of the system may leave an empty file. Nothing in it can be lost. */
function readCommitted(file: string): Buffer | undefined {
  const { bytes } = readFile(file);
  return bytes?.length === 0 ? undefined : bytes;
}

/**
 * What the committed files of secrets show without a key: whether they are there, encrypted for the recipients that the
 * code names, and hold no plaintext. Nothing is decrypted.
 */
export function inspectSecrets(secrets: readonly PlannedSecret[], root: string): readonly Finding[] {
  const findings: Finding[] = [];
  const work: Work = { root, reencrypt: [], findings, config: findConfig(root, findings) };
  for (const { secret, path } of secrets) {
    const file = secret.takenFrom ?? path;
    const here = { constructPath: secret.node.path, file };
    const { recipients, bySops } = recipientsOf(secret, path, work);
    if (recipients.length === 0 && !bySops) findings.push(noRecipients([here]));
    const { bytes, problem } = readFile(join(root, file));
    if (problem) findings.push(unreadable(file, problem, here));
    else {
      const inspected = inspectEncrypted(bytes, file, recipients.length > 0 ? recipients : undefined);
      findings.push(...inspected.findings.map((found) => ({ ...found, locations: [here] })));
    }
  }
  return findings;
}

/** Adopts a file that the sops command wrote. */
function takeFile({ secret, path, owner }: PlannedSecret, work: Work): TreeFile[] {
  const from = secret.takenFrom as string;
  const here = { constructPath: secret.node.path, file: from };
  const { bytes, problem } = readFile(join(work.root, from));
  if (problem) {
    work.findings.push(unreadable(from, problem, here));
    return [];
  }
  const { recipients } = recipientsOf(secret, from, work);
  const { findings, identity } = inspectEncrypted(
    bytes,
    from,
    recipients.length > 0 ? recipients : undefined,
  );
  work.findings.push(...findings, ...(identity ? compareIdentity(secret, identity, here) : []));
  return [TreeFile.fromBytes(path, bytes, { owner, constructPath: secret.node.path })];
}

/** Other constructs refer to the object by the name and namespace in the props. */
function compareIdentity({ props }: SopsSecret, object: ObjectIdentity, here: FindingLocation): Finding[] {
  return (['name', 'namespace'] as const)
    .filter((field) => props[field] !== undefined && props[field] !== object[field])
    .map((field) =>
      finding({
        code: 'sops-identity-differs',
        message: `the object in the file has the ${field} ${JSON.stringify(object[field] ?? '')}, but the code has ${JSON.stringify(props[field])}`,
        hint: 'correct one of the two: objects that refer to the construct use the value in the code',
        locations: [here],
        object,
        field: `metadata.${field}`,
      }),
    );
}

/** The recipients of a secret: its own, otherwise those of its cluster, otherwise those of `.sops.yaml`. */
function recipientsOf(
  secret: SopsSecret,
  path: string,
  work: Work,
): { recipients: readonly Recipient[]; bySops: boolean } {
  const given = secret.props.recipients ?? clusterAround(secret)?.sops;
  if (!given || (ageList(given).length === 0 && !given.pgp?.length)) {
    const rule = work.config?.ruleFor(path);
    return { recipients: rule?.recipients ?? [], bySops: rule?.needsSops ?? false };
  }
  const here = { constructPath: secret.node.path };
  const read = readRecipients({ age: ageList(given), pgp: readKeys(given, here, work) }, here);
  work.findings.push(...read.findings);
  return { recipients: read.recipients, bySops: false };
}

function readKeys(
  { pgp = [] }: SopsRecipients,
  here: FindingLocation,
  work: Work,
): { fingerprint: string; publicKey?: string }[] {
  return pgp.map(({ fingerprint, publicKeyFile }) => {
    if (publicKeyFile === undefined) return { fingerprint };
    const { bytes, problem } = readFile(join(work.root, publicKeyFile));
    if (problem) work.findings.push(unreadable(publicKeyFile, problem, here));
    return bytes ? { fingerprint, publicKey: bytes.toString('utf8') } : { fingerprint };
  });
}

function findConfig(root: string, findings: Finding[]): SopsConfig | undefined {
  const { bytes, problem } = readFile(join(root, SOPS_FILE), { refuseLinks: true });
  if (bytes) return tryReadSopsConfig(bytes.toString('utf8'), SOPS_FILE, findings);
  if (!problem.isMissing) findings.push(unreadable(SOPS_FILE, problem, { file: SOPS_FILE }));
  return undefined;
}

function unreadable(file: string, problem: ReadProblem, here: FindingLocation): Finding {
  return finding({
    code: problem.code,
    severity: 'error',
    message: `${JSON.stringify(file)} ${problem.message}`,
    hint: 'use the path of a file, from the root of the repository',
    locations: [here],
  });
}
