import type { ObjectIdentity } from '../../../findings/finding';
import { didYouMean, isMisspelling } from '../../../findings/nearest-name';
import { compareText } from '../../../plain/compare-text';
import { firstNames } from '../../../plain/first-names';
import { addToGroup } from '../../../plain/group-by';
import { once } from '../../../plain/once';
import { identityOf } from '../../../tree/manifest';
import type { CheckContext } from '../../check-context';
import type { ClusterFacts } from '../cluster-facts';
import { inputHint } from './made-names';
import { namedObjects } from './named-objects';
import { otherKindHint, type ReferringField } from './other-kinds';
import { renamedFrom } from './renamed-objects';
import { unreadFiles, type UnreadFile } from '../files/unread-files';

/** What a reference to a missing object probably means. */
export interface Meant {
  /** Words for a hint. */
  readonly hint: string;
  /** Whether it is hardly anything else, so that nothing out of sight is expected to bring what is missing. */
  readonly isSure: boolean;
  /**
   * Whether it is an object of the same kind and name, in another namespace.
   *
   * @default false
   */
  readonly isNamesake?: boolean;
}

/**
 * The object of a cluster that a reference to a missing object probably means: one of the same kind with the same name
 * in another namespace, otherwise with the most similar name.
 */
function likelyObject(facts: ClusterFacts, wanted: ObjectIdentity): Meant | undefined {
  const same = namedObjects(facts).get(wanted.kind);
  // The same name is the nearest one.
  const near = same?.names.nearest(wanted.name);
  const alike = same?.byName.get(near ?? '') ?? NONE;
  const { first, namespaces, text } = placesOf(alike);
  if (first === undefined) return undefined;
  const isNamesake = near === wanted.name;
  if (isNamesake && namespaces.size > 1) {
    const hint = `namespaces ${text} have it, ${JSON.stringify(wanted.namespace)} does not: set the namespace of the reference, or add it there`;
    return { hint, isSure: true, isNamesake };
  }
  const isSure = isNamesake || isMisspelling(wanted.name, first.name);
  const isHere = namespaces.has(wanted.namespace);
  return { hint: didYouMean(isHere ? first.name : `${first.namespace}/${first.name}`), isSure, isNamesake };
}

const NONE: readonly ObjectIdentity[] = [];

/** Where objects of one kind and name are. Many references may mean them. */
const placesOf = once((alike: readonly ObjectIdentity[]) => {
  const namespaces = new Set(alike.map(({ namespace }) => namespace));
  const names = [...namespaces].map((one) => JSON.stringify(one)).sort(compareText);
  return { first: alike[0], namespaces, text: firstNames(names) };
});

/**
 * What was likely meant: what the build gives another name, else what a file has that nothing reads, else an object of the
 * same name in another namespace or of another kind, else what a ResourceSet would create with one more input, else one of
 * a similar name; often none of these.
 *
 * @param user - what refers to it; without it, objects of other kinds are not considered
 */
export function likelyMeant(
  context: CheckContext,
  cluster: ClusterFacts,
  wanted: ObjectIdentity,
  user?: ReferringField,
): Meant | undefined {
  const renamed = renamedFrom(cluster, wanted)?.identity.name;
  if (renamed !== undefined)
    return { hint: `the build names it ${JSON.stringify(renamed)}: write that name`, isSure: false };
  const [unread] = unreadFilesWith(context, wanted);
  if (unread) return { hint: listHint(unread), isSure: true };
  const meant = likelyObject(cluster, wanted);
  if (meant?.isNamesake) return meant;
  const other = user && otherKindHint(cluster, wanted, user);
  const hint = other ?? (meant?.isSure ? undefined : inputHint(cluster, wanted));
  return hint === undefined ? meant : { hint, isSure: false };
}

/** The files with an object that nothing reads. */
export function unreadFilesWith(context: CheckContext, object: ObjectIdentity): readonly UnreadFile[] {
  return unreadByObject(context).get(objectName(object)) ?? [];
}

/** The files that nothing reads, by the kinds and names of their objects. */
const unreadByObject = once((context: CheckContext): ReadonlyMap<string, readonly UnreadFile[]> => {
  const found = new Map<string, UnreadFile[]>();
  for (const unread of unreadFiles(context)) {
    const objects = unread.file.documents.map(({ object }) => objectName(identityOf(object)));
    for (const object of new Set(objects)) addToGroup(found, object, unread);
  }
  return found;
});

function objectName({ kind, name }: ObjectIdentity): string {
  return `${kind}/${name}`;
}

/** Words for a hint to list a file. */
export function listHint({ file: { path } }: UnreadFile): string {
  return `${JSON.stringify(path)} has it, but no Kustomization reads that file: list it`;
}
