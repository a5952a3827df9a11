import { comparableText } from '../../plain/comparable-text';
import { addToGroup } from '../../plain/group-by';
import type { GraphNode } from '../../graph/graph';
import { isKustomizationFile } from '../../graph/sources/folder-listing';
import type { Change, FieldChange } from '../change';
import { changeOf } from './change-of';
import type { ClusterComparison } from './cluster-comparison';
import { isNeverApplied, type OwnedObject } from './cluster-state';
import { nameOf } from '../../findings/object-name';
import type { Removals } from './removal';

/** An object that became another one: its name or its namespace changed. */
export interface Replacement {
  /** The object that the base alone has. */
  readonly before: OwnedObject;
  /** The object that the head alone has. */
  readonly after: OwnedObject;
  /** Whether the name ends in a hash of the content, so that each content is an object of its own. */
  readonly isGenerated: boolean;
}

/**
 * Finds what became of objects under another name or namespace, among those that one Kustomization applies: the same name
 * in another namespace, the same name with another hash, or the same content, or the same place in the same file.
 */
export function findReplacements(comparison: ClusterComparison, removals: Removals): Replacement[] {
  const { renames, base, head } = comparison;
  const isRenamed = new Set(
    [...renames].flatMap(([former, renamed]) => [
      base.ownObjectOf(base.kustomizations.get(former) as GraphNode),
      head.ownObjectOf(renamed),
    ]),
  );
  // What one template creates for several inputs is in one place, and has the same content.
  const isFree = (object: OwnedObject) => object.maker === undefined && !isRenamed.has(object);
  const gone = comparison.gone.filter(isFree);
  const added = comparison.added.filter(isFree);
  const formerOf = new Map([...renames].map(([former, renamed]) => [renamed.id, former]));
  const groupOf = ({ identity, owners }: OwnedObject, side: 'base' | 'head') => {
    const owner = (owners[0] as GraphNode).id;
    const id = side === 'head' ? (formerOf.get(owner) ?? owner) : owner;
    return JSON.stringify([identity.group, identity.kind, id]);
  };
  const free = new Map<string, OwnedObject[]>();
  for (const object of added) addToGroup(free, groupOf(object, 'head'), object);
  const taken = new Set<OwnedObject>();
  const found = new Map<OwnedObject, Replacement>();
  for (const test of TESTS) {
    const index = new Map<string, OwnedObject[]>();
    for (const [group, objects] of free) {
      for (const object of objects) {
        const key = taken.has(object) ? undefined : test.keyOf(object);
        if (key !== undefined) addToGroup(index, `${group} ${key}`, object);
      }
    }
    for (const before of gone) {
      const key = found.has(before) ? undefined : test.keyOf(before);
      const candidates = key === undefined ? [] : (index.get(`${groupOf(before, 'base')} ${key}`) ?? []);
      const after = candidates.find((one) => !taken.has(one));
      if (!after || removals.of(before).fate !== 'deleted') continue;
      taken.add(after);
      found.set(before, { before, after, isGenerated: test.isGenerated });
    }
  }
  return [...found.values()];
}

/** Ways to recognize that two objects are the same, the most certain first. */
const TESTS: readonly {
  readonly keyOf: (object: OwnedObject) => string | undefined;
  readonly isGenerated: boolean;
}[] = [
  { keyOf: ({ identity: { name } }) => name, isGenerated: false },
  { keyOf: hashedName, isGenerated: true },
  { keyOf: contentOf, isGenerated: false },
  { keyOf: placeOf, isGenerated: false },
];

/** The file and the line, unless it is the kustomization file of a generator. */
function placeOf({ location: { file = '', line } }: OwnedObject): string | undefined {
  return isKustomizationFile(file) ? undefined : JSON.stringify([file, line]);
}

/** The name and the namespace, without the hash that kustomize's generators add. */
function hashedName({ identity: { kind, namespace, name } }: OwnedObject): string | undefined {
  if (kind !== 'ConfigMap' && kind !== 'Secret') return undefined;
  const start = /^(.+)-[2456789bcdfghkmt]{10}$/.exec(name)?.[1];
  return start === undefined ? undefined : JSON.stringify([namespace, start]);
}

/** Everything except the metadata, as text; `undefined` if that is almost nothing. */
function contentOf({ object }: OwnedObject): string | undefined {
  const { metadata: _metadata, ...rest } = object;
  const text = comparableText(sorted(rest));
  return text.length < 100 ? undefined : text;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** What replacements do to the cluster; those with a hash in their names are told by their content. */
export function replacedObjects(replacements: readonly Replacement[]): Change[] {
  return replacements
    .filter(({ isGenerated }) => !isGenerated)
    .map(({ before, after }) => {
      const fields = metadataChanges(before, after);
      if (isNeverApplied(after)) return changeOf(after, { ...LOST_NAMESPACE, fields });
      const what = before.identity.name === after.identity.name ? 'namespace' : 'name';
      const [old, renewed] = [nameOf(before.identity), nameOf(after.identity)];
      // Objects that move to one namespace together are reported together.
      const message =
        what === 'namespace'
          ? 'its namespace changes: Flux creates it in the new namespace, and deletes it in the old one'
          : `its name changes: Flux creates ${renewed} and deletes ${old}`;
      return changeOf(after, {
        class: 'recreated',
        message,
        hint: LOSSES.get(after.identity.kind),
        fields,
      });
    });
}

const LOST_NAMESPACE = {
  class: 'refused',
  message:
    'it has no namespace any more: the Kustomization fails and applies none of its changes, and the old object stays',
  hint: 'set its namespace',
} as const;

/** What is lost with the old object. */
const LOSSES: ReadonlyMap<string, string> = new Map([
  ['Namespace', 'move everything out of the old namespace first: it is deleted with the namespace'],
  ['CustomResourceDefinition', 'back up all objects of the old kind first: they are deleted with the CRD'],
  ['PersistentVolumeClaim', 'back up the data, or bind the old volume to the new claim, which is empty'],
  ['StatefulSet', 'back up the data first: the pods get new, empty volumes'],
  ['HelmRelease', 'back up the data of the old release: Helm uninstalls it'],
]);

function metadataChanges({ identity: before }: OwnedObject, { identity: after }: OwnedObject): FieldChange[] {
  return (['name', 'namespace'] as const)
    .filter((key) => before[key] !== after[key])
    .map((key) => ({ path: `metadata.${key}`, before: before[key], after: after[key] }));
}
