import type { Construct } from 'constructs';
import { pathOf } from '../flux/arguments/path-of';
import { defineSharing } from '../flux/directory';
import { report } from '../flux/side-data';
import { isBelow } from '../tree/path';
import type { FleetCluster } from './cluster-facts';

/** Where a fleet writes the files that its clusters share. */
const SHARED_FOLDER = './shared';

/** What a fleet is told of sharing. */
export interface SharingProps {
  readonly output?: 'rendered' | 'shared';
  readonly sharedFolder?: string;
}

/** Says of each cluster of a fleet how it shares files: in groups by its environment, its ring and its region. */
export function shareFiles(fleet: Construct, clusters: readonly FleetCluster[], props: SharingProps): void {
  const { output = 'rendered', sharedFolder = SHARED_FOLDER } = props;
  const folder = pathOf(fleet, sharedFolder, 'shared');
  const isOn = output === 'shared';
  const inTheWay = clusters
    .flatMap(({ construct }) => [construct.entryPath, ...construct.folders])
    .find((path) => isBelow(folder, path) || isBelow(path, folder));
  if (isOn && inTheWay !== undefined) {
    report(fleet, {
      code: 'argument-invalid',
      message: `the shared folder ${JSON.stringify(folder || '.')} and ${JSON.stringify(inTheWay)}, a folder of a cluster, are in each other`,
      hint: 'set sharedFolder to a folder beside those of the clusters, for example "./shared"',
      field: 'sharedFolder',
    });
    return;
  }
  for (const { construct, environment, ring, region } of clusters)
    defineSharing(construct, { folder, isOn, groups: groupsOf(environment, ring, region) });
}

/** The names of the groups, each inside the one before; they become the names of folders. */
function groupsOf(environment: string, ring: string | undefined, region: string): string[] {
  const names = [plain(environment)];
  for (const part of [ring, region]) {
    const [outer, own] = [names.at(-1) ?? '', String(part ?? '')];
    if (own !== '') names.push(plain(own === outer || own.startsWith(`${outer}-`) ? own : `${outer}-${own}`));
  }
  return names;
}

/** A name that every file system can store, and that is not the name of the base. */
function plain(name: string): string {
  const safe = String(name)
    .replace(/[^\w.-]+/g, '-')
    .replace(/^\.+|\.+$/g, '');
  return safe === '' || safe === 'base' ? `group-${safe}` : safe;
}
