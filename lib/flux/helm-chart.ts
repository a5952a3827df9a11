import type { Construct } from 'constructs';
import { fluxType } from '../kinds/flux-kinds';
import type { Spelled } from './choice';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import type { HelmChartFields } from './generated/helm-chart';
import { referenceTo, type LocalReference, type ObjectReference } from './references/reference';

/** Only charts of a HelmRepository can be verified. */
export type ChartVerification =
  | { readonly verify?: never }
  | {
      readonly sourceRef: LocalReference<Spelled<HelmChartFields['sourceRef']['kind'], 'HelmRepository'>>;
    };

/**
 * The props of a `HelmChart`: every field of its spec, with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/source/helmcharts/
 */
export type HelmChartProps = FluxObjectProps & HelmChartFields & ChartVerification;

/**
 * A Helm chart that Flux takes from a source and packages.
 *
 * @see https://fluxcd.io/flux/components/source/helmcharts/
 */
export class HelmChart extends FluxObject {
  /**
   * Refers to a HelmChart that your code does not define.
   *
   * @param name - its name
   * @param namespace - its namespace; by default, the namespace of the object that refers to it
   */
  static fromName(name: string, namespace?: string): ObjectReference<'HelmChart'> {
    return referenceTo('HelmChart', name, namespace);
  }

  declare readonly kind: 'HelmChart';

  constructor(scope: Construct, id: string, props: HelmChartProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, metadata, { ...fluxType('HelmChart'), spec });
  }
}
