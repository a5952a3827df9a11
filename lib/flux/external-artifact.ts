import type { Construct } from 'constructs';
import { fluxType } from '../kinds/flux-kinds';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import type { ExternalArtifactFields } from './generated/external-artifact';
import { referenceTo, type ObjectReference } from './references/reference';

/**
 * The props of an `ExternalArtifact`: every field of its spec, with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/source/externalartifacts/
 */
export interface ExternalArtifactProps extends FluxObjectProps, ExternalArtifactFields {}

/**
 * An artifact that a controller outside Flux produces.
 *
 * @see https://fluxcd.io/flux/components/source/externalartifacts/
 */
export class ExternalArtifact extends FluxObject {
  /**
   * Refers to an ExternalArtifact that your code does not define.
   *
   * @param name - its name
   * @param namespace - its namespace; by default, the namespace of the object that refers to it
   */
  static fromName(name: string, namespace?: string): ObjectReference<'ExternalArtifact'> {
    return referenceTo('ExternalArtifact', name, namespace);
  }

  declare readonly kind: 'ExternalArtifact';

  constructor(scope: Construct, id: string, props: ExternalArtifactProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, metadata, { ...fluxType('ExternalArtifact'), spec });
  }
}
