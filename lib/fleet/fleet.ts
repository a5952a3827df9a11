import { Construct } from 'constructs';
import { synthRequestFromEnv } from '../config/synth-request';
import { checkArguments, reportProblems } from '../flux/arguments/check-arguments';
import { fail, FindingsError } from '../findings/findings-error';
import type { OwnFindingInput } from '../findings/finding';
import { report } from '../flux/side-data';
import { firstNames } from '../plain/first-names';
import { isMap } from '../plain/plain-data';
import type { ClusterFacts, DeploymentCluster, FleetCluster } from './cluster-facts';
import { ClusterRegister } from './cluster-register';
import { deployTo, type DeployTarget } from './deploy-to';
import type { DeployProps } from './deploy-props';
import { deploymentOf, type Deployment, type DeploymentContents } from './deployment';
import { DeploymentResults } from './deployment-results';
import { factsOf } from './fleet-facts';
import { defineFleet } from './fleet-parts';
import { shareFiles } from './define-sharing';
import type { FleetProps } from './fleet-props';
import type { Pin, PinOptions } from './pin';
import { PinBoard } from './pin-board';
import { describeSelection, isSelected, listedNames, type ClusterSelection } from './select';
import type { LevelNames, SettingDeclarations, SettingLevels, SettingValues } from './setting-types';

/** The settings of the clusters of a fleet: `SettingsOf<typeof fleet>`. */
export type SettingsOf<Of> = Of extends { readonly clusters: readonly FleetCluster<infer Settings>[] }
  ? Settings
  : never;

/**
 * Several clusters in one repository, each with its environment, region, labels and typed settings, and the deployments
 * to them.
 *
 * @typeParam Declared - the settings that each cluster has
 * @typeParam Environments - the environments, and their settings
 * @typeParam Regions - the regions, and their settings
 * @typeParam Name - the names of the clusters
 * @example
 * const fleet = new Fleet(app, 'fleet', { settings: { replicas: Setting.number({ min: 1, default: 2 }), domain:
 * Setting.text() }, environments: { production: { replicas: 6 }, staging: { domain: 'staging.example.com' } },
 * clusters: {
 *     'eu-west-1': { environment: 'production', region: 'eu-west-1', settings: { domain: 'example.com' } },
 *     'eu-central-1': { environment: 'staging', region: 'eu-central-1' },
 *   }, });
 */
export class Fleet<
  Declared extends SettingDeclarations = Readonly<Record<never, never>>,
  Environments extends SettingLevels<Declared> = Readonly<Record<never, never>>,
  Regions extends SettingLevels<Declared> = Readonly<Record<never, never>>,
  Name extends string = string,
> extends Construct {
  private readonly register: ClusterRegister;
  private readonly results = new Map<Deployment, DeploymentResults>();
  private readonly reported = new WeakSet<FindingsError>();
  /** Contains a construct for each deployment, which knows the line that created it. */
  private readonly deployments: Construct;
  private readonly pins: PinBoard;
  /** The only cluster whose objects this run needs; if clusters share files, the run needs all of them. */
  private readonly only?: string;

  constructor(scope: Construct, id: string, props: FleetProps<Declared, Environments, Regions, Name>) {
    const checked = checkArguments('Fleet', scope, id, props);
    super(scope, id);
    reportProblems(this, checked);
    this.register = new ClusterRegister(this, checked.props);
    shareFiles(this, this.register.clusters, checked.props);
    this.only = checked.props.output === 'shared' ? undefined : synthRequestFromEnv(process.env)?.cluster;
    this.deployments = new Construct(this, 'Deployments');
    this.pins = new PinBoard(this, this.register);
    defineFleet(this, {
      clusters: this.register.clusters.map(({ name }) => name),
      sharesFiles: checked.props.output === 'shared',
      facts: () =>
        this.register.rings.length === 0
          ? undefined
          : factsOf(this.register, this.results.values(), this.pins),
    });
  }

  /** All clusters, in the order in which the fleet lists them. */
  get clusters(): readonly FleetCluster<SettingValues<Declared>, LevelNames<Environments>>[] {
    return this.register.clusters as readonly FleetCluster<
      SettingValues<Declared>,
      LevelNames<Environments>
    >[];
  }

  /**
   * Returns the cluster with a name.
   *
   * @throws FindingsError `cluster-unknown`
   */
  cluster(name: Name): FleetCluster<SettingValues<Declared>, LevelNames<Environments>> {
    return this.register.find(name) as FleetCluster<SettingValues<Declared>, LevelNames<Environments>>;
  }

  /**
   * Deploys something to clusters: calls a function for each of them. The function puts constructs into `cluster.app`,
   * a FluxApp with the name of the deployment, or creates its own constructs in `cluster.construct` and returns them.
   *
   * @param name - the name of the deployment, and of its FluxApps
   * @param props - which clusters, what it waits for, and the props of its FluxApps
   * @param make - creates the constructs in one cluster
   * @example
   * const ingress = fleet.deploy('ingress-nginx', { layer: 'infrastructure' }, ({ app, settings }) => { new
   * HelmChartRelease(app, 'ingress-nginx', { repository, values: { replicas: settings.replicas } }); });
   * fleet.deploy('shop', { select: { environment: 'production' }, dependsOn: [ingress] }, ({ construct }) => new
   * Shop(construct, 'shop'), );
   */
  deploy<Made extends DeploymentContents>(
    name: string,
    props: DeployProps<
      ClusterFacts<SettingValues<Declared>, LevelNames<Environments>>,
      Name,
      LevelNames<Regions>
    >,
    make: (cluster: DeploymentCluster<SettingValues<Declared>, LevelNames<Environments>>) => Made,
  ): Deployment<Made> {
    checkDeploy(name, props, make);
    const anchor = new Construct(this.deployments, name);
    const { select, dependsOn = [], ...rest } = props;
    const selected = this.select(anchor, name, (select ?? {}) as ClusterSelection);
    const results = new DeploymentResults(
      name,
      selected.map((cluster) => cluster.name),
    );
    const deployment = deploymentOf<Made>(name, results);
    this.results.set(deployment, results);
    const target: DeployTarget = {
      name,
      props: { layer: this.register.layer, ...rest },
      make: make as unknown as DeployTarget['make'],
      dependsOn: dependsOn.map((one) => ('isIn' in one ? this.resultsOf(one) : one)),
      isLeftOut: (cluster) => this.only !== undefined && cluster !== this.only,
      isSuspended: (cluster) => this.pins.isSuspended(name, cluster),
    };
    for (const cluster of selected) {
      const result =
        this.register.problemOf(cluster.name) ?? this.pins.usedBy(name, () => deployTo(cluster, target));
      results.keep(cluster.name, result);
      if (FindingsError.isFindingsError(result)) this.reportOnce(anchor, result);
    }
    return deployment;
  }

  /**
   * A pin: for each ring of the fleet, the version of something, or another value. `pins.yaml` contains the values;
   * `cdk8s-flux promote` copies them from ring to ring.
   *
   * @param name - its name in `pins.yaml`
   * @param options - how Renovate finds new versions, and the type of the value
   * @example
   * const version = fleet.pin('ingress-nginx', { renovate: { datasource: 'helm', depName: 'ingress-nginx', registryUrl:
   * 'https://kubernetes.github.io/ingress-nginx' }, }); fleet.deploy('ingress-nginx', {}, (cluster) => { new
   * HelmChartRelease(cluster.app, 'ingress-nginx', { repository, version: version.in(cluster) }); });
   */
  pin(name: string, options?: PinOptions<'string'>): Pin<string>;
  /** A pin whose values are numbers. */
  pin(name: string, options: PinOptions<'number'>): Pin<number>;
  /** A pin whose values are true or false. */
  pin(name: string, options: PinOptions<'boolean'>): Pin<boolean>;
  pin(name: string, options: PinOptions<'string' | 'number' | 'boolean'> = {}): Pin<never> {
    return this.pins.pin(name, options) as Pin<never>;
  }

  private resultsOf(deployment: Deployment): DeploymentResults {
    return this.results.get(deployment) ?? new DeploymentResults(deployment.name, []);
  }

  /** If a deployment stops, those that wait for it stop too, and the reason is reported once. */
  private reportOnce(construct: Construct, error: FindingsError): void {
    if (this.reported.has(error) || this.register.isReported(error)) return;
    this.reported.add(error);
    for (const { locations, ...found } of error.findings)
      report(construct, locations.length > 0 ? { ...found, locations } : found);
  }

  private select(anchor: Construct, name: string, select: ClusterSelection): readonly FleetCluster[] {
    const { clusters } = this.register;
    for (const listed of listedNames(select.clusters))
      if (!this.register.has(listed)) report(anchor, this.register.unknown(listed));
    const selected = clusters.filter((cluster) => isSelected(cluster, select));
    if (selected.length === 0 && clusters.length > 0) report(anchor, emptySelection(name, select, clusters));
    return selected;
  }
}

/** Refuses what a program without types may pass to `deploy`. */
function checkDeploy(name: unknown, props: unknown, make: unknown): void {
  const message =
    typeof name !== 'string' || name === ''
      ? 'the name of a deployment must be a non-empty string'
      : !isMap(props)
        ? `the props of the deployment ${JSON.stringify(name)} must be an object`
        : typeof make !== 'function' &&
          `the third argument of deploy(${JSON.stringify(name)}) must be a function`;
  if (message === false) return;
  const hint = "write fleet.deploy('web', { select: { ... } }, (cluster) => { ... })";
  fail({ code: 'argument-invalid', message, hint });
}

/** Reports that a deployment selects no cluster, and lists the clusters. */
function emptySelection(
  name: string,
  select: ClusterSelection,
  known: readonly FleetCluster[],
): OwnFindingInput {
  const facts = (['environment', 'region', 'provider'] as const).filter((fact) => select[fact] !== undefined);
  const there = facts.map((fact) => {
    const values = [...new Set(known.flatMap((cluster) => cluster[fact] ?? []))];
    return `; ${fact}s of the fleet: ${
      firstNames(
        values.map((value) => JSON.stringify(value)),
        10,
      ) || 'none'
    }`;
  });
  return {
    code: 'selection-empty',
    message: `no cluster gets ${JSON.stringify(name)}, because none matches ${describeSelection(select)}`,
    hint: `correct select, or remove the deployment${there.join('')}`,
    field: 'select',
  };
}
