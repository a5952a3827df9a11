import type { Construct } from 'constructs';
import { fluxType } from '../kinds/flux-kinds';
import type { ChartValues, ValuesFile } from './chart-values';
import { splitProps, type FluxObjectProps } from './flux-object';
import type {
  HelmReleaseFields as GeneratedFields,
  HelmReleaseChart,
  HelmReleaseValuesFrom,
} from './generated/helm-release';
import type { DependencyReference } from './dependencies/orderable';
import { OrderedObject } from './dependencies/ordered-object';
import { platformAccount } from './platform-account';
import { referenceTo, type ObjectReference, type ReferableConstruct } from './references/reference';

/** The kinds of source that contain charts by name. */
export type ChartSourceKind = 'HelmRepository' | 'GitRepository' | 'Bucket';

/** The kinds of object that are a chart themselves. */
export type ChartRefKind = 'OCIRepository' | 'HelmChart' | 'ExternalArtifact';

/** A source of values: a ConfigMap or a Secret, as a construct or by kind and name. */
export type ValuesReference = HelmReleaseValuesFrom | ReferableConstruct;

/** What a HelmRelease can wait for: another HelmRelease, or one that your code does not define, by name. */
export type HelmReleaseDependency = HelmRelease | (DependencyReference & { readonly kind?: 'HelmRelease' });

/** A chart by its name in a source. */
export type ChartTemplate = HelmReleaseChart;

/** Where the chart comes from: exactly one of these. */
export type ChartChoice =
  | {
      /** A chart by its name in a HelmRepository, GitRepository or Bucket. */
      readonly chart: ChartTemplate;
      readonly chartRef?: never;
    }
  | {
      /** An object that is the chart: an OCIRepository, a HelmChart, an ExternalArtifact. */
      readonly chartRef: NonNullable<GeneratedFields['chartRef']>;
      readonly chart?: never;
    };

/** The fields of the spec of a HelmRelease, except its chart, with constructs as references. */
export interface HelmReleaseFields<Values extends object = Record<string, unknown>> extends Omit<
  GeneratedFields,
  'chart' | 'chartRef' | 'dependsOn' | 'values' | 'valuesFrom'
> {
  /**
   * The HelmReleases that must be ready before this one is reconciled.
   *
   * @default - none
   * @see https://fluxcd.io/flux/components/helm/helmreleases/#dependencies
   */
  readonly dependsOn?: readonly HelmReleaseDependency[];
  /**
   * The values of the chart. `null` is kept: it removes a default of the chart.
   *
   * @default - the default values of the chart
   */
  readonly values?: ChartValues<Values>;
  /**
   * The `values.schema.json` of the chart. Synth checks `values` against it. Synth does not download other schemas, so
   * the schema must contain everything that it refers to.
   *
   * @default - synth does not check the values
   * @see https://helm.sh/docs/topics/charts/#schema-files
   */
  readonly valuesSchema?: ValuesFile;
  /**
   * The `values.yaml` of the chart. Synth merges `values` into it before the check, as Helm does. Without it, synth
   * does not report required values that are missing.
   *
   * @default - none
   */
  readonly valuesDefaults?: ValuesFile;
  /**
   * ConfigMaps and Secrets with values; later ones override earlier ones, and `values` overrides all of them.
   *
   * @default - none
   */
  readonly valuesFrom?: readonly ValuesReference[];
}

/**
 * The props of a `HelmRelease`: every field of its spec, with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
export type HelmReleaseProps<Values extends object = Record<string, unknown>> = FluxObjectProps &
  HelmReleaseFields<Values> &
  ChartChoice;

/**
 * Installs a Helm chart and keeps it as declared.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
export class HelmRelease<Values extends object = Record<string, unknown>> extends OrderedObject {
  /**
   * Refers to a HelmRelease that your code does not define.
   *
   * @param name - its name
   * @param namespace - its namespace; by default, the namespace of the object that refers to it
   */
  static fromName(name: string, namespace?: string): ObjectReference<'HelmRelease'> {
    return referenceTo('HelmRelease', name, namespace);
  }

  declare readonly kind: 'HelmRelease';
  /** The schema that synth checks the values against. */
  readonly valuesSchema?: ValuesFile;
  /** The default values of the chart. */
  readonly valuesDefaults?: ValuesFile;

  constructor(scope: Construct, id: string, props: HelmReleaseProps<Values>) {
    const [metadata, { dependsOn, valuesSchema, valuesDefaults, ...spec }] = splitProps(props);
    super(scope, id, metadata, {
      ...fluxType('HelmRelease'),
      spec,
      dependsOn: dependsOn as readonly (Construct | DependencyReference)[],
    });
    this.valuesSchema = valuesSchema;
    this.valuesDefaults = valuesDefaults;
  }

  protected override specification(): object {
    const { dependsOn } = this.order();
    const spec = super.specification();
    const account = platformAccount(this, spec);
    return {
      ...spec,
      ...(account && { serviceAccountName: account }),
      ...(dependsOn.length > 0 && { dependsOn }),
    };
  }
}
