import type { Construct } from 'constructs';
import { fail, FindingsError } from '../findings/findings-error';
import { finding, type OwnFindingInput } from '../findings/finding';
import { nearestHint } from '../findings/nearest-name';
import { report } from '../flux/side-data';
import { firstNames } from '../plain/first-names';
import { isMap, mapOf } from '../plain/plain-data';
import { clusterProblems } from './cluster-problems';
import type { ClusterFacts, FleetCluster } from './cluster-facts';
import type { FleetClusterOptions } from './fleet-props';
import { layoutOf, type FleetLayout, type NamedLayout } from './layout';
import { makeCluster, type GivenCluster } from './make-cluster';
import {
  defaultProblems,
  levelProblems,
  mergeSettings,
  missingSetting,
  type SettingLevel,
} from './merge-settings';
import { resolveRings } from './resolve-rings';
import type { FleetRing, ResolvedRing } from './ring';
import type { SettingDeclarations } from './setting-types';

/** What a fleet is made of, whatever its settings are. */
export interface AnyFleetProps {
  readonly clusters: object;
  readonly settings?: SettingDeclarations;
  readonly environments?: object;
  readonly regions?: object;
  readonly layout?: NamedLayout | FleetLayout;
  readonly defaults?: FleetClusterOptions;
  readonly rings?: readonly object[];
}

/** The clusters of a fleet by name. Whatever is wrong with them is reported of the fleet. */
export class ClusterRegister {
  /** In the order in which the fleet lists them. */
  readonly clusters: readonly FleetCluster[];
  /** In their order; batches are rings of their own. */
  readonly rings: readonly ResolvedRing[];
  /** The layer of deployments that name none. */
  readonly layer?: string;

  private readonly byName: ReadonlyMap<string, FleetCluster>;
  private readonly broken = new Map<string, FindingsError>();
  private readonly declared: SettingDeclarations;
  private readonly defaults: FleetClusterOptions;
  private readonly layout: FleetLayout;

  constructor(
    private readonly fleet: Construct,
    private readonly props: AnyFleetProps,
  ) {
    const [layout, defaults] = [layoutOf(props.layout ?? 'regions'), props.defaults ?? {}];
    this.declared = this.settingsIn(props.settings);
    this.defaults = defaults;
    this.layout = layout;
    this.layer = layout.layer;
    this.reportAll(this.levelsProblems());
    const given = Object.entries(mapOf(props.clusters)).filter((entry): entry is [string, GivenCluster] =>
      isMap(entry[1]),
    );
    const facts = given.map(([name, cluster]) => this.factsOf(name, cluster));
    const { rings, ringOf, problems } = resolveRings((props.rings ?? []) as readonly FleetRing[], facts);
    this.reportAll(problems);
    this.rings = rings;
    this.clusters = facts.map((one, index) => ({
      ...one,
      ring: ringOf.get(one.name),
      construct: makeCluster(fleet, one, (given[index] as [string, GivenCluster])[1], { layout, defaults }),
    }));
    this.reportAll(sharedFolders(this.clusters));
    this.byName = new Map(this.clusters.map((cluster) => [cluster.name, cluster]));
  }

  /**
   * Returns the cluster with a name.
   *
   * @throws FindingsError `cluster-unknown`
   */
  find(name: string): FleetCluster {
    return this.byName.get(name) ?? fail(this.unknown(name));
  }

  /** Whether there is a cluster of a name. */
  has(name: string): boolean {
    return this.byName.has(name);
  }

  /** What is wrong with a cluster, so that nothing can be deployed to it; it is reported already. */
  problemOf(name: string): FindingsError | undefined {
    return this.broken.get(name);
  }

  /** Whether an error is one of those. */
  isReported(error: FindingsError): boolean {
    return [...this.broken.values()].includes(error);
  }

  /** That there is no cluster of a name. */
  unknown(name: string): OwnFindingInput {
    const names = [...this.byName.keys()];
    const known = firstNames(
      names.map((one) => JSON.stringify(one)),
      10,
    );
    return {
      code: 'cluster-unknown',
      message: `unknown cluster ${JSON.stringify(name)}; known clusters: ${known || 'none'}`,
      hint: nearestHint(name, names, 'use the name of a cluster of the fleet'),
    };
  }

  /** The declared settings; a program without types may pass anything. */
  private settingsIn(given: unknown): SettingDeclarations {
    const [right, wrong] = [true, false].map((isRight) =>
      Object.entries(mapOf(given)).filter(([, setting]) => isSetting(setting) === isRight),
    );
    const hint = 'declare it with Setting.text(), Setting.number() and so on';
    this.reportAll(
      (wrong ?? []).map(([name]) => ({
        code: 'argument-invalid',
        message: 'must be a Setting',
        hint,
        field: `settings.${name}`,
      })),
    );
    return Object.fromEntries(right ?? []) as SettingDeclarations;
  }

  private levelsProblems(): OwnFindingInput[] {
    const { environments, regions } = this.props;
    const levels = Object.entries({ environments, regions }).flatMap(([prop, map]) =>
      Object.entries(mapOf(map)).map(([name, given]): SettingLevel => ({ field: `${prop}.${name}`, given })),
    );
    return [
      ...defaultProblems(this.declared),
      ...levels.flatMap((level) => levelProblems(this.declared, level)),
    ];
  }

  private factsOf(name: string, given: GivenCluster): ClusterFacts {
    const { environment, region, provider, labels = {} } = given;
    const { environments, regions } = this.props;
    const own: SettingLevel = { field: `clusters.${name}.settings`, given: given.settings };
    const levels = [
      own,
      { field: `regions.${region}`, given: mapOf(regions)[region] },
      { field: `environments.${environment}`, given: mapOf(environments)[environment] },
    ];
    const { settings, missing } = mergeSettings(this.declared, levels);
    const facts: ClusterFacts = {
      name,
      environment,
      region,
      provider,
      labels,
      fluxVersion:
        given.fluxVersion ??
        given.bootstrap?.version ??
        this.defaults.fluxVersion ??
        this.defaults.bootstrap?.version,
      kubernetesVersion: given.kubernetesVersion ?? this.defaults.kubernetesVersion,
      settings,
    };
    const problems = [
      ...clusterProblems(facts, this.props, this.layout),
      ...levelProblems(this.declared, own),
      ...missing.map((setting) => missingSetting(this.declared, setting, name)),
    ];
    this.reportAll(problems);
    // A mistake in a level that clusters share is reported at the level.
    const shared = levels.slice(1).flatMap((level) => levelProblems(this.declared, level));
    const all = [...problems, ...shared];
    if (all.length > 0) this.broken.set(name, new FindingsError(all.map(finding)));
    return facts;
  }

  private reportAll(problems: readonly OwnFindingInput[]): void {
    for (const found of problems) report(this.fleet, found);
  }
}

/**
 * Clusters that put their FluxApps into the same folder; those that also share the entry path are reported for that.
 */
function sharedFolders(clusters: readonly FleetCluster[]): OwnFindingInput[] {
  const first = new Map<string, FleetCluster>();
  return clusters.flatMap((cluster): OwnFindingInput[] => {
    const { folders, entryPath } = cluster.construct;
    const shared = folders.find((folder) => (first.get(folder) ?? cluster) !== cluster);
    for (const folder of folders) if (!first.has(folder)) first.set(folder, cluster);
    const other = shared === undefined ? undefined : first.get(shared);
    if (!other || other.construct.entryPath === entryPath) return [];
    return [
      {
        code: 'cluster-directory-shared',
        message: `the clusters ${JSON.stringify(other.name)} and ${JSON.stringify(cluster.name)} put their FluxApps into the same folder ${JSON.stringify(shared)}`,
        hint: `set directory of one of them, or use a layout whose paths contain {name}`,
        field: `clusters.${cluster.name}.directory`,
      },
    ];
  });
}

/** Another copy of this package may have created it. */
function isSetting(value: unknown): boolean {
  return isMap(value) && typeof value.problemOf === 'function';
}
