import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../flux/arguments/check-arguments';
import { GitRepository } from '../flux/git-repository';
import { HelmRepository } from '../flux/helm-repository';
import { leaveOutWhenEmpty } from '../flux/directory';
import type { KustomizationFields } from '../flux/kustomization';
import { FLUX_NAMESPACE } from '../kinds/names';
import { isMap } from '../plain/plain-data';
import { PROVIDES_ANNOTATION } from '../tree/provides';
import { Cluster } from './cluster';
import { FluxApp, type FluxAppProps } from './flux-app';
import { HelmChartRelease, type ChartRepository, type HelmChartReleaseProps } from './helm-chart-release';
import { RemoteKustomization, type RemoteKustomizationProps } from './remote-kustomization';

/** The props of an `OperatorStack`. */
export interface OperatorStackProps {
  /**
   * A folder that groups apps.
   *
   * @default 'infrastructure'
   */
  readonly layer?: string;
  /**
   * The namespace of the operator.
   *
   * @default - the id
   */
  readonly namespace?: string;
  /**
   * The CRDs, which Flux applies before the operator and never prunes: a path of a source, or your own `FluxApp`.
   *
   * @default - the chart installs its CRDs itself
   */
  readonly crds?:
    | (Omit<RemoteKustomizationProps, 'interval'> & { readonly interval?: KustomizationFields['interval'] })
    | FluxApp;
  /** The operator's chart. If you set `crds`, Flux does not install the chart's own CRDs. */
  readonly release: HelmChartReleaseProps;
  /**
   * More props for the FluxApp of the operator.
   *
   * @default - `wait: true`, so that Flux waits until the operator is ready
   */
  readonly operator?: Omit<FluxAppProps, 'layer'>;
  /**
   * More props for the FluxApp of the operator's resources.
   *
   * @default - Flux retries a failed apply after one minute
   */
  readonly resources?: Omit<FluxAppProps, 'layer'>;
}

/**
 * Installs an operator in an order without races: first its CRDs, then the operator, and, once its webhook works, the
 * resources that it manages.
 *
 * One FluxApp contains the namespace, the repositories and the Kustomizations of all three. The manifests that these
 * Kustomizations apply are in its folders `operator` and `crs`. In a Cluster with `lockDown`, the HelmRelease is in
 * `flux-system`, where it may act as helm-controller, and installs the operator to its namespace; with its own
 * `namespace` or `serviceAccountName`, the repository of its chart is beside it.
 *
 * @see https://external-secrets.io/latest/examples/gitops-using-fluxcd/
 */
export class OperatorStack extends Construct {
  /** The FluxApp that contains the parts. */
  readonly app: FluxApp;
  /** The FluxApp of the operator. */
  readonly operator: FluxApp;
  /** The operator's release. */
  readonly release: HelmChartRelease;
  /** The construct that applies the CRDs; undefined if the chart installs them itself. */
  readonly crds?: RemoteKustomization | FluxApp;

  private readonly props: OperatorStackProps;
  private resourcesApp?: FluxApp;

  constructor(scope: Construct, id: string, props: OperatorStackProps) {
    const checked = checkArguments('OperatorStack', scope, id, props);
    super(scope, id);
    reportProblems(this, checked);
    this.props = checked.props;
    const { layer = 'infrastructure', namespace = id, crds, operator } = checked.props;
    const { provides, ...release } = checked.props.release;
    this.app = new FluxApp(this, id, { layer });
    new ApiObject(this.app, 'namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    const repositories = new Construct(this.app, 'repositories');
    this.crds = crds && this.makeCrds(crds, repositories);
    this.operator = new FluxApp(this.app, 'operator', {
      namespace,
      wait: true,
      kustomization: { file: 'deployment-operator.yaml' },
      ...operator,
    });
    const isPlatform = actsAsPlatform(this, release);
    this.release = new HelmChartRelease(this.operator, 'deployment', {
      name: id,
      ...(this.crds ? { crds: 'Skip' } : { provides }),
      ...(isPlatform && platformRelease(id, namespace)),
      ...release,
      // Locked down, a release cannot use the repository of another namespace.
      ...((isPlatform || release.namespace === FLUX_NAMESPACE || !Cluster.of(this).lockDown) && {
        repository: sharedRepository(release.repository, repositories, id),
      }),
    });
    if (this.crds) this.orderAfterCrds(this.crds, provides);
  }

  /**
   * The FluxApp for the operator's resources. As long as it is empty, it has no directory, and FluxApps that depend on
   * it wait for the operator instead.
   */
  get resources(): FluxApp {
    this.resourcesApp ??= this.makeResources();
    return this.resourcesApp;
  }

  private orderAfterCrds(crds: RemoteKustomization | FluxApp, provides: readonly string[] = []): void {
    const { kustomization } = crds;
    if (provides.length > 0) kustomization?.metadata.addAnnotation(PROVIDES_ANNOTATION, provides.join(','));
    this.operator.kustomization?.waitFor(orderedOf(crds));
  }

  private makeResources(): FluxApp {
    const resources = new FluxApp(this.app, 'crs', {
      retryInterval: '1m',
      kustomization: { file: 'deployment-crs.yaml' },
      ...this.props.resources,
    });
    resources.kustomization?.waitFor(this.operator);
    leaveOutWhenEmpty(resources, this.operator);
    return resources;
  }

  private makeCrds(
    crds: NonNullable<OperatorStackProps['crds']>,
    repositories: Construct,
  ): RemoteKustomization | FluxApp {
    if (FluxApp.isFluxApp(crds)) {
      crds.kustomization?.keepOnRemoval();
      return crds;
    }
    const name = `${this.node.id}-crds`;
    const source =
      isMap(crds.source) && 'git' in crds.source
        ? new GitRepository(repositories, 'crds', { name, ...crds.source.git })
        : crds.source;
    return new RemoteKustomization(this.app, 'crds', {
      name,
      interval: '60m',
      retryInterval: '2m',
      wait: true,
      prune: false,
      file: 'deployment-crds.yaml',
      ...crds,
      source,
    });
  }
}

/** Whether a release has to be in Flux's own namespace to act as an account with rights. */
function actsAsPlatform(
  stack: OperatorStack,
  { namespace, serviceAccountName }: HelmChartReleaseProps,
): boolean {
  return Cluster.of(stack).lockDown && namespace === undefined && serviceAccountName === undefined;
}

/** A release in Flux's own namespace that installs an operator to the operator's. */
function platformRelease(name: string, targetNamespace: string) {
  return { namespace: FLUX_NAMESPACE, targetNamespace, releaseName: name };
}

function orderedOf(crds: RemoteKustomization | FluxApp): Construct {
  return FluxApp.isFluxApp(crds) ? crds : crds.kustomization;
}

/** The repository of charts is beside that of the CRDs; a chart in a registry is its own repository. */
function sharedRepository(given: ChartRepository, repositories: Construct, name: string): ChartRepository {
  if (typeof given !== 'string' || given.startsWith('oci://')) return given;
  return new HelmRepository(repositories, 'charts', { name, interval: '60m', url: given });
}
