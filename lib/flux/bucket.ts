import type { Construct } from 'constructs';
import type { BucketSpec } from '../../imports/source.toolkit.fluxcd.io';
import type { Fields } from './fields';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import type { ObjectReference } from './reference';

/**
 * What a `Bucket` is made of: every field of its spec, under Flux's own names.
 *
 * @see https://fluxcd.io/flux/components/source/buckets/
 */
export interface BucketProps extends FluxObjectProps, Fields<BucketSpec> {}

/**
 * Objects in an S3-compatible, Google or Azure storage that Flux fetches.
 *
 * @see https://fluxcd.io/flux/components/source/buckets/
 */
export class Bucket extends FluxObject {
  /**
   * Refers to a Bucket that lives elsewhere.
   *
   * @param name - its name
   * @param namespace - its namespace; by default that of the object which refers to it
   */
  static fromName(name: string, namespace?: string): ObjectReference<'Bucket'> {
    return { kind: 'Bucket', name, ...(namespace !== undefined && { namespace }) };
  }

  declare readonly kind: 'Bucket';

  constructor(scope: Construct, id: string, props: BucketProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'Bucket' }, metadata, spec);
  }
}
