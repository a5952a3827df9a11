import type { Construct } from 'constructs';
import type { GitRepositorySpec } from '../../imports/source.toolkit.fluxcd.io';
import type { Fields } from './fields';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import type { ObjectReference } from './reference';

/**
 * What a `GitRepository` is made of: every field of its spec, under Flux's own names.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/
 */
export interface GitRepositoryProps extends FluxObjectProps, Fields<GitRepositorySpec> {}

/**
 * A Git repository that Flux fetches.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/
 */
export class GitRepository extends FluxObject {
  /**
   * Refers to a GitRepository that lives elsewhere.
   *
   * @param name - its name
   * @param namespace - its namespace; by default that of the object which refers to it
   */
  static fromName(name: string, namespace?: string): ObjectReference<'GitRepository'> {
    return { kind: 'GitRepository', name, ...(namespace !== undefined && { namespace }) };
  }

  declare readonly kind: 'GitRepository';

  constructor(scope: Construct, id: string, props: GitRepositoryProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository' }, metadata, spec);
  }
}
