import { nodeId } from '../graph/node-id';
import { nameOf } from '../findings/object-name';
import { HELM_GROUP } from '../kinds/groups';
import { mapOf } from '../plain/plain-data';
import type { FieldChange } from './change';
import { isOfKind, listed } from './changed-fields';
import type { ChangedObject, Claim, ClassifyContext } from './classifier';
import { asText } from '../plain/as-text';

/** What is said of fields for which there is no better class. */
export function plainChange(
  fields: readonly FieldChange[],
  changed: ChangedObject,
  context: ClassifyContext,
): Claim {
  return { class: 'changed', fields, message: messageOf(fields, changed, context) };
}

function messageOf(fields: readonly FieldChange[], changed: ChangedObject, context: ClassifyContext): string {
  const { replaces, after } = changed;
  if (replaces?.isGenerated === true)
    return `its content changes, and with it its name: Flux creates it and deletes ${nameOf(replaces.identity)}`;
  const count = fields.length === 1 ? 'one field' : `${fields.length} fields`;
  if (replaces) return `the new object differs from the old one in ${count}`;
  if (isOfKind(changed, HELM_GROUP, 'HelmRelease') && fields.some(({ path }) => VALUES.test(path)))
    return 'Flux upgrades the release with the new values';
  const releases = releasesWithValuesOf(changed, context);
  if (releases.length > 0) {
    const isOne = releases.length === 1;
    const when = isWatched(after.object.metadata) ? 'at once' : `at ${isOne ? 'its' : 'their'} next interval`;
    return `Flux updates ${count}, and upgrades ${listed(releases)} with the new values ${when}`;
  }
  return scaleText(fields, after.object.kind) ?? `Flux updates ${count} of the object in place`;
}

function scaleText(fields: readonly FieldChange[], kind: string): string | undefined {
  const scale = fields.find(({ path }) => path === 'spec.replicas');
  if (scale === undefined || !SCALED.has(kind)) return undefined;
  const [from, to] = [scale.before ?? 1, scale.after ?? 1];
  const stops = to === 0 ? ': all its pods stop' : '';
  const more = fields.length === 1 ? '' : `, and updates ${listed(othersOf(fields))}`;
  return `Flux scales it from ${asText(from)} to ${asText(to)} pods${stops}${more}`;
}

const VALUES = /^spec\.values(?:From)?(?![\w-])/;
const SCALED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'ReplicaSet']);
const WATCH = 'reconcile.fluxcd.io/watch';

function othersOf(fields: readonly FieldChange[]): string[] {
  return fields.flatMap(({ path }) => (path === 'spec.replicas' ? [] : [path]));
}

/** The HelmReleases that take values from a ConfigMap. */
function releasesWithValuesOf({ identity }: ChangedObject, { head }: ClassifyContext): string[] {
  if (identity.kind !== 'ConfigMap' || !head) return [];
  const id = nodeId(identity);
  return head
    .edges('values-from')
    .filter(({ to }) => to === id)
    .flatMap(({ from }) => {
      const release = head.node(from);
      return release ? [nameOf(release.identity)] : [];
    });
}

/** The helm controller reacts to changes of ConfigMaps with this label immediately. */
function isWatched(metadata: ChangedObject['after']['object']['metadata']): boolean {
  return mapOf(metadata?.labels)[WATCH] === 'Enabled';
}
