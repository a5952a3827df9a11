import { Cluster } from '../delivery/cluster';
import { ageList, type SopsRecipients } from '../delivery/cluster-sops';
import { isEntryPath, type Directory } from '../flux/directory';
import type { Plan } from '../plan/plan';
import type { PlannedSecret } from '../plan/secrets';
import { printSopsConfig, type WrittenRule } from '../sops/creation-rules/print-sops-config';
import { readRecipients } from '../sops/keys/recipients';
import { compareText } from '../plain/compare-text';
import { directoryOf } from '../tree/path';
import { TreeFile } from '../tree/tree-file';

/**
 * The `.sops.yaml` that says what the code says: a rule for each secret with recipients of its own, then one for each
 * cluster. `undefined` when nothing has recipients.
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
    .flatMap(({ secret, path }) => ruleFor([path], secret.props.recipients));
}

function clusterRules(directories: readonly Directory[]): WrittenRule[] {
  const folders = ownFolders(directories);
  return directories.filter(isEntryPath).flatMap((directory) =>
    ruleFor(
      (folders.get(directory) ?? []).map((folder) => `${folder}/`),
      Cluster.of(directory.construct).sops,
    ),
  );
}

/** Wrong recipients are reported where secrets are encrypted for them. */
function ruleFor(paths: readonly string[], given: SopsRecipients = {}): WrittenRule[] {
  const { recipients } = readRecipients({ age: ageList(given), pgp: given.pgp });
  return recipients.length === 0 || paths.length === 0 ? [] : [{ paths, recipients }];
}

/**
 * By cluster, the topmost folders in which no other cluster has a directory. These are few, and stay the same when apps
 * are added or removed.
 */
function ownFolders(directories: readonly Directory[]): Map<Directory, string[]> {
  const clusters = new Map<string, Set<Directory>>();
  for (const directory of directories) {
    const { path, cluster = directory } = directory;
    for (const folder of upwards(path))
      clusters.set(folder, (clusters.get(folder) ?? new Set()).add(cluster));
  }
  const found = new Map<Directory, Set<string>>();
  for (const directory of directories) {
    const { path, cluster = directory } = directory;
    const own = upwards(path).filter((folder) => clusters.get(folder)?.size === 1);
    const top = own.at(-1);
    if (top !== undefined) found.set(cluster, (found.get(cluster) ?? new Set()).add(top));
  }
  return new Map([...found].map(([cluster, folders]) => [cluster, [...folders]]));
}

/** A folder and the folders around it, without the root. */
function upwards(directory: string): string[] {
  const folders: string[] = [];
  for (let folder = directory; folder !== ''; folder = directoryOf(folder)) folders.push(folder);
  return folders;
}
