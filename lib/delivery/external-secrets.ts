import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../flux/arguments/check-arguments';
import { orderMetadata } from '../flux/order-fields';

const API_VERSION = 'external-secrets.io/v1';

/** What every object of External Secrets can be told. */
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

/** A store: the provider that secrets are taken from, in External Secrets' own words. */
export interface SecretStoreSpec {
  /** The provider, for example `{ vault: { server, path, version, auth } }`. */
  readonly provider: Readonly<Record<string, unknown>>;
  /**
   * Which controller serves the store.
   *
   * @default - any
   */
  readonly controller?: string;
  /**
   * How often the store is checked, in seconds.
   *
   * @default - the controller's own
   */
  readonly refreshInterval?: number;
  /**
   * How failed requests are tried again.
   *
   * @default - the provider's own
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
   * How often the value is taken again, for example `1h`.
   *
   * @default - External Secrets' own
   */
  readonly refreshInterval?: string;
  /**
   * The Secret that is made.
   *
   * @default - one of the same name
   */
  readonly target?: Readonly<Record<string, unknown>>;
  /**
   * The entries of the Secret, and where each comes from.
   *
   * @default - none
   */
  readonly data?: readonly {
    readonly secretKey: string;
    readonly remoteRef: { readonly key: string; readonly property?: string; readonly version?: string };
  }[];
  /**
   * Whole secrets whose entries are taken over.
   *
   * @default - none
   */
  readonly dataFrom?: readonly Readonly<Record<string, unknown>>[];
}

/** An object of External Secrets; its spec is what its author wrote. */
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

  /** Renders the object; it is in no namespace, whatever the chart's is. */
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
 * A Secret that is made from what a store holds.
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
