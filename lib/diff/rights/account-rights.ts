import { HELM_GROUP, IMAGE_GROUP, KUSTOMIZE_GROUP, SOURCE_GROUP } from '../../kinds/groups';
import { compareText } from '../../plain/compare-text';
import { listOf, mapOf, textOf, valueAt } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import type { ChangedObject, Claim, ClassifyContext } from '../classifier';
import { changedFields, isOfKind, listed } from '../changed-fields';
import { asText } from '../../plain/as-text';

/** Annotations by which clouds give a ServiceAccount rights in the cloud. */
const CLOUD_ROLES = [
  'eks.amazonaws.com/role-arn',
  'iam.gke.io/gcp-service-account',
  'azure.workload.identity/client-id',
];

/** A ServiceAccount that gets rights in a cloud. */
export function widenedCloudRoles(changed: ChangedObject): Claim[] {
  const { kind, apiVersion } = changed.after.object;
  if (apiVersion !== 'v1' || kind !== 'ServiceAccount') return [];
  const [known, found] = [changed.before, changed.after].map(({ object }) =>
    mapOf(object.metadata?.annotations),
  );
  const keys = CLOUD_ROLES.filter((key) => found?.[key] !== undefined && found[key] !== known?.[key]);
  return keys.map((key) => ({
    class: 'widened',
    fields: changedFields(
      changed,
      'metadata.annotations',
      `metadata.annotations[${JSON.stringify(key)}]`,
    ).filter(({ path }) => path === 'metadata.annotations' || path.includes(key)),
    message: `pods of the ServiceAccount get the rights of ${JSON.stringify(found?.[key])} in the cloud`,
    hint: 'check that the new role has only the rights that the pods need',
  }));
}

/** A Kustomization or HelmRelease that acts with more rights. */
export function widenedAccount(changed: ChangedObject, { base, head }: ClassifyContext): Claim[] {
  const isDelivery =
    isOfKind(changed, KUSTOMIZE_GROUP, 'Kustomization') || isOfKind(changed, HELM_GROUP, 'HelmRelease');
  const fields = isDelivery ? changedFields(changed, 'spec.serviceAccountName') : [];
  const [former, account] = [changed.before, changed.after].map(({ object }) =>
    textOf(mapOf(object.spec).serviceAccountName),
  );
  if (fields.length === 0 || former === undefined || former === account) return [];
  if (account === undefined) {
    const message = `it now uses the rights of Flux's controller, which by default may do anything, instead of those of ServiceAccount ${former}`;
    return [{ class: 'widened', fields, message, hint: 'keep spec.serviceAccountName' }];
  }
  const namespace = textOf(changed.after.object.metadata?.namespace) ?? '';
  const known = new Set(rolesOf(base, namespace, former));
  const gained = known.has(ADMIN) ? [] : rolesOf(head, namespace, account).filter((role) => !known.has(role));
  if (gained.length === 0) return [];
  const message = `it now acts as ServiceAccount ${account}, which has the rights of ${listed(gained)}, instead of ${former}`;
  return [{ class: 'widened', fields, message, hint: 'check that the account needs these rights' }];
}

/** The holder of this role may do anything. */
const ADMIN = 'ClusterRole cluster-admin';

/** The roles that bindings in the tree give an account: each once, with the namespace if a role applies only there. */
function rolesOf(facts: ClassifyContext['head'], namespace: string, name: string): readonly string[] {
  const roles = [...(facts?.objects.values() ?? [])].flat().flatMap(({ object }) => {
    const isForAll = object.kind === 'ClusterRoleBinding';
    if (!isForAll && object.kind !== 'RoleBinding') return [];
    const isBound = listOf(object.subjects)
      .map(mapOf)
      .some(
        (subject) =>
          subject.kind === 'ServiceAccount' && subject.name === name && subject.namespace === namespace,
      );
    const role = mapOf(object.roleRef);
    const place = isForAll ? '' : ` in namespace ${asText(object.metadata?.namespace)}`;
    return isBound ? [`${asText(role.kind)} ${asText(role.name)}${place}`] : [];
  });
  return [...new Set(roles)].sort(compareText);
}

/** References by which an object reaches into another namespace. */
const REFERENCES: readonly (readonly string[])[] = [
  ['spec', 'sourceRef'],
  ['spec', 'chartRef'],
  ['spec', 'chart', 'spec', 'sourceRef'],
  ['spec', 'imageRepositoryRef'],
];
const FLUX = [KUSTOMIZE_GROUP, HELM_GROUP, SOURCE_GROUP, IMAGE_GROUP];

/** A Flux object that refers to another namespace, or that other namespaces may refer to. */
export function widenedReferences(changed: ChangedObject): Claim[] {
  if (!FLUX.includes(changed.identity.group)) return [];
  const crossing = REFERENCES.flatMap((at) => {
    const [former, namespace] = [changed.before, changed.after].map(({ object }) =>
      foreignNamespace(object, at),
    );
    const path = at.join('.');
    const isNew = namespace !== undefined && namespace !== former;
    return isNew ? [{ path, text: `it refers to namespace ${JSON.stringify(namespace)} in ${path}` }] : [];
  });
  const opened = changedFields(changed, 'spec.accessFrom').filter(
    () => listOf(valueAt(changed.after.object.spec, 'accessFrom', 'namespaceSelectors')).length > 0,
  );
  const claims: Claim[] = crossing.map(({ path, text }) => ({
    class: 'widened',
    fields: changedFields(changed, path).filter((field) => !`${field.path}.`.startsWith(`${path}.name.`)),
    message: text,
    hint: 'keep the source in the namespace of the object that uses it: with --no-cross-namespace-refs, Flux refuses the reference',
  }));
  if (opened.length === 0) return claims;
  const message = 'other namespaces may use it: spec.accessFrom changes';
  return [
    ...claims,
    { class: 'widened', fields: opened, message, hint: 'select the namespaces by their labels' },
  ];
}

function foreignNamespace(object: ManifestObject, at: readonly string[]): string | undefined {
  const namespace = textOf(valueAt(object, ...at, 'namespace'));
  return namespace === object.metadata?.namespace ? undefined : namespace;
}
