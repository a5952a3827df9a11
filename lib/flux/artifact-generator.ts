import type { Construct } from 'constructs';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import type { ArtifactGeneratorFields } from './generated/artifact-generator';

/**
 * What an `ArtifactGenerator` is made of: every field of its spec, under Flux's own names.
 *
 * @see https://fluxcd.io/flux/components/source/artifactgenerators/
 */
export interface ArtifactGeneratorProps extends FluxObjectProps, ArtifactGeneratorFields {}

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
