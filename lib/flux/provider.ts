import type { Construct } from 'constructs';
import type { ProviderSpec } from '../../imports/notification.toolkit.fluxcd.io';
import type { Fields } from './fields';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import type { ObjectReference } from './reference';

/**
 * What a `Provider` is made of: every field of its spec, under Flux's own names.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/
 */
export interface ProviderProps extends FluxObjectProps, Fields<ProviderSpec> {}

/**
 * Where alerts go: a chat, an incident service, a Git host’s commit status.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/
 */
export class Provider extends FluxObject {
  /**
   * Refers to a Provider that lives elsewhere.
   *
   * @param name - its name
   * @param namespace - its namespace; by default that of the object which refers to it
   */
  static fromName(name: string, namespace?: string): ObjectReference<'Provider'> {
    return { kind: 'Provider', name, ...(namespace !== undefined && { namespace }) };
  }

  declare readonly kind: 'Provider';

  constructor(scope: Construct, id: string, props: ProviderProps) {
    const [metadata, spec] = splitProps(props);
    super(
      scope,
      id,
      { apiVersion: 'notification.toolkit.fluxcd.io/v1beta3', kind: 'Provider' },
      metadata,
      spec,
    );
  }
}
