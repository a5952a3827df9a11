import type { Construct } from 'constructs';
import { fluxNamespace } from '../../flux/flux-object';
import { report } from '../../flux/side-data';
import { SecretValue } from '../../sops/values/secret-value';
import { SopsSecret, type SopsSecretProps } from '../sops-secret';

/** A string that is not secret, such as a user name, or a `SecretValue`. */
export type CredentialText = string | SecretValue;

/** Options of a Secret with credentials. */
export interface CredentialsProps extends Omit<SopsSecretProps, 'values' | 'type' | 'namespace'> {
  /**
   * The namespace of the Secret.
   *
   * @default - the same as for Flux objects: the `namespace` of the `FluxApp`, otherwise `flux-system`
   */
  readonly namespace?: string;
}

/** The entry of a Secret for each name that authors give a value. */
export type EntryTable<Given> = Readonly<Record<keyof Given & string, string>>;

/** The entries of a Secret: what was given, under the names that Flux looks for. */
export function entriesOf<Given extends object>(
  table: EntryTable<Required<Given>>,
  given: Given | undefined,
): Record<string, SecretValue> {
  const entries: Record<string, SecretValue> = {};
  for (const [name, entry] of Object.entries<string>(table)) {
    const value = given?.[name as keyof Given] as CredentialText | undefined;
    if (value !== undefined) entries[entry] = asValue(value);
  }
  return entries;
}

/** What was given as a value. */
export function asValue(text: CredentialText): SecretValue {
  return typeof text === 'string' ? SecretValue.notSecret(text) : text;
}

/** A Secret with the entries that Flux expects; synth encrypts it like every `SopsSecret`. */
export abstract class Credentials extends SopsSecret {
  protected constructor(
    scope: Construct,
    id: string,
    props: CredentialsProps & { readonly type?: string },
    values: Readonly<Record<string, SecretValue>>,
  ) {
    const given = Object.entries(values).filter(([, value]) => value !== undefined);
    const namespace = fluxNamespace(scope, props.namespace);
    const { name, labels, annotations, immutable, revision, recipients, file, type } = props;
    super(scope, id, {
      ...{ name, namespace, labels, annotations, immutable, revision, recipients, file },
      ...(type !== undefined && { type }),
      values: Object.fromEntries(given),
    });
    if (given.length > 0) return;
    report(this, {
      code: 'credentials-missing',
      message: 'got no credentials, so the Secret would be empty',
      hint: 'set one of the kinds of credentials that the construct takes',
    });
  }
}
