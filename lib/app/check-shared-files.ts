import { finding, type Finding } from '../findings/finding';
import { firstNames } from '../plain/first-names';
import type { Plan } from '../plan/plan';
import { sameContent } from '../publish/content';
import { Disk } from '../publish/disk';
import { isBelow } from '../tree/path';

/**
 * A run for one cluster writes none of the files that it shares with others, whose overlays would then be wrong: they have
 * to be up to date.
 *
 * @param cluster - the only cluster that is published; by default all are
 */
export function checkSharedFiles(plan: Plan, cluster: string | undefined, root: string): Finding[] {
  if (cluster === undefined || plan.tree === plan.rendered) return [];
  const folders = plan.directories.flatMap(({ construct, sharing }) =>
    sharing?.isOn === true && construct.node.id === cluster ? [sharing.folder] : [],
  );
  const disk = new Disk(root);
  const stale = plan.tree.files.filter(
    ({ path, bytes }) => folders.some((folder) => isBelow(path, folder)) && !isOnDisk(disk, path, bytes),
  );
  if (stale.length === 0) return [];
  const names = stale.map(({ path }) => JSON.stringify(path));
  return [
    finding({
      code: 'shared-out-of-date',
      message: `${firstNames(names, 3)} ${stale.length === 1 ? 'differs' : 'differ'} from what the code makes, and other clusters share ${stale.length === 1 ? 'it' : 'them'}`,
      hint: 'run synth for all clusters, without --cluster',
      locations: stale.slice(0, 1).map(({ path, constructPath }) => ({ file: path, constructPath })),
    }),
  ];
}

function isOnDisk(disk: Disk, path: string, bytes: Buffer): boolean {
  if (disk.equals(path, bytes)) return true;
  const content = disk.kind(path) === 'file' ? disk.read(path) : undefined;
  return content !== undefined && sameContent(content, bytes);
}
