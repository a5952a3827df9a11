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
  /** The folder of everything that is published for it, from the root of the repository. */
  readonly folder: string;
  /** How many replicas the example runs with. */
  readonly replicas: number;
}

/** The clusters of a new project. */
export function clustersOf({ name, kind }: Pick<InitOptions, 'name' | 'kind'>): readonly InitCluster[] {
  if (kind === 'cluster') return [{ id: name, folder: 'cluster-resources', replicas: 1 }];
  return [
    { id: 'staging', folder: 'cluster-resources/staging', replicas: 1 },
    { id: 'production-eu', folder: 'cluster-resources/production/eu', replicas: 2 },
    { id: 'production-us', folder: 'cluster-resources/production/us', replicas: 2 },
  ];
}

/** The entry path of a cluster, as it is given to `flux bootstrap --path`. */
export function entryPathOf({ folder }: InitCluster): string {
  return `./${folder}/flux`;
}
