import type { Project } from '../config/project';
import type { SynthRequest } from '../config/synth-request';
import { Cluster } from '../delivery/cluster';
import { clustersOf, type Plan } from '../plan/plan';
import type { PublishOptions } from '../publish/publish';
import type { RecordedCluster } from '../publish/record';
import { repositoryPath } from '../tree/path';
import type { Tree } from '../tree/tree';
import { fleetPath } from './fleets';
import type { PublishedFolders } from './published-folders';

/** What publishing needs to know about a run. */
interface PublishRequest {
  readonly project: Project;
  readonly wishes: Pick<SynthRequest, 'check' | 'cluster' | 'overwrite'>;
  readonly target: PublishedFolders;
}

/** How the files of a plan, or those of one cluster, are published. */
export function publishOptions(
  tree: Tree,
  plan: Plan,
  { project, wishes, target }: PublishRequest,
): PublishOptions {
  return {
    root: project.root,
    output: project.output,
    ...(project.namesOutput ? {} : target),
    tree,
    complete: wishes.cluster === undefined,
    named: namedFiles(project, target),
    overwrite: wishes.overwrite,
    clusters: recordedClusters(plan),
    reach: target.reach,
    check: wishes.check,
  };
}

/** The clusters of records. If a cluster shares files, one record lists all of its own files. */
function recordedClusters(plan: Plan): ReadonlyMap<string, RecordedCluster> {
  const clusters = new Map<string, RecordedCluster>(clustersOf(plan));
  for (const { path, construct, sharing } of plan.directories) {
    const cluster = clusters.get(path);
    if (cluster && sharing?.isOn === true && Cluster.isCluster(construct))
      clusters.set(path, { ...cluster, folders: construct.folders });
  }
  return clusters;
}

/**
 * Files that may be outside the published folders: those that the configuration names, and the description of a fleet.
 */
function namedFiles({ pictures, sopsRules }: Project, { homes: [home] }: PublishedFolders): string[] {
  const drawn = pictures.map(({ file }) => repositoryPath(file));
  return [...drawn, ...(sopsRules ? ['.sops.yaml'] : []), fleetPath(home)];
}
