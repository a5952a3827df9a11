import type { Construct } from 'constructs';
import type { ArtifactGeneratorSpec } from '../../imports/source.extensions.fluxcd.io';
import type { Fields } from './fields';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';

/**
 * What an `ArtifactGenerator` is made of: every field of its spec, under Flux's own names.
 *
 * @see https://fluxcd.io/flux/components/source/artifactgenerators/
 */
export interface ArtifactGeneratorProps extends FluxObjectProps, Fields<ArtifactGeneratorSpec> {}

/**
 * Composes artifacts from several sources, or takes one apart.
 *
 * @see https://fluxcd.io/flux/components/source/artifactgenerators/
 */
export class ArtifactGenerator extends FluxObject {
  declare readonly kind: 'ArtifactGenerator';

  constructor(scope: Construct, id: string, props: ArtifactGeneratorProps) {
    const [metadata, spec] = splitProps(props);
    super(
      scope,
      id,
      { apiVersion: 'source.extensions.fluxcd.io/v1beta1', kind: 'ArtifactGenerator' },
      metadata,
      spec,
    );
  }
}
