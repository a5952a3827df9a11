import { basename } from 'node:path/posix';
import { Chart, type ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { checkArguments, reportProblems } from '../flux/arguments/check-arguments';
import { pathOf } from '../flux/arguments/path-of';
import { requireText } from '../flux/arguments/require-text';
import { GitRepository } from '../flux/git-repository';
import { OCIRepository } from '../flux/oci-repository';
import type { KustomizationSourceKind, SubstituteReference } from '../flux/kustomization';
import { BOOTSTRAP_FOLDER, BOOTSTRAP_NAME, FLUX_NAMESPACE } from '../kinds/names';
import { defineDirectory, enclosingDirectory, type Directory } from '../flux/directory';
import type { ObjectReference } from '../flux/references/reference';
import { report, reportInvalid } from '../flux/side-data';
import { rememberSource, watchSources } from '../flux/source-line';
import { Variable } from '../flux/variables/variable';
import { fail } from '../findings/findings-error';
import { directoryOf, isBelow, joinPath } from '../tree/path';
import type { ManifestObject } from '../tree/manifest';
import type { FluxComponent } from '../kinds/components';
import type { ArtifactSplit } from './artifacts/cluster-artifacts';
import { bootstrapCommand } from './bootstrap/bootstrap-command';
import { bootstrapFiles } from './bootstrap/bootstrap-files';
import { declaredComponents, type ClusterBootstrap } from './bootstrap/cluster-bootstrap';
import { installCommands, operatorCommands } from './bootstrap/install-commands';
import { needsOf, type Needs } from './bootstrap/needs';
import type { ClusterSops } from './cluster-sops';
import { requireGitOpsApp } from './gitops-root';
import { shardPolicy, shardProblems, validSharding, type ClusterSharding } from './sharding/cluster-sharding';
import type { ClusterSync } from './sync/cluster-sync';
import type { OperatedFlux } from './sync/operated-flux';
import { makeSync } from './sync/make-sync';
import { syncConflicts } from './sync/sync-conflicts';
import { chartObjects } from '../render/chart-objects';
import { relativeName } from '../render/relative-names';
import { variableProblems } from '../render/variables/cluster-variables';

const CLUSTER = Symbol.for('cdk8s-flux.Cluster');

/** The props of a `Cluster`. */
export interface ClusterProps {
  /**
   * The entry path: exactly the folder that you give to `flux bootstrap --path`, for example `./cluster-resources/flux`.
   *
   * @see https://fluxcd.io/flux/installation/bootstrap/
   */
  readonly path: string;
  /**
   * The folder, relative to the root of the repository, that contains the directories of the cluster's FluxApps. It
   * must not be inside the entry path, because Flux applies everything in the entry path.
   *
   * @default - the parent folder of the entry path if that ends in `flux`, otherwise `<first folder of the path>/<id>`;
   *   if that is inside the entry path, `apps/<id>` beside it, or beside its parent folder `clusters`: `apps/home` for
   *   `./clusters/home`
   */
  readonly directory?: string;
  /**
   * The folder for the directories of the FluxApps of each layer, by layer and relative to the root of the repository.
   * It must not be inside the entry path. The Kustomizations go to `<layer>/` in the entry path, as for every layer.
   *
   * @default - the folder `<layer>` in `directory`
   */
  readonly layers?: Readonly<Record<string, string>>;
  /**
   * The source of this repository in the cluster.
   *
   * @default - the source `flux-system` in `flux-system`: the OCIRepository of `sync`, or the GitRepository that
   *   `flux bootstrap` creates
   */
  readonly sourceRef?: ObjectReference<KustomizationSourceKind>;
  /**
   * The artifact that the cluster syncs from, instead of a Git repository. Synth writes the OCIRepository and the
   * Kustomization of the entry path to `flux-system/gotk-sync.yaml`; if the cluster has a `FluxInstance`, synth sets
   * its `sync` instead. `cdk8s-flux artifact push` pushes the artifact, and `cdk8s-flux bootstrap` prints the commands
   * that install Flux.
   *
   * @default - `flux bootstrap` syncs the cluster from Git
   */
  readonly sync?: ClusterSync;
  /**
   * The recipients that the cluster's secrets are encrypted for, and the Secret in the cluster with the private key.
   *
   * @default - each secret, or `.sops.yaml`, sets its recipients
   */
  readonly sops?: ClusterSops;
  /**
   * The namespace of the Kustomizations that apply the cluster's FluxApps.
   *
   * @default 'flux-system'
   */
  readonly namespace?: string;
  /**
   * How Flux is installed: its controllers, its version, and whether it can push. Synth compares this with what the
   * objects need, and `cdk8s-flux bootstrap` prints the command for it.
   *
   * @default - a default bootstrap
   * @see https://fluxcd.io/flux/installation/bootstrap/
   */
  readonly bootstrap?: ClusterBootstrap;
  /**
   * Whether Flux is locked down, as it should be if tenants share the cluster: it refuses remote bases and references
   * to other namespaces, and acts as the account `default`, which has no rights, unless an object names another
   * account. Synth then sets the account of the controller in the Kustomizations and HelmReleases in `flux-system`.
   * `cdk8s-flux bootstrap --kustomization` prints the file that locks Flux down.
   *
   * @default false
   * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
   */
  readonly lockDown?: boolean;
  /**
   * How the Flux objects of the cluster are distributed among several instances of the controllers. Synth labels them;
   * `cdk8s-flux bootstrap --kustomization` prints the files that start the controllers.
   *
   * @default - one instance of each controller reconciles all objects
   * @see https://fluxcd.io/flux/installation/configuration/sharding/
   */
  readonly sharding?: ClusterSharding;
  /**
   * How to split the repository into artifacts, so that a change reconciles only the apps that it concerns: one
   * artifact for each FluxApp, or one for each layer. Synth writes the ArtifactGenerator that splits it to
   * `artifacts.yaml` in the entry path. Flux needs the component `source-watcher`. FluxApps that set `sourceRef` keep
   * it.
   *
   * @default - Flux applies all FluxApps from the source of the cluster, and each commit reconciles all of them
   * @see https://fluxcd.io/flux/components/source/artifactgenerators/
   */
  readonly artifacts?: ArtifactSplit;
  /**
   * Variables by name. The Kustomization of each FluxApp defines the ones that the app uses; see `variable`.
   *
   * @default - none
   * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
   */
  readonly variables?: Readonly<Record<string, string | number | boolean>>;
  /**
   * ConfigMaps and Secrets in the cluster with the values of other variables; later ones override earlier ones. They must
   * be in the namespace of the Kustomizations.
   *
   * @default - none
   */
  readonly variablesFrom?: readonly SubstituteReference[];
  /**
   * Labels for all objects that are written directly into the entry path.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * A cluster that Flux reconciles from this repository: one entry path, and the FluxApps below it.
 *
 * Constructs that you put directly into it are written to the entry path, one file for each direct child. Synth does
 * not touch the folder `flux-system/`, which `flux bootstrap` writes; only with `sync` does it write
 * `flux-system/gotk-sync.yaml`.
 */
export class Cluster extends Chart {
  /** Whether a value is a `Cluster`, including one from another copy of this package. */
  static isCluster(value: unknown): value is Cluster {
    return typeof value === 'object' && value !== null && CLUSTER in value;
  }

  /**
   * The cluster that a construct is in.
   *
   * @throws FindingsError `cluster-missing` if it is not in a cluster
   */
  static override of(construct: IConstruct): Cluster {
    return clusterAround(construct) ?? missing(construct);
  }

  /** The entry path, relative to the root of the repository and without `./`. */
  readonly entryPath: string;
  /** The folder, relative to the root of the repository, that contains the directories of the cluster's FluxApps. */
  readonly directory: string;
  /** The folder of the FluxApps of a layer, by layer, if it is not the folder `<layer>` in `directory`. */
  readonly layers: Readonly<Record<string, string>>;
  /** The source of this repository in the cluster. */
  readonly sourceRef: ObjectReference<KustomizationSourceKind>;
  /** The artifact that the cluster syncs from; undefined if it syncs from Git. */
  readonly sync?: ClusterSync;
  /** The recipients of the cluster's secrets, and how the cluster decrypts them. */
  readonly sops?: ClusterSops;
  /** How Flux is installed. */
  readonly bootstrap?: ClusterBootstrap;
  /** Whether Flux is locked down. */
  readonly lockDown: boolean;
  /** How its Flux objects are distributed among the controllers. */
  readonly sharding?: ClusterSharding;
  /** How the repository is split into artifacts. */
  readonly artifacts?: ArtifactSplit;
  /** The variables that it defines, by name. */
  readonly variables: Readonly<Record<string, string | number | boolean>>;
  /** The ConfigMaps and Secrets with the values of other variables. */
  readonly variablesFrom: readonly SubstituteReference[];

  private readonly givenPath: string;
  private instance?: OperatedFlux;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    const checked = checkArguments('Cluster', scope, id, props);
    const { path, directory: given, namespace = FLUX_NAMESPACE, labels } = checked.props;
    super(scope, id, { namespace, labels: { ...labels } });
    Object.defineProperty(this, CLUSTER, { value: true });
    requireGitOpsApp(this);
    rememberSource(this);
    watchSources(this);
    reportProblems(this, checked);
    this.entryPath = pathOf(this, path, `invalid/${id}`);
    const usual = defaultDirectory(this.entryPath, id);
    this.directory = given === undefined ? usual : pathOf(this, given, usual);
    this.layers = this.layerFolders(checked.props.layers ?? {});
    this.sops = checked.props.sops;
    this.bootstrap = checked.props.bootstrap;
    this.lockDown = checked.props.lockDown ?? false;
    this.sharding = this.shardingOf(checked.props.sharding);
    this.artifacts = checked.props.artifacts;
    this.givenPath = path;
    this.variables = checked.props.variables ?? {};
    this.variablesFrom = checked.props.variablesFrom ?? [];
    for (const found of variableProblems(this.variables)) report(this, found);
    this.sync = checked.props.sync;
    this.sourceRef = checked.props.sourceRef ?? usualSource(this.sync);
    const directory: { -readonly [Name in keyof Directory]?: Directory[Name] } = {
      construct: this,
      path: this.entryPath,
      variables: { values: this.variables, from: this.variablesFrom },
      lockDown: this.lockDown,
      sharding: this.sharding && shardPolicy(this.sharding),
    };
    directory.cluster = directory as Directory;
    defineDirectory(this, directory as Directory);
    for (const folder of this.folders) if (isBelow(folder, this.entryPath)) this.reportFolder(folder);
    if (this.sync) makeSync(this, this.entryPath, this.sync);
    for (const found of syncConflicts(checked.props)) report(this, found);
  }

  /** The folders that contain the directories of the FluxApps, relative to the root of the repository. */
  get folders(): readonly string[] {
    return [this.directory, ...Object.values(this.layers)];
  }

  /**
   * The controllers that Flux has according to `bootstrap` or the `FluxInstance`.
   *
   * @internal
   */
  get components(): ReadonlySet<FluxComponent> {
    return new Set(this.instance?.components ?? declaredComponents(this.bootstrap));
  }

  /**
   * Whether the Flux Operator installs Flux, from a `FluxInstance`.
   *
   * @internal
   */
  get isOperated(): boolean {
    return this.instance !== undefined;
  }

  /**
   * Records that the Flux Operator installs Flux from an object.
   *
   * @internal
   */
  useOperator(instance: OperatedFlux): void {
    this.instance = instance;
  }

  /**
   * The command lines that install Flux in the cluster, with the controllers and the key that its objects need:
   * `flux bootstrap github --owner=... `; with `sync`, `flux install` and `kubectl apply`; with a `FluxInstance`, those of the
   * Flux Operator. `cdk8s-flux bootstrap` prints them.
   *
   * @see https://fluxcd.io/flux/cmd/flux_bootstrap/
   */
  bootstrapCommand(): string {
    if (this.instance) return operatorCommands(this.instance);
    const needs = needsOf(this).get(this) as Needs;
    if (this.sync) return installCommands(this.entryPath, this.bootstrap ?? {}, needs, this.lockDown);
    return bootstrapCommand(this.givenPath, this.bootstrap ?? {}, needs);
  }

  /**
   * The content that `flux-system/kustomization.yaml` in the entry path must have before you install Flux: the patches
   * for the lock-down and for the shards. Undefined if Flux needs no such file.
   *
   * @see https://fluxcd.io/flux/installation/configuration/bootstrap-customization/
   */
  bootstrapKustomization(): string | undefined {
    return this.bootstrapFiles()[`${BOOTSTRAP_FOLDER}/kustomization.yaml`];
  }

  /**
   * The files that Flux needs in addition to those of `flux bootstrap`, by their path relative to the entry path:
   * `bootstrapKustomization`, and a kustomization for the controllers of each shard.
   * `cdk8s-flux bootstrap --kustomization` prints them. Empty if Flux needs none.
   */
  bootstrapFiles(): Readonly<Record<string, string>> {
    return this.isOperated ? {} : bootstrapFiles({ lockDown: this.lockDown, sharding: this.sharding });
  }

  /**
   * A variable for the objects of the cluster's FluxApps: one of `variables`, or one from `variablesFrom`.
   *
   * @param name - the name
   * @param type - the type of its value
   */
  variable(name: string, type?: 'string'): Variable<string>;
  variable(name: string, type: 'number'): Variable<number>;
  variable(name: string, type: 'boolean'): Variable<boolean>;
  variable(name: string, type: 'string' | 'number' | 'boolean' = 'string'): Variable {
    return Variable[type](name);
  }

  private layerFolders(given: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const folders = Object.entries(given).flatMap(([layer, path]) => {
      const usual = joinPath(this.directory, layer);
      const hint = `set the folder from the root of the repository, for example ${JSON.stringify(`./${usual}`)}`;
      return requireText(this, `layers.${layer}`, path, hint) ? [[layer, pathOf(this, path, usual)]] : [];
    });
    return Object.fromEntries(folders) as Readonly<Record<string, string>>;
  }

  private shardingOf(given: ClusterSharding | undefined): ClusterSharding | undefined {
    if (given === undefined) return undefined;
    reportInvalid(this, shardProblems(given));
    return validSharding(given);
  }

  private reportFolder(folder: string): void {
    report(this, {
      code: 'directory-in-entry-path',
      message: `the FluxApps' folder ${JSON.stringify(folder)} is inside the entry path ${JSON.stringify(
        this.entryPath,
      )}, where Flux applies everything`,
      hint:
        this.entryPath === ''
          ? 'give the cluster a folder as its path, for example path: "./clusters/home"'
          : `set a directory beside it, for example directory: ${JSON.stringify(directoryBeside(this.entryPath, this.node.id))}`,
    });
  }

  /** Names objects after their ids below the cluster, without a hash. */
  override generateObjectName(apiObject: ApiObject): string {
    return relativeName(apiObject, this);
  }

  /**
   * The objects that synth writes directly into the entry path, in order.
   *
   * @throws FindingsError with all problems of these objects
   */
  override toJson(): ManifestObject[] {
    return chartObjects(this);
  }
}

/** The source of a cluster with the name that Flux gives the first one. */
function usualSource(sync: ClusterSync | undefined): ObjectReference<KustomizationSourceKind> {
  return (sync ? OCIRepository : GitRepository).fromName(BOOTSTRAP_NAME, FLUX_NAMESPACE);
}

/** The cluster that a construct is in; `undefined` when it is in none. */
export function clusterAround(construct: IConstruct): Cluster | undefined {
  const cluster = enclosingDirectory(construct)?.cluster?.construct;
  return Cluster.isCluster(cluster) ? cluster : undefined;
}

/** A folder of the cluster's own that is not inside the entry path. */
function defaultDirectory(entryPath: string, id: string): string {
  const around = directoryOf(entryPath);
  const first = entryPath.split('/')[0] as string;
  if (basename(entryPath) === 'flux') return around;
  const usual = joinPath(first, id);
  return isBelow(usual, entryPath) ? directoryBeside(entryPath, id) : usual;
}

/** `apps/<id>` beside `clusters/`, in which people expect only entry paths, otherwise beside the entry path. */
function directoryBeside(entryPath: string, id: string): string {
  const around = directoryOf(entryPath);
  const base = basename(around) === 'clusters' ? directoryOf(around) : around;
  const beside = joinPath(base, 'apps', id);
  return isBelow(beside, entryPath) ? joinPath(base, 'flux-apps', id) : beside;
}

function missing(construct: IConstruct): never {
  fail({
    code: 'cluster-missing',
    message: `${JSON.stringify(construct.node.path)} is not in a Cluster`,
    hint: "create it in one: new FluxApp(new Cluster(app, 'home', { path: './cluster-resources/flux' }), ...)",
    locations: [{ constructPath: construct.node.path }],
  });
}
