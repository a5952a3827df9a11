import type { Construct } from 'constructs';
import { fluxType } from '../kinds/flux-kinds';
import type { CommitStatusType, ProviderTypes } from '../schema/provider-types';
import type { Given, Spelled } from './choice';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import type { ProviderFields } from './generated/provider';
import { referenceTo, type ObjectReference } from './references/reference';

/** The fields that a type of Provider needs. */
export type ProviderNeeds<Name extends keyof ProviderTypes> = ProviderTypes[Name]['needs'][number];

/** The fields for a need: an address may also be in the Secret. */
export interface ProviderNeedFields {
  readonly endpoint: Given<ProviderFields, 'address'> | Given<ProviderFields, 'secretRef'>;
  readonly channel: Given<ProviderFields, 'channel'>;
  readonly secretRef: Given<ProviderFields, 'secretRef'>;
}

/** The fields for several needs. */
export type ProviderNeedsGiven<Need extends keyof ProviderNeedFields> = ('endpoint' extends Need
  ? ProviderNeedFields['endpoint']
  : unknown) &
  ('channel' extends Need ? ProviderNeedFields['channel'] : unknown) &
  ('secretRef' extends Need ? ProviderNeedFields['secretRef'] : unknown);

/** The fields that each type of Provider needs, and whether it sets the status of commits. */
export type ProviderTypeChoice = {
  [Name in keyof ProviderTypes]: {
    readonly type: Spelled<ProviderFields['type'], Name>;
  } & ProviderNeedsGiven<ProviderNeeds<Name>> &
    (Name extends CommitStatusType ? unknown : { readonly commitStatusExpr?: never });
}[keyof ProviderTypes];

/**
 * The props of a `Provider`: every field of its spec, with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/
 */
export type ProviderProps = FluxObjectProps & ProviderFields & ProviderTypeChoice;

/**
 * Where Flux sends alerts: a chat, an incident service, or the commit status of a Git host.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/
 */
export class Provider extends FluxObject {
  /**
   * Refers to a Provider that your code does not define.
   *
   * @param name - its name
   * @param namespace - its namespace; by default, the namespace of the object that refers to it
   */
  static fromName(name: string, namespace?: string): ObjectReference<'Provider'> {
    return referenceTo('Provider', name, namespace);
  }

  declare readonly kind: 'Provider';

  constructor(scope: Construct, id: string, props: ProviderProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, metadata, { ...fluxType('Provider'), spec });
  }
}
