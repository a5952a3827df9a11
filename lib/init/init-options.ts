import type { Recipient } from '../sops/keys/key-request';

/** What a project describes: one cluster, or a staging cluster and production clusters in two regions. */
export const PROJECT_KINDS = ['cluster', 'fleet'] as const;

/** What a project describes. */
export type ProjectKind = (typeof PROJECT_KINDS)[number];

/** Where the checks of a project run. */
export const CI_KINDS = ['github', 'gitlab', 'none'] as const;

/** Where the checks of a project run. */
export type CiKind = (typeof CI_KINDS)[number];

/** What the files of a project are made from. */
export interface InitOptions {
  /** The name of the project, and of the cluster when there is one: a DNS label. */
  readonly name: string;
  /** What the project describes. */
  readonly kind: ProjectKind;
  /** Where its checks run. */
  readonly ci: CiKind;
  /** Whom its secrets are encrypted for; empty for a project without secrets. */
  readonly recipients: readonly Recipient[];
  /** The version of cdk8s-flux that the project begins with. */
  readonly version: string;
}

/** A cluster of a new project. */
export interface InitCluster {
  /** The id of the construct. */
  readonly id: string;
  /** The entry path, from the root of the repository. */
  readonly entry: string;
  /** The folders of what is published for it and for no other cluster; each ends in `/`. */
  readonly folders: readonly string[];
  /** The folder of the example. */
  readonly example: string;
  /** How many replicas the example runs with. */
  readonly replicas: number;
}

/** A cluster of a fleet. */
export interface InitFleetCluster extends InitCluster {
  readonly environment: 'staging' | 'production';
  readonly region: string;
}

/** The clusters of a new project. */
export function clustersOf({ name, kind }: Pick<InitOptions, 'name' | 'kind'>): readonly InitCluster[] {
  if (kind === 'fleet') return FLEET_CLUSTERS;
  const folder = 'cluster-resources';
  const example = `${folder}/services/podinfo`;
  return [{ id: name, entry: `${folder}/flux`, folders: [`${folder}/`], example, replicas: 1 }];
}

/** The clusters of a new fleet, in the order in which a new version reaches them. */
export const FLEET_CLUSTERS: readonly InitFleetCluster[] = [
  fleetCluster('staging', ['staging', 'eu'], 1),
  fleetCluster('production-eu', ['production', 'eu'], 2),
  fleetCluster('production-us', ['production', 'us'], 2),
];

/** A cluster at the place where the layout `regions` puts it. */
function fleetCluster(
  id: string,
  [environment, region]: readonly [InitFleetCluster['environment'], string],
  replicas: number,
): InitFleetCluster {
  const own = environment === 'staging' ? 'staging/' : `${environment}/${region}/`;
  const folders = [`apps/${own}`, `clusters/${own}`];
  const place = `${environment}/${region}`;
  const example = `apps/${place}/podinfo`;
  return { id, entry: `clusters/${place}`, folders, example, replicas, environment, region };
}

/** The entry path of a cluster, as it is given to `flux bootstrap --path`. */
export function entryPathOf({ entry }: InitCluster): string {
  return `./${entry}`;
}
