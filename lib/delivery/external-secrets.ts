import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../flux/arguments/check-arguments';
import { orderMetadata } from '../flux/order-fields';

const API_VERSION = 'external-secrets.io/v1';

/** The props of every object of External Secrets. */
export interface ExternalSecretsObjectProps {
  /**
   * The name of the object.
   *
   * @default - the construct ids below the `FluxApp`, joined by `-`
   */
  readonly name?: string;
  /**
   * Labels of the object.
   *
   * @default - only those of the `FluxApp`
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A store: the provider of the secrets, with the same field names as in External Secrets. */
export interface SecretStoreSpec {
  /** The provider, for example `{ vault: { server, path, version, auth } }`. */
  readonly provider: Readonly<Record<string, unknown>>;
  /**
   * The controller that handles the store.
   *
   * @default - any
   */
  readonly controller?: string;
  /**
   * How often External Secrets checks the store, in seconds.
   *
   * @default - the default of the controller
   */
  readonly refreshInterval?: number;
  /**
   * How failed requests are retried.
   *
   * @default - the default of the provider
   */
  readonly retrySettings?: { readonly maxRetries?: number; readonly retryInterval?: string };
}

/** The props of a `ClusterSecretStore`. */
export interface ClusterSecretStoreProps extends ExternalSecretsObjectProps, SecretStoreSpec {}

/** The props of a `SecretStore`. */
export interface SecretStoreProps extends ClusterSecretStoreProps {
  /**
   * The namespace of the store.
   *
   * @default - the chart's namespace
   */
  readonly namespace?: string;
}

/** The props of an `ExternalSecret`. */
export interface ExternalSecretProps extends ExternalSecretsObjectProps {
  /**
   * The namespace of the ExternalSecret, and of the Secret that it makes.
   *
   * @default - the chart's namespace
   */
  readonly namespace?: string;
  /** The store: a construct, or its kind and name. */
  readonly secretStoreRef: { readonly kind: string; readonly name: string };
  /**
   * How often External Secrets reads the values again, for example `1h`.
   *
   * @default - the default of External Secrets
   */
  readonly refreshInterval?: string;
  /**
   * The Secret to create.
   *
   * @default - a Secret with the same name
   */
  readonly target?: Readonly<Record<string, unknown>>;
  /**
   * The entries of the Secret, and the source of each.
   *
   * @default - none
   */
  readonly data?: readonly {
    readonly secretKey: string;
    readonly remoteRef: { readonly key: string; readonly property?: string; readonly version?: string };
  }[];
  /**
   * Whole secrets of the store: all their entries become entries of the Secret.
   *
   * @default - none
   */
  readonly dataFrom?: readonly Readonly<Record<string, unknown>>[];
}

/** An object of External Secrets. Its spec is the same as in the props. */
export class ExternalSecretsObject extends ApiObject {
  constructor(
    scope: Construct,
    id: string,
    kind: string,
    props: ExternalSecretsObjectProps & { namespace?: string },
  ) {
    const { name, namespace, labels, ...spec } = props;
    super(scope, id, {
      apiVersion: API_VERSION,
      kind,
      metadata: {
        ...(name !== undefined && { name }),
        ...(namespace && { namespace }),
        ...(labels && { labels }),
      },
      spec,
    });
  }
}

/**
 * A store for the whole cluster.
 *
 * @see https://external-secrets.io/latest/api/clustersecretstore/
 */
export class ClusterSecretStore extends ExternalSecretsObject {
  constructor(scope: Construct, id: string, props: ClusterSecretStoreProps) {
    const checked = checkArguments('ClusterSecretStore', scope, id, props);
    super(scope, id, 'ClusterSecretStore', checked.props);
    reportProblems(this, checked);
  }

  /** Renders the object without a namespace, because its kind is cluster-scoped. */
  override toJson(): unknown {
    const object = super.toJson() as { metadata: Record<string, unknown> };
    const { namespace: _namespace, ...metadata } = object.metadata;
    return { ...object, metadata: orderMetadata(metadata) };
  }
}

/**
 * A store for one namespace.
 *
 * @see https://external-secrets.io/latest/api/secretstore/
 */
export class SecretStore extends ExternalSecretsObject {
  constructor(scope: Construct, id: string, props: SecretStoreProps) {
    const checked = checkArguments('SecretStore', scope, id, props);
    super(scope, id, 'SecretStore', checked.props);
    reportProblems(this, checked);
  }
}

/**
 * A Secret that External Secrets creates from the values in a store.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
export class ExternalSecret extends ExternalSecretsObject {
  constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    const checked = checkArguments('ExternalSecret', scope, id, props);
    const { kind, name } = checked.props.secretStoreRef;
    super(scope, id, 'ExternalSecret', { ...checked.props, ...{ secretStoreRef: { kind, name } } });
    reportProblems(this, checked);
  }
}
