import { Cluster } from '../delivery/cluster';
import { ageList, type SopsRecipients } from '../delivery/cluster-sops';
import { isEntryPath, type Directory } from '../flux/directory';
import type { Plan } from '../plan/plan';
import type { PlannedSecret } from '../plan/secrets';
import { printSopsConfig, type WrittenRule } from '../sops/creation-rules/print-sops-config';
import { readRecipients } from '../sops/keys/recipients';
import type { Recipient } from '../sops/keys/key-request';
import { compareText } from '../plain/compare-text';
import { groupBy } from '../plain/group-by';
import { directoryOf } from '../tree/path';
import { TreeFile } from '../tree/tree-file';

/**
 * The `.sops.yaml` that says what the code says: a rule for each secret with recipients of its own, then those of
 * the clusters. `undefined` when nothing has recipients.
 *
 * @param owner - the folder whose ownership record lists the file
 */
export function sopsRulesFile({ directories, secrets }: Plan, owner: string): TreeFile | undefined {
  const rules = [...secretRules(secrets), ...clusterRules(directories)];
  if (rules.length === 0) return undefined;
  return TreeFile.fromBytes('.sops.yaml', printSopsConfig(rules), { owner });
}

function secretRules(secrets: readonly PlannedSecret[]): WrittenRule[] {
  const own = secrets.filter(({ secret }) => secret.props.recipients !== undefined);
  return own
    .sort((a, b) => compareText(a.path, b.path))
    .flatMap(({ secret, path }) => written([path], read(secret.props.recipients)));
}

/**
 * A rule for the clusters of each list of recipients: for the topmost folders in which no other directory is. They are few, and
 * steady when apps and clusters come and go.
 */
function clusterRules(directories: readonly Directory[]): WrittenRule[] {
  const recipients = new Map(directories.map((directory) => [directory, recipientsOf(directory)]));
  const keyOf = (directory: Directory): string =>
    (recipients.get(directory.cluster ?? directory) ?? []).map(({ kind, id }) => `${kind} ${id}`).join(',');
  const byKey = groupBy(directories, keyOf);
  const keysBelow = new Map<string, Set<string>>();
  for (const [key, group] of byKey)
    for (const folder of new Set(group.flatMap(({ path }) => upwards(path))))
      keysBelow.set(folder, (keysBelow.get(folder) ?? new Set()).add(key));
  return [...byKey.values()].flatMap((group) => {
    const tops = group.map(({ path }) =>
      upwards(path)
        .filter((one) => keysBelow.get(one)?.size === 1)
        .at(-1),
    );
    const paths = [...new Set(tops)].flatMap((top) => (top === undefined ? [] : [`${top}/`]));
    return group.slice(0, 1).flatMap((one) => written(paths, recipients.get(one.cluster ?? one) ?? []));
  });
}

/** Whom the secrets of a cluster are encrypted for; a directory of no cluster has none. */
function recipientsOf(directory: Directory): readonly Recipient[] {
  return isEntryPath(directory) ? read(Cluster.of(directory.construct).sops) : [];
}

/** Wrong recipients are reported where secrets are encrypted for them. */
function read(given: SopsRecipients = {}): readonly Recipient[] {
  return readRecipients({ age: ageList(given), pgp: given.pgp }).recipients;
}

function written(paths: readonly string[], recipients: readonly Recipient[]): WrittenRule[] {
  return recipients.length === 0 || paths.length === 0 ? [] : [{ paths, recipients }];
}

/** A folder and the folders around it, without the root. */
function upwards(directory: string): string[] {
  const folders: string[] = [];
  for (let folder = directory; folder !== ''; folder = directoryOf(folder)) folders.push(folder);
  return folders;
}
