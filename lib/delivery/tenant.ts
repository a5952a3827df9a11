import { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../flux/arguments/check-arguments';
import { setStandIn } from '../flux/dependencies/dependable-object';
import { enclosingDirectory, isEntryPath, remoteAround } from '../flux/directory';
import { Kustomization, type KustomizationFields, type KustomizationSourceKind } from '../flux/kustomization';
import type { ObjectReference } from '../flux/references/reference';
import { TENANT_LABEL } from '../kinds/names';
import { report } from '../flux/side-data';
import { toLabel } from '../render/relative-names';
import { clusterAround } from './cluster';
import type { Credentials } from './credentials/credentials';
import { KUSTOMIZATION_DEFAULTS } from './kustomization-defaults';
import { FluxApp } from './flux-app';
import { makeOwnNamespace, makeSharedNamespace, type NamespaceOptions } from './shared-namespace';
import { makeAccess, type TenantRole } from './tenants/tenant-access';
import { makeLimits, type TenantNetworkPolicy } from './tenants/tenant-limits';
import { makeSource, type TenantSource } from './tenants/tenant-source';

/**
 * The props of a `Tenant`: its namespaces and rights, its source, and every field of the Kustomization that applies it,
 * with the same names as in Flux.
 *
 * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
 */
export interface TenantProps extends Omit<
  KustomizationFields,
  'sourceRef' | 'interval' | 'prune' | 'serviceAccountName'
> {
  /**
   * The namespaces of the tenant. The first one contains its source, its account and its Kustomization.
   *
   * @default - one namespace, named after the id
   */
  readonly namespaces?: readonly string[];
  /**
   * Whether to create the namespaces, in the entry path of the cluster, so that Flux creates them before it applies the
   * tenant. Flux keeps them when you remove the tenant; with `{ prune: true }`, it deletes them and everything in them.
   * In a `ManifestDirectory`, synth writes them beside the tenant.
   *
   * @default true
   */
  readonly createNamespaces?: boolean | NamespaceOptions;
  /**
   * More labels for the namespaces, for example those of the pod security standards.
   *
   * @default - only the label that names the tenant
   */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  /**
   * The ServiceAccount that Flux acts as for the tenant. Flux can apply only what the account may do.
   *
   * @default - `<id>-reconciler`
   */
  readonly serviceAccountName?: string;
  /**
   * The role that the account is bound to in each of the namespaces: the name of a ClusterRole, or a role by kind and name.
   *
   * @default 'edit'
   * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
   */
  readonly role?: TenantRole;
  /**
   * The maximum that each namespace may use: the `hard` limits of a ResourceQuota.
   *
   * @default - no limits
   * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
   */
  readonly quota?: Readonly<Record<string, string | number>>;
  /**
   * Whether to allow connections to the tenant's pods only from its own namespaces and from the namespaces in
   * `allowFrom`.
   *
   * @default false
   */
  readonly networkPolicy?: boolean | TenantNetworkPolicy;
  /**
   * Where the tenant's manifests come from: `{ git: { url, ref, interval }, credentials }` or `{ oci: ... }` creates the source
   * in the tenant's namespace.
   */
  readonly source: TenantSource;
  /**
   * The name of the Kustomization, and of the source if that has no other name.
   *
   * @default - the id
   */
  readonly name?: string;
  /**
   * How often Flux applies the tenant's manifests, even if nothing changed.
   *
   * @default '60m'
   */
  readonly interval?: KustomizationFields['interval'];
  /**
   * Whether Flux deletes an object from the cluster when it is removed from the source.
   *
   * @default true
   */
  readonly prune?: boolean;
  /**
   * The namespace for all objects of the tenant.
   *
   * @default - the tenant's namespace, if it has only one; with several, the manifests set it themselves
   */
  readonly targetNamespace?: string;
  /**
   * The folder of the tenant's FluxApp, if the tenant is directly in a Cluster.
   *
   * @default 'tenants'
   */
  readonly layer?: string;
}

/**
 * A team that delivers from its own repository into its own namespaces. It creates the namespaces, a ServiceAccount
 * with its role, optionally a quota and a network policy, the source with its credentials, and the Kustomization that
 * applies the source as that ServiceAccount.
 *
 * In a `Cluster`, it gets its own `FluxApp`; in a `FluxApp`, it is part of that FluxApp. Set `lockDown` of the Cluster
 * to keep tenants from accessing what belongs to others.
 *
 * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
 */
export class Tenant extends Construct {
  /** The namespaces; the first one contains the source and the Kustomization. */
  readonly namespaces: readonly string[];
  /** The ServiceAccount that Flux acts as. */
  readonly serviceAccountName: string;
  /** The FluxApp that was created for the tenant; undefined if the tenant is in another FluxApp. */
  readonly app?: FluxApp;
  /** The source: created here, or the one in the props. */
  readonly source: ObjectReference<KustomizationSourceKind>;
  /** The Secret with the credentials of the source; undefined if none was created. */
  readonly credentials?: Credentials;
  /** The Kustomization that applies the tenant's manifests. */
  readonly kustomization: Kustomization;

  constructor(scope: Construct, id: string, props: TenantProps) {
    const checked = checkArguments('Tenant', scope, id, props);
    super(scope, id);
    reportProblems(this, checked);
    const {
      namespaces,
      createNamespaces = true,
      namespaceLabels,
      serviceAccountName = `${toLabel(id)}-reconciler`,
      role = 'edit',
      quota,
      networkPolicy,
      source,
      name = toLabel(id),
      layer = 'tenants',
      ...fields
    } = checked.props;
    const labels = { [TENANT_LABEL]: toLabel(id) };
    this.namespaces = this.ownNamespaces(namespaces);
    this.serviceAccountName = serviceAccountName;
    if (createNamespaces) this.makeNamespaces(createNamespaces, { ...labels, ...namespaceLabels });
    const directory = enclosingDirectory(this);
    if (directory && isEntryPath(directory)) this.app = new FluxApp(this, id, { layer });
    const holder = (part: string): Construct => (this.app ? new Construct(this.app, part) : this);
    const namespace = this.namespaces[0] as string;
    const access = holder('access');
    makeAccess(access, { account: serviceAccountName, namespaces: this.namespaces, role, labels });
    makeLimits(access, { name, namespaces: this.namespaces, labels, quota, networkPolicy });
    const secretFile = this.app ? 'credentials.yaml' : `${id}-credentials.yaml`;
    const sync = holder('sync');
    const made = makeSource(sync, source, { name, namespace, secretFile });
    [this.source, this.credentials] = [made.source, made.credentials];
    this.kustomization = new Kustomization(sync, 'Kustomization', {
      ...KUSTOMIZATION_DEFAULTS,
      ...(this.namespaces.length === 1 && { targetNamespace: namespace }),
      ...fields,
      name,
      namespace,
      sourceRef: this.source,
      serviceAccountName,
    });
    setStandIn(this, this.app?.kustomization ?? this.kustomization);
  }

  /** The given namespaces, otherwise one that is named after the id. */
  private ownNamespaces(given: readonly string[] | undefined): readonly string[] {
    const usual = toLabel(this.node.id);
    const wanted = [...new Set<unknown>(given ?? [usual])];
    // Without types, the value may be anything.
    const names = wanted.filter((name): name is string => typeof name === 'string' && name !== '');
    if (names.length > 0 && names.length === wanted.length) return names;
    report(this, {
      code: 'namespace-unnamed',
      message:
        names.length === 0
          ? 'got no namespace, but a tenant needs at least one'
          : 'got a namespace that is empty or not a string',
      hint: `set it: namespaces: [${JSON.stringify(usual)}]`,
      field: 'namespaces',
    });
    return names.length > 0 ? names : [usual];
  }

  private makeNamespaces(options: true | NamespaceOptions, labels: Readonly<Record<string, string>>): void {
    const directory = enclosingDirectory(this);
    const cluster = directory && remoteAround(directory) ? undefined : clusterAround(this);
    const chosen = options === true ? {} : options;
    for (const name of this.namespaces) {
      const namespace = cluster
        ? makeSharedNamespace(cluster, name, chosen)
        : makeOwnNamespace(this, name, chosen, `Namespace-${name}`);
      for (const [label, value] of Object.entries(labels)) namespace.metadata.addLabel(label, value);
    }
  }
}
