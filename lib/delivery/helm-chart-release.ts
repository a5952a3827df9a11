import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../flux/arguments/check-arguments';
import type { OmitEach } from '../flux/choice';
import type { BucketProps } from '../flux/bucket';
import type { FluxDuration } from '../flux/duration';
import type { FluxObjectProps } from '../flux/flux-object';
import { chartOf } from '../flux/chart-of';
import { GitRepository, type GitRepositoryProps } from '../flux/git-repository';
import { Bucket } from '../flux/bucket';
import {
  HelmRelease,
  type ChartChoice,
  type ChartRefKind,
  type ChartSourceKind,
  type HelmReleaseFields,
} from '../flux/helm-release';
import { HelmRepository } from '../flux/helm-repository';
import { OCIRepository, type OCIRepositoryProps } from '../flux/oci-repository';
import { namespaceIn } from '../flux/applied-identity';
import { enclosingDirectory } from '../flux/directory';
import type { ObjectReference } from '../flux/references/reference';
import { report, setFile } from '../flux/side-data';
import { giveShard } from '../flux/sharding';
import { setStandIn } from '../flux/dependencies/dependable-object';
import { PROVIDES_ANNOTATION } from '../tree/provides';
import { failurePolicy, type FailurePolicy } from './failure-policy';
import { relativeName } from '../render/relative-names';

/**
 * Where a chart comes from: a URL or props, from which the construct creates the repository, or a repository construct
 * that several releases share.
 */
export type ChartRepository =
  | string
  | { /** A Git repository, made here. */ readonly git: OmitEach<GitRepositoryProps, 'file'> }
  | { /** A bucket, made here. */ readonly bucket: OmitEach<BucketProps, 'file'> }
  | { /** A chart in a container registry, made here. */ readonly oci: Omit<OCIRepositoryProps, 'file'> }
  | ObjectReference<ChartSourceKind | ChartRefKind>;

/** The props of a `HelmChartRelease`: the chart, and every field of its HelmRelease. */
export interface HelmChartReleaseProps<Values extends object = Record<string, unknown>>
  extends Omit<FluxObjectProps, 'labels' | 'annotations'>, Omit<HelmReleaseFields<Values>, 'interval'> {
  /**
   * The chart's name in its repository, or its path in a Git repository or bucket.
   *
   * @default - the repository itself is the chart, for example an OCIRepository
   */
  readonly chart?: string;
  /**
   * The chart's version: an exact version, or a range.
   *
   * @default - the newest version at each reconciliation
   * @see https://github.com/Masterminds/semver#checking-version-constraints
   */
  readonly version?: string;
  /** Where the chart comes from: the URL of a repository (`https://...` or `oci://...`), or a source. */
  readonly repository: ChartRepository;
  /**
   * How often Flux reconciles the release, and the repository if it is created here.
   *
   * @default '60m'
   */
  readonly interval?: FluxDuration;
  /**
   * What Flux does when an install or upgrade fails. `install`, `upgrade` and `rollback` override it field by field.
   *
   * @default - Flux's default: a failed release stays as it is
   */
  readonly onFailure?: FailurePolicy;
  /**
   * What Flux does with the chart's CRDs, at install and at upgrade.
   *
   * @default - Flux's default: it creates them and never changes them
   */
  readonly crds?: 'Skip' | 'Create' | 'CreateReplace';
  /**
   * Whether to create the namespace of the release, in the same directory as the release.
   *
   * @default false
   */
  readonly createNamespace?: boolean;
  /**
   * The API groups whose CRDs the chart installs, for example `cert-manager.io`. The checks of the reconciliation order
   * use them. Synth writes them to the release, as the annotation `cdk8s-flux/provides`.
   *
   * @default - from a table of well-known charts
   */
  readonly provides?: readonly string[];
  /**
   * Whether to write the repository and the release to separate files, `repository.yaml` and `release.yaml`.
   *
   * @default false
   */
  readonly split?: boolean;
  /**
   * The shard (see `sharding` of the Cluster) that reconciles the release and its repository; `false` for the main
   * controllers.
   *
   * @default - the shard of the FluxApp
   */
  readonly shard?: string | false;
}

/**
 * Installs a Helm chart: the repository and the HelmRelease, in one file.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
export class HelmChartRelease<Values extends object = Record<string, unknown>> extends Construct {
  /** The repository: created by this construct, or the one in the props. */
  readonly repository: ObjectReference<ChartSourceKind | ChartRefKind>;
  /** The release. */
  readonly release: HelmRelease<Values>;
  /** The API groups whose CRDs the chart installs. */
  readonly provides: readonly string[];

  constructor(scope: Construct, id: string, props: HelmChartReleaseProps<Values>) {
    const checked = checkArguments('HelmChartRelease', scope, id, props);
    super(scope, id);
    reportProblems(this, checked);
    giveShard(this, checked.props.shard);
    const {
      chart,
      version,
      repository,
      interval = '60m',
      onFailure,
      crds,
      createNamespace,
      provides,
      split,
      shard: _shard,
      ...rest
    } = checked.props;
    const { name: given, namespace, file, install, upgrade, ...fields } = rest;
    const name = given ?? relativeName(this, enclosingDirectory(this)?.construct ?? chartOf(this));
    const policy = onFailure === undefined ? {} : failurePolicy(onFailure);
    const crdPolicy = crds === undefined ? {} : { crds };
    this.provides = provides ?? [];
    if (file !== undefined) setFile(this, file);
    if (createNamespace) this.makeNamespace(namespace);
    this.repository = this.makeRepository(repository, { name, namespace, interval, chart, version });
    this.release = new HelmRelease<Values>(this, 'Release', {
      name,
      namespace,
      interval,
      ...chartChoice(this.repository, chart, version),
      ...withoutEmpty({
        install: { ...policy.install, ...crdPolicy, ...install },
        upgrade: { ...policy.upgrade, ...crdPolicy, ...upgrade },
        rollback: { ...policy.rollback, ...fields.rollback },
      }),
      ...fields,
    });
    // If Helm skips CRDs, they come from elsewhere.
    if (this.provides.length > 0 && crds !== 'Skip') {
      this.release.metadata.addAnnotation(PROVIDES_ANNOTATION, this.provides.join(','));
    }
    setStandIn(this, this.release);
    if (split) this.splitFiles();
    if (chart === undefined && !isChart(this.repository)) this.reportMissingChart();
  }

  private reportMissingChart(): void {
    report(this, {
      code: 'chart-missing',
      message: `got no chart, and a ${this.repository.kind} may have several`,
      hint: "set it: chart: 'podinfo'",
    });
  }

  private makeNamespace(namespace: string | undefined): void {
    const name = namespaceIn(enclosingDirectory(this), namespace ?? chartOf(this).namespace);
    if (name === undefined) return;
    new ApiObject(this, 'Namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
  }

  private makeRepository(given: ChartRepository, own: OwnRepository): HelmChartRelease['repository'] {
    const { name, namespace } = own;
    if (typeof given === 'string') return this.fromUrl(given, own);
    if ('git' in given) return new GitRepository(this, 'Repository', { name, namespace, ...given.git });
    if ('bucket' in given) return new Bucket(this, 'Repository', { name, namespace, ...given.bucket });
    if ('oci' in given) return new OCIRepository(this, 'Repository', { name, namespace, ...given.oci });
    return given;
  }

  /** Flux recommends an OCIRepository for charts in a registry; everything else is a HelmRepository. */
  private fromUrl(
    url: string,
    { name, namespace, interval, chart, version }: OwnRepository,
  ): HelmChartRelease['repository'] {
    if (!url.startsWith('oci://'))
      return new HelmRepository(this, 'Repository', { name, namespace, interval, url });
    const ref = version === undefined ? undefined : isExact(version) ? { tag: version } : { semver: version };
    return new OCIRepository(this, 'Repository', {
      name,
      namespace,
      interval,
      url: chart === undefined ? url : `${url.replace(/\/+$/, '')}/${chart}`,
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
      ...(ref && { ref }),
    });
  }

  private splitFiles(): void {
    if (Construct.isConstruct(this.repository)) setFile(this.repository, 'repository.yaml');
    setFile(this.release, 'release.yaml');
  }
}

/** What a repository that is created here needs to know. */
interface OwnRepository {
  readonly name: string;
  readonly namespace?: string;
  readonly interval: FluxDuration;
  readonly chart?: string;
  readonly version?: string;
}

function chartChoice(
  repository: ObjectReference<ChartSourceKind | ChartRefKind>,
  chart: string | undefined,
  version: string | undefined,
): ChartChoice {
  if (isChart(repository)) return { chartRef: repository };
  const sourceRef = repository as ObjectReference<ChartSourceKind>;
  return { chart: { spec: { chart: chart ?? '', ...(version !== undefined && { version }), sourceRef } } };
}

function isChart(repository: ObjectReference<string>): repository is ObjectReference<ChartRefKind> {
  return ['OCIRepository', 'HelmChart', 'ExternalArtifact'].includes(repository.kind);
}

/** Whether a version names exactly one release. */
function isExact(version: string): boolean {
  return /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.test(version);
}

function withoutEmpty<Fields extends Record<string, object>>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => Object.keys(value).length > 0),
  ) as Partial<Fields>;
}
