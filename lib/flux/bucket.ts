import type { Construct } from 'constructs';
import { fluxType } from '../kinds/flux-kinds';
import type { Spelled, Without } from './choice';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import type { BucketFields, BucketSts } from './generated/bucket';
import { referenceTo, type ObjectReference } from './references/reference';

/** The credentials for a bucket: how each provider gets temporary credentials, and which account it uses. */
export type BucketProviderChoice =
  | {
      readonly provider?: Spelled<BucketFields['provider'], 'generic'>;
      readonly sts?: BucketSts & { readonly provider: Spelled<BucketSts['provider'], 'ldap'> };
      readonly serviceAccountName?: never;
    }
  | (BucketIdentity & {
      readonly provider: Spelled<BucketFields['provider'], 'aws'>;
      readonly sts?: BucketSts & { readonly provider: Spelled<BucketSts['provider'], 'aws'> } & Without<
          'secretRef' | 'certSecretRef'
        >;
    })
  | (BucketIdentity & {
      readonly provider: Spelled<BucketFields['provider'], 'gcp' | 'azure'>;
      readonly sts?: never;
    });

/** A cloud's credentials: in a Secret, or those of a service account. */
/** The credentials for a bucket: a Secret or a service account, not both. */
export type BucketIdentity = Without<'secretRef'> | Without<'serviceAccountName'>;

/**
 * The props of a `Bucket`: every field of its spec, with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/source/buckets/
 */
export type BucketProps = FluxObjectProps & BucketFields & BucketProviderChoice;

/**
 * Objects in an S3-compatible, Google or Azure storage that Flux fetches.
 *
 * @see https://fluxcd.io/flux/components/source/buckets/
 */
export class Bucket extends FluxObject {
  /**
   * Refers to a Bucket that your code does not define.
   *
   * @param name - its name
   * @param namespace - its namespace; by default, the namespace of the object that refers to it
   */
  static fromName(name: string, namespace?: string): ObjectReference<'Bucket'> {
    return referenceTo('Bucket', name, namespace);
  }

  declare readonly kind: 'Bucket';

  constructor(scope: Construct, id: string, props: BucketProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, metadata, { ...fluxType('Bucket'), spec });
  }
}
