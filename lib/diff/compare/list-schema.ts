import { mergeSchema, type FieldSchema } from '../../graph/kustomize/patches/merge-schema';
import { HELM_GROUP, KUSTOMIZE_GROUP } from '../../kinds/groups';
import { once } from '../../plain/once';
import { apiGroup, type ManifestObject } from '../../tree/manifest';

/** How the lists of an object are compared. */
export interface ListSchema {
  /**
   * The fields by whose values the entries of a list are told apart.
   *
   * @default - by their names where each has one, else by their contents
   */
  readonly keys?: readonly string[];
  /**
   * What a key field has where an entry leaves it out.
   *
   * @default - nothing
   */
  readonly keyDefaults?: Readonly<Record<string, string>>;
  /**
   * Whether the order of the entries means nothing.
   *
   * @default false
   */
  readonly unordered?: boolean;
  /**
   * Of a map, the fields that one side may leave out and mean the same.
   *
   * @default - none
   */
  readonly implied?: readonly string[];
  /**
   * The fields of the map, or of each entry of the list.
   *
   * @default - nothing is known of them
   */
  readonly fields?: Readonly<Record<string, ListSchema>>;
}

const set: ListSchema = { unordered: true };
const conditions: ListSchema = { fields: { conditions: { keys: ['type'], unordered: true } } };
const PORT_DEFAULTS = { protocol: 'TCP' };

/** The lists of Flux's kinds, and those of built-in kinds that kustomize does not merge. */
const KINDS: ReadonlyMap<string, (object: ManifestObject) => Readonly<Record<string, ListSchema>>> = new Map([
  [`${KUSTOMIZE_GROUP}/Kustomization`, fluxSpec],
  [`${HELM_GROUP}/HelmRelease`, fluxSpec],
  ['/Service', () => serviceSpec],
  ['/ServiceAccount', () => ({ secrets: byName, imagePullSecrets: byName })],
  ['networking.k8s.io/NetworkPolicy', () => policySpec],
  ['rbac.authorization.k8s.io/Role', () => ({ rules: rbacRules })],
  ['rbac.authorization.k8s.io/ClusterRole', () => ({ rules: rbacRules })],
  ['rbac.authorization.k8s.io/RoleBinding', () => ({ subjects: set })],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', () => ({ subjects: set })],
]);

const byName: ListSchema = { keys: ['name'], unordered: true };

const serviceSpec: Readonly<Record<string, ListSchema>> = {
  spec: {
    fields: {
      ports: { keys: ['port', 'protocol'], keyDefaults: PORT_DEFAULTS, unordered: true },
      externalIPs: set,
      loadBalancerSourceRanges: set,
    },
  },
};

const policySpec: Readonly<Record<string, ListSchema>> = {
  spec: {
    fields: {
      policyTypes: set,
      ingress: { ...set, fields: { from: set, ports: set } },
      egress: { ...set, fields: { to: set, ports: set } },
    },
  },
};

const rbacRules: ListSchema = {
  unordered: true,
  fields: Object.fromEntries(
    ['apiGroups', 'resources', 'verbs', 'resourceNames', 'nonResourceURLs'].map((field) => [field, set]),
  ),
};

function fluxSpec({ metadata }: ManifestObject): Readonly<Record<string, ListSchema>> {
  const namespace = typeof metadata?.namespace === 'string' ? metadata.namespace : '';
  const fields = {
    dependsOn: { keys: ['namespace', 'name'], keyDefaults: { namespace }, unordered: true },
    healthChecks: {
      keys: ['apiVersion', 'kind', 'namespace', 'name'],
      keyDefaults: { namespace, apiVersion: '' },
      unordered: true,
    },
  };
  return { spec: { fields } };
}

/** How the lists of an object are compared. */
export function listSchema(object: ManifestObject): ListSchema {
  const group = apiGroup(object.apiVersion);
  const merged = mergeSchema(object.apiVersion, object.kind);
  const own = KINDS.get(`${group}/${object.kind}`)?.(object) ?? {};
  const core = merged === undefined ? {} : (fromMergeSchema(merged).fields ?? {});
  const finalizers: ListSchema = { fields: { finalizers: set } };
  return { fields: { metadata: finalizers, ...core, ...own, status: conditions } };
}

const fromMergeSchema = once(({ mergedBy, fields }: FieldSchema): ListSchema => {
  return {
    ...(mergedBy?.length === 0 && set),
    ...(mergedBy !== undefined &&
      mergedBy.length > 0 && {
        keys: mergedBy,
        ...(mergedBy.includes('protocol') && { keyDefaults: PORT_DEFAULTS }),
      }),
    ...(fields && {
      fields: Object.fromEntries(
        Object.entries(fields).map(([field, schema]) => [field, fromMergeSchema(schema)]),
      ),
    }),
  };
});
