import type { Construct } from 'constructs';
import { fluxType } from '../kinds/flux-kinds';
import type { Spelled } from './choice';
import { FluxObject, splitProps, type FluxObjectProps } from './flux-object';
import type { GitRepositoryFields } from './generated/git-repository';
import { referenceTo, type ObjectReference, type SecretReference } from './references/reference';

/** The credentials for a Git repository: what each provider requires and allows. */
export type GitProviderChoice =
  | {
      readonly provider?: Spelled<GitRepositoryFields['provider'], 'generic'>;
      readonly serviceAccountName?: never;
    }
  | { readonly provider: Spelled<GitRepositoryFields['provider'], 'aws' | 'azure'> }
  | {
      readonly provider: Spelled<GitRepositoryFields['provider'], 'github'>;
      /** The Secret of the GitHub App. */
      readonly secretRef: SecretReference;
      readonly serviceAccountName?: never;
    };

/**
 * The props of a `GitRepository`: every field of its spec, with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/
 */
export type GitRepositoryProps = FluxObjectProps & GitRepositoryFields & GitProviderChoice;

/**
 * A Git repository that Flux fetches.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/
 */
export class GitRepository extends FluxObject {
  /**
   * Refers to a GitRepository that your code does not define.
   *
   * @param name - its name
   * @param namespace - its namespace; by default, the namespace of the object that refers to it
   */
  static fromName(name: string, namespace?: string): ObjectReference<'GitRepository'> {
    return referenceTo('GitRepository', name, namespace);
  }

  declare readonly kind: 'GitRepository';

  constructor(scope: Construct, id: string, props: GitRepositoryProps) {
    const [metadata, spec] = splitProps(props);
    super(scope, id, metadata, { ...fluxType('GitRepository'), spec });
  }
}
