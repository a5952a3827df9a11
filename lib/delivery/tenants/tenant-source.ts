import type { Construct } from 'constructs';
import type { OmitEach } from '../../flux/choice';
import { GitRepository, type GitRepositoryProps } from '../../flux/git-repository';
import type { KustomizationSourceKind } from '../../flux/kustomization';
import { OCIRepository, type OCIRepositoryProps } from '../../flux/oci-repository';
import type { ObjectReference, SecretReference } from '../../flux/references/reference';
import type { Credentials } from '../credentials/credentials';
import { GitCredentials, type GitCredentialsProps } from '../credentials/git-credentials';
import { RegistryCredentials, type RegistryCredentialsProps } from '../credentials/registry-credentials';

/** Where the manifests of a tenant come from. */
export type TenantSource =
  | {
      /** A Git repository, created in the tenant's namespace. */
      readonly git: OmitEach<GitRepositoryProps, 'file' | 'namespace'>;
      /**
       * Who fetches it: becomes an encrypted Secret beside the GitRepository, which names it.
       *
       * @default - everyone may, or `git.secretRef` names a Secret that lives elsewhere
       */
      readonly credentials?: OmitEach<GitCredentialsProps, 'file' | 'namespace'>;
    }
  | {
      /** An artifact in a container registry, created in the tenant's namespace. */
      readonly oci: Omit<OCIRepositoryProps, 'file' | 'namespace'>;
      /**
       * Who pulls it: becomes an encrypted Secret beside the OCIRepository, which names it.
       *
       * @default - everyone may, or `oci.secretRef` names a Secret that lives elsewhere
       */
      readonly credentials?: OmitEach<RegistryCredentialsProps, 'file' | 'namespace'>;
    }
  | ObjectReference<KustomizationSourceKind>;

/** A source, and the Secret that was created for it. */
export interface MadeSource {
  readonly source: ObjectReference<KustomizationSourceKind>;
  readonly credentials?: Credentials;
}

/** How what is made for a source is named, and where it goes. */
export interface SourceOwner {
  readonly name: string;
  readonly namespace: string;
  /** The file of the Secret: what is encrypted is a file of its own. */
  readonly secretFile: string;
}

/** Creates the source of a tenant in its namespace, with the Secret that Flux uses to fetch it. */
export function makeSource(scope: Construct, given: TenantSource, owner: SourceOwner): MadeSource {
  const { name, namespace, secretFile } = owner;
  const own = { name: `${name}-credentials`, namespace, file: secretFile };
  if ('git' in given) {
    const credentials =
      given.credentials &&
      new GitCredentials(scope, 'Credentials', { ...own, ...given.credentials, ...fixed(own) });
    const secretRef = secretOf(given.git, credentials);
    const source = new GitRepository(scope, 'Source', { name, ...given.git, ...secretRef, namespace });
    return { source, credentials };
  }
  if ('oci' in given) {
    const credentials =
      given.credentials &&
      new RegistryCredentials(scope, 'Credentials', { ...own, ...given.credentials, ...fixed(own) });
    const secretRef = secretOf(given.oci, credentials);
    const source = new OCIRepository(scope, 'Source', { name, ...given.oci, ...secretRef, namespace });
    return { source, credentials };
  }
  return { source: given };
}

/** The Secret that was created for a source, unless its author names another. */
function secretOf(
  { secretRef }: { readonly secretRef?: SecretReference },
  credentials: Credentials | undefined,
): { readonly secretRef: SecretReference } | undefined {
  return credentials && secretRef === undefined ? { secretRef: credentials } : undefined;
}

/** Fields that the author may not set, even if there are no types. */
function fixed({ namespace, file }: { readonly namespace: string; readonly file: string }): {
  readonly namespace: string;
  readonly file: string;
} {
  return { namespace, file };
}
