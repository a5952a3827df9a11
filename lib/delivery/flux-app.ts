import { Chart, type ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../flux/arguments/check-arguments';
import { pathOf } from '../flux/arguments/path-of';
import { FLUX_NAMESPACE } from '../kinds/names';
import { Kustomization, type KustomizationFields } from '../flux/kustomization';
import { namespaceIn } from '../flux/applied-identity';
import { localReference } from '../flux/references/reference';
import { defineDirectory, enclosingDirectory, remoteAround, type Directory } from '../flux/directory';
import type { KustomizeFields } from '../flux/kustomize-fields';
import { report, setFile } from '../flux/side-data';
import { giveShard } from '../flux/sharding';
import { shareSource } from '../flux/source-line';
import { isBelow, joinPath } from '../tree/path';
import type { ManifestObject } from '../tree/manifest';
import { artifactFor } from './artifacts/cluster-artifacts';
import { Cluster } from './cluster';
import { KUSTOMIZATION_DEFAULTS } from './kustomization-defaults';
import { makeOwnNamespace, makeSharedNamespace, type NamespaceOptions } from './shared-namespace';
import { chartObjects } from '../render/chart-objects';
import { relativeName, toLabel } from '../render/relative-names';

const FLUX_APP = Symbol.for('cdk8s-flux.FluxApp');

/** The name, namespace and file of the Kustomization of a `FluxApp`. */
export interface KustomizationObjectProps {
  /**
   * Its name.
   *
   * @default - the ids of the enclosing FluxApps and of this one, joined by `-`
   */
  readonly name?: string;
  /**
   * Its namespace.
   *
   * @default - the namespace of the Cluster, `flux-system`
   */
  readonly namespace?: string;
  /**
   * The file, in the directory of the parent (the Cluster, or the enclosing FluxApp).
   *
   * @default - `<layer>/<id>.yaml`
   */
  readonly file?: string;
  /**
   * Its labels.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Its annotations.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * The props of a `FluxApp`: where its directory goes, and every field of the Kustomization that applies it, with the
 * same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export interface FluxAppProps extends Partial<
  Omit<KustomizationFields, 'path' | 'interval' | 'retryInterval' | 'timeout' | 'prune' | 'sourceRef'>
> {
  /**
   * A folder that groups apps, such as `services` or `infrastructure`. It is a folder between that of the parent and
   * that of this app, unless `layers` of the Cluster sets another one.
   *
   * @default - none
   */
  readonly layer?: string;
  /**
   * The namespace of the objects inside that do not set one.
   *
   * @default - none; Flux objects without a namespace are in `flux-system`
   */
  readonly namespace?: string;
  /**
   * Whether to create the namespace: `targetNamespace`, the one of `kustomize`, or `namespace`. Synth writes it to the
   * entry path of the cluster, once for all FluxApps that ask for it. So Flux creates it before it applies them, and
   * removing one app never deletes the namespace of another. When you remove the last of them, Flux keeps the
   * namespace; with `{ prune: true }`, it deletes the namespace and everything in it.
   *
   * With `kubeConfig`, in a FluxApp with `kubeConfig`, or with `reconcile: false`, the namespace is written to the
   * directory of the app.
   *
   * @default false
   */
  readonly createNamespace?: boolean | NamespaceOptions;
  /**
   * Labels for all objects inside.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * The content of its `kustomization.yaml` in addition to the list of files: bases, patches, images. With a
   * `ManifestDirectory` in `resources`, the app is an overlay of it.
   *
   * @default - nothing
   */
  readonly kustomize?: KustomizeFields;
  /**
   * Whether Flux applies the directory. If `false`, there is no Kustomization, and you can apply the directory with
   * `kubectl apply -k`.
   *
   * @default true
   */
  readonly reconcile?: boolean;
  /**
   * The shard (see `sharding` of the Cluster) that reconciles the app and the Flux objects in it; `false` for the main
   * controllers. It has no effect without `sharding` of the Cluster.
   *
   * @default - chosen by `sharding` of the Cluster; inside another FluxApp, the shard of that FluxApp
   */
  readonly shard?: string | false;
  /**
   * The name, namespace, file, labels and annotations of the Kustomization object.
   *
   * @default - named after the app
   */
  readonly kustomization?: KustomizationObjectProps;
  /**
   * How often Flux applies the directory, even if nothing changed.
   *
   * @default '60m'
   */
  readonly interval?: KustomizationFields['interval'];
  /**
   * How soon Flux retries a failed reconciliation.
   *
   * @default '2m'
   */
  readonly retryInterval?: KustomizationFields['retryInterval'];
  /**
   * How long Flux may take to apply the directory and wait for its objects.
   *
   * @default '3m'; with `wait`, at least one minute more than the timeouts of the HelmReleases and Kustomizations in
   *   the directory, along their longest chain of `dependsOn`: 6m for a HelmRelease with Flux's own timeout of 5m
   */
  readonly timeout?: KustomizationFields['timeout'];
  /**
   * Whether Flux deletes an object from the cluster when you remove it from the directory.
   *
   * @default true
   */
  readonly prune?: boolean;
  /**
   * The source that contains the directory.
   *
   * @default - the cluster's source of this repository
   */
  readonly sourceRef?: KustomizationFields['sourceRef'];
}

/**
 * A directory of manifests and the Flux Kustomization that applies it.
 *
 * It can contain any construct: constructs of cdk8s-flux, cdk8s-plus and other packages, and ApiObjects. Each direct
 * child becomes a file `<id>.yaml`. The Kustomization is in the directory of the parent: the entry path of the Cluster,
 * or the directory of the FluxApp that contains this one.
 */
export class FluxApp extends Chart {
  /** Whether a value is a `FluxApp`, including one from another copy of this package. */
  static isFluxApp(value: unknown): value is FluxApp {
    return typeof value === 'object' && value !== null && FLUX_APP in value;
  }

  /** The directory, relative to the root of the repository. */
  readonly directory: string;
  /** The folder that groups it with other apps, if any. */
  readonly layer?: string;
  /** The Kustomization that applies the directory; undefined with `reconcile: false`. */
  readonly kustomization?: Kustomization;

  constructor(scope: Construct, id: string, props?: FluxAppProps) {
    const checked = checkArguments('FluxApp', scope, id, props);
    const given = checked.props;
    super(scope, id, { namespace: given.namespace, labels: { ...given.labels } });
    Object.defineProperty(this, FLUX_APP, { value: true });
    const cluster = Cluster.of(this);
    const parent = enclosingDirectory(scope) as Directory;
    const below = pathOf(this, joinPath(given.layer ?? '', id), id);
    this.directory = placeOf(cluster, parent, below);
    this.layer = given.layer;
    giveShard(this, given.shard);
    if (given.reconcile !== false)
      this.kustomization = this.makeKustomization(cluster, parent, `${below}.yaml`, given);
    defineDirectory(this, {
      construct: this,
      parent,
      cluster: parent.cluster,
      path: this.directory,
      kustomization: this.kustomization,
      kustomize: given.kustomize,
      kubeConfig: this.kustomization && given.kubeConfig,
    });
    if (given.createNamespace) this.makeNamespace(cluster, given);
    reportProblems(this, checked);
  }

  private makeNamespace(cluster: Cluster, props: FluxAppProps): void {
    const { createNamespace, targetNamespace, kustomize, reconcile } = props;
    const name = targetNamespace ?? kustomize?.namespace ?? props.namespace;
    if (name === undefined || name === '') {
      report(this, {
        code: 'namespace-unnamed',
        message: 'got createNamespace, but no namespace to create',
        hint: `set it: namespace: ${JSON.stringify(toLabel(this.node.id))}`,
      });
      return;
    }
    const options = typeof createNamespace === 'object' ? createNamespace : {};
    const isElsewhere = remoteAround(enclosingDirectory(this) as Directory);
    if (isElsewhere || reconcile === false) makeOwnNamespace(this, name, options);
    else makeSharedNamespace(cluster, name, options);
  }

  private makeKustomization(
    cluster: Cluster,
    parent: Directory,
    file: string,
    props: FluxAppProps,
  ): Kustomization {
    const {
      layer: _layer,
      namespace: _namespace,
      labels: _labels,
      reconcile: _reconcile,
      createNamespace: _createNamespace,
      kustomize: _kustomize,
      shard: _shard,
      kustomization: object = {},
      sourceRef,
      interval,
      retryInterval,
      timeout,
      prune,
      ...fields
    } = props;
    const outer = parent.kustomization?.name;
    const namespace = object.namespace ?? cluster.namespace ?? FLUX_NAMESPACE;
    shareSource(this, 'Resource');
    const name = object.name ?? [outer, toLabel(this.node.id)].filter(Boolean).join('-');
    const usual = () =>
      localReference(artifactFor(cluster, this, name) ?? cluster.sourceRef, namespaceIn(parent, namespace));
    const kustomization = new Kustomization(this, 'Resource', {
      name,
      namespace,
      labels: object.labels,
      annotations: object.annotations,
      interval: interval ?? KUSTOMIZATION_DEFAULTS.interval,
      retryInterval: retryInterval ?? KUSTOMIZATION_DEFAULTS.retryInterval,
      timeout: timeout ?? KUSTOMIZATION_DEFAULTS.timeout,
      prune: prune ?? KUSTOMIZATION_DEFAULTS.prune,
      sourceRef: sourceRef ?? usual(),
      path: `./${this.directory}`,
      ...fields,
    });
    kustomization.defaultFields = Object.keys(KUSTOMIZATION_DEFAULTS).filter(
      (field) => props[field as keyof typeof KUSTOMIZATION_DEFAULTS] === undefined,
    );
    if (timeout === undefined) kustomization.fitTimeout(KUSTOMIZATION_DEFAULTS.timeout);
    setFile(kustomization, object.file ?? file);
    return kustomization;
  }

  /** Names objects after their ids below the FluxApp, without a hash. */
  override generateObjectName(apiObject: ApiObject): string {
    return relativeName(apiObject, this, apiObject.kind === 'CronJob' ? 52 : undefined);
  }

  /**
   * The objects of the directory, and the Kustomization that applies it, in order.
   *
   * @throws FindingsError with all problems of these objects
   */
  override toJson(): ManifestObject[] {
    return chartObjects(this);
  }
}

/** The directory of an app in a cluster, or in the surrounding FluxApp. */
function placeOf(cluster: Cluster, parent: Directory, below: string): string {
  if (parent.construct !== cluster) return joinPath(parent.path, below);
  const moved = Object.entries(cluster.layers).find(([layer]) => isBelow(below, layer));
  if (!moved) return joinPath(cluster.directory, below);
  const [layer, folder] = moved;
  return joinPath(folder, below.slice(layer.length + 1));
}
