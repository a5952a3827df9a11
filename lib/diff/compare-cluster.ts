import { isDeepStrictEqual } from 'node:util';
import { compareText } from '../plain/compare-text';
import { mapOf } from '../plain/plain-data';
import type { ManifestObject } from '../tree/manifest';
import { CHANGE_CLASSES, type Change, type ClusterDiff, type Uncompared } from './change';
import type { ClassifyContext } from './classifier';
import { createdClaims } from './classes/widened';
import { classifyObject } from './classify';
import { fieldChanges } from './field-changes';
import { impactOf } from './impact';
import { changeOf } from './structure/change-of';
import { ClusterComparison } from './structure/cluster-comparison';
import type { OwnedObject } from './structure/cluster-state';
import { compareWaves } from './compare-waves';
import { createdObjects } from './structure/created';
import { goneObjects } from './structure/gone';
import { qualifiedName } from '../findings/object-name';
import { identityKey } from './structure/identity-key';
import { movedObjects } from './structure/moved';
import { changedGeneratedPaths } from './structure/generated-paths';
import { changedCharts } from './structure/local-charts';
import { changedRemotes } from './structure/remotes';
import { ownerChange } from './structure/owners';
import type { ClusterPair } from './structure/pair-clusters';
import { Removals } from './structure/removal';
import { entryChange } from './structure/entry-change';
import { renamedKustomizations } from './structure/renamed';
import { findReplacements, replacedObjects } from './structure/replaced';
import { Sequence } from './structure/sequence';
import { unlessUnbuilt } from './structure/unbuilt';
import { uncomparedIn } from './uncompared';

/** An object on both sides. */
interface ObjectPair {
  readonly before: OwnedObject;
  readonly after: OwnedObject;
  /** Whether the name ends in a hash of the content. */
  readonly isGenerated?: boolean;
}

/** What happens in a cluster, and what of it files do not show. */
export interface ComparedCluster {
  /** What happens. */
  readonly diff: ClusterDiff;
  /** What files do not show. */
  readonly uncompared: readonly Uncompared[];
}

/** What happens in a cluster that both sides have. */
export function compareCluster(
  pair: Required<ClusterPair>,
  clusterContext: ClassifyContext = {},
): ComparedCluster {
  const comparison = new ClusterComparison(pair);
  const context = { ...clusterContext, renamed: renamedNames(comparison) };
  const entry = entryChange(pair, comparison);
  const removals = new Removals(comparison);
  const replacements = findReplacements(comparison, removals);
  const renamed = renamedPairs(comparison);
  const replaced = [...renamed, ...replacements];
  const gone = new Set(replaced.map(({ before }) => before.key));
  const added = new Set(replaced.map(({ after }) => after.key));
  const found = [
    ...entry,
    ...renamedKustomizations(comparison, removals),
    ...movedObjects(comparison, removals),
    ...replacedObjects(replacements),
    ...goneObjects(comparison, removals, gone),
    ...createdObjects(comparison, added),
    ...changedRemotes(comparison),
    ...changedCharts(comparison, clusterContext),
    ...comparison.added.filter(({ key }) => !added.has(key)).flatMap(createdRights),
    ...[...comparison.kept, ...comparison.kept.flatMap(furtherPairs), ...replaced]
      .flatMap((objects) => changesOf(objects, comparison, context))
      .filter((change) => !entry.some((told) => saysAgain(change, told))),
  ];
  const diff = { name: pair.head.name, ...inOrder(unlessUnbuilt(found, comparison), comparison) };
  const further = changedGeneratedPaths(comparison, clusterContext);
  return { diff, uncompared: uncomparedIn(comparison, diff, further) };
}

/** The changes in order, with their consequences. */
function inOrder(changes: readonly Change[], comparison: ClusterComparison): Omit<ClusterDiff, 'name'> {
  if (changes.length === 0) return { changes, impact: { changed: [], order: [], waiting: [] } };
  const sequence = new Sequence(comparison);
  const sorted = changes.map((change) => sequence.placed(change)).sort(byWeight);
  return { changes: sorted, impact: impactOf(comparison, sorted, sequence) };
}

/** Whether a change is part of another one. */
function saysAgain(change: Change, told: Change): boolean {
  const isOfSame =
    change.class === told.class && isDeepStrictEqual(change.object, told.object) && change.fields.length > 0;
  return isOfSame && change.fields.every(({ path }) => told.fields.some((field) => field.path === path));
}

function renamedNames({ base, renames }: ClusterComparison): ReadonlyMap<string, string> {
  return new Map(
    [...renames].flatMap(([id, { identity }]) => {
      const former = base.kustomizations.get(id);
      return former ? [[qualifiedName(former.identity), qualifiedName(identity)] as const] : [];
    }),
  );
}

/** The objects of renamed Kustomizations. */
function renamedPairs({ base, head, renames }: ClusterComparison): ObjectPair[] {
  return [...renames].flatMap(([id, renamed]) => {
    const former = base.kustomizations.get(id);
    const before = former && base.ownObjectOf(former);
    const after = head.ownObjectOf(renamed);
    return before && after ? [{ before, after }] : [];
  });
}

/** An object as further Kustomizations apply it on both sides, if that differs in another way. */
function furtherPairs({ before, after }: ObjectPair): ObjectPair[] {
  if (!before.others || !after.others) return [];
  const byOwner = new Map(before.others.map((known) => [known.owners[0]?.id, known]));
  return after.others.flatMap((found) => {
    const known = byOwner.get(found.owners[0]?.id);
    const isTold =
      isDeepStrictEqual(known?.object, before.object) && isDeepStrictEqual(found.object, after.object);
    return known && !isTold ? [{ before: known, after: found }] : [];
  });
}

/** What happens to an object whose fields differ. */
function changesOf(
  { before, after, isGenerated = false }: ObjectPair,
  comparison: ClusterComparison,
  context: ClassifyContext,
): Change[] {
  if (before.object === after.object || isDeepStrictEqual(before.object, after.object)) return [];
  const [known, found] = [before.object, after.object].map(withoutOrigin) as [ManifestObject, ManifestObject];
  const isWhole = known === before.object && found === after.object;
  if (!isWhole && isDeepStrictEqual(known, found)) return [];
  const isOther = before.key !== after.key;
  const fields = fieldChanges(known, found).filter(({ path }) => !isOther || !isName(path));
  if (fields.length === 0) return [];
  const [formerOwner, owner] = [before.owners[0], after.owners[0]];
  if (!formerOwner || !owner) return [];
  const move = ownerChange(before, after);
  const suspension = comparison.suspensionOf(owner);
  const changed = {
    identity: after.identity,
    before: { object: known, location: before.location, owner: formerOwner, maker: before.maker },
    after: { object: found, location: after.location, owner, maker: after.maker },
    fields,
    ...(isOther && { replaces: { identity: before.identity, isGenerated } }),
    ...(suspension && { suspension }),
  };
  const claims = classifyObject(changed, context);
  return claims.map((claim) =>
    changeOf(after, { ...claim, ...(move && { formerOwner: qualifiedName(move.former.identity) }) }),
  );
}

/** The rights that a new object grants. */
function createdRights(created: OwnedObject): Change[] {
  const { object, location, owners } = created;
  const [owner] = owners;
  return owner ? createdClaims({ object, location, owner }).map((claim) => changeOf(created, claim)) : [];
}

function isName(path: string): boolean {
  return path === 'metadata.name' || path === 'metadata.namespace';
}

/** Annotations that say from which file an object comes; they change when the file moves. */
const ORIGINS = ['config.kubernetes.io/origin', 'alpha.config.kubernetes.io/transformations'];

function withoutOrigin(object: ManifestObject): ManifestObject {
  const annotations = mapOf(mapOf(object.metadata).annotations);
  if (!ORIGINS.some((key) => Object.hasOwn(annotations, key))) return object;
  const rest = Object.entries(annotations).filter(([key]) => !ORIGINS.includes(key));
  return { ...object, metadata: { ...object.metadata, annotations: Object.fromEntries(rest) } };
}

/** The worst class first, then what Flux does first, then by identity. */
function byWeight(a: Change, b: Change): number {
  return (
    CHANGE_CLASSES.indexOf(a.class) - CHANGE_CLASSES.indexOf(b.class) ||
    compareWaves(a.wave, b.wave) ||
    compareText(a.object ? identityKey(a.object) : '', b.object ? identityKey(b.object) : '')
  );
}
