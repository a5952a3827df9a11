import { listOf, mapOf, textOf, type PlainMap } from '../../plain/plain-data';
import { isBinding, isRole, RBAC_GROUP, WIDE_ROLES } from '../../rbac/bindings';
import type { ManifestObject } from '../../tree/manifest';
import type { Claim, SideObject } from '../classifier';
import { changedFields, listed } from '../changed-fields';
import type { ChangedObject } from '../classifier';
import { gainedRights, wideRights } from '../../rbac/role-rules';
import { asText } from '../../plain/as-text';

const AGGREGATED = /^rbac\.authorization\.k8s\.io\/aggregate-to-(.+)$/;
/** Groups of people or programs that nobody selected. */
const WIDE_GROUPS = /^system:(?:authenticated|unauthenticated|serviceaccounts(?::.+)?|masters)$/;

/** Rights that a role or binding gives and did not give before. */
export function widenedRoles(changed: ChangedObject): Claim[] {
  const { before, after } = changed;
  if (isRole(after.object)) {
    const gained = [...gainedRights(before.object.rules, after.object.rules), ...gainedLabels(changed)];
    if (gained.length === 0) return [];
    const fields = changedFields(changed, 'rules', 'metadata.labels', 'aggregationRule').filter(
      ({ path }) => !path.startsWith('metadata') || path.includes(`${RBAC_GROUP}/aggregate-to-`),
    );
    const message = `the role gains rights: ${listed(gained)}`;
    return [
      {
        class: 'widened',
        fields,
        message,
        hint: 'check that everyone who is bound to the role may have these rights',
      },
    ];
  }
  if (!isBinding(after.object)) return [];
  const known = new Set(namedSubjects(before.object).map(subjectText));
  const added = namedSubjects(after.object)
    .map(subjectText)
    .filter((subject) => !known.has(subject));
  const [former, role] = [before.object, after.object].map(roleText);
  const parts = [
    ...(added.length > 0 ? [`${listed(added)} gets the rights of ${role}`] : []),
    ...(former === role ? [] : [`it gives the rights of ${role} instead of those of ${former}`]),
  ];
  if (parts.length === 0) return [];
  return [
    {
      class: 'widened',
      fields: changedFields(changed, 'subjects', 'roleRef'),
      message: parts.join(', and '),
      hint: 'check that they may have all rights of the role',
    },
  ];
}

/** What a new role or binding gives that is worth a look. */
export function createdRights({ object }: SideObject): Claim[] {
  const wide = isRole(object) ? wideRights(object.rules) : isBinding(object) ? wideBinding(object) : [];
  if (wide.length === 0) return [];
  return [
    {
      class: 'widened',
      fields: [],
      message: `it gives broad rights: ${listed(wide)}`,
      hint: 'limit the verbs, resources and subjects to the ones that are needed',
    },
  ];
}

function wideBinding(object: ManifestObject): string[] {
  const role = textOf(mapOf(object.roleRef).name) ?? '';
  const subjects = namedSubjects(object);
  const crowd = subjects.filter((subject) => {
    const { kind, name } = subject;
    return (kind === 'Group' && WIDE_GROUPS.test(asText(name))) || name === 'system:anonymous';
  });
  const isWide = WIDE_ROLES.has(role) && mapOf(object.roleRef).kind === 'ClusterRole';
  if (subjects.length === 0) return [];
  if (isWide) return [`${listed(subjects.map(subjectText))} gets the rights of ${roleText(object)}`];
  return crowd.map((subject) => `${subjectText(subject)} gets the rights of ${roleText(object)}`);
}

/** Built-in roles that aggregate the rules of this one. */
function gainedLabels({ before, after }: ChangedObject): string[] {
  const [known, found] = [before, after].map(({ object }) => mapOf(object.metadata?.labels));
  return Object.keys(found ?? {}).flatMap((key) => {
    const [, role] = AGGREGATED.exec(key) ?? [];
    const isGained = role !== undefined && found?.[key] === 'true' && known?.[key] !== 'true';
    return isGained ? [`all its rules become part of ${JSON.stringify(role)}`] : [];
  });
}

/** The subjects of a binding, without entries that the API server refuses because they name nobody. */
function namedSubjects({ subjects }: ManifestObject): PlainMap[] {
  return listOf(subjects)
    .map(mapOf)
    .filter(({ kind, name }) => textOf(kind) !== undefined && textOf(name) !== undefined);
}

function subjectText({ kind, namespace, name }: PlainMap): string {
  return `${asText(kind)} ${[textOf(namespace), asText(name)].filter(Boolean).join('/')}`;
}

function roleText({ roleRef }: ManifestObject): string {
  const { kind, name } = mapOf(roleRef);
  return [kind, name].flatMap((text) => textOf(text) ?? []).join(' ') || 'an unnamed role';
}
