import { mergeSchema } from '../graph/kustomize/patches/merge-schema';
import { comparableText } from '../plain/comparable-text';
import { pointerKeys } from '../plain/json-pointer';
import { valueAt } from '../plain/plain-data';
import type { ManifestDocument, ManifestObject } from '../tree/manifest';
import { agree } from './agree';
import type { Contents, PlacedDocument } from './contents';
import { marksOf } from './object-patch';

const NAMES = new Set(['name', 'namespace']);

/** An object as some clusters have it, in the order of the clusters. */
interface Variant {
  readonly placed: PlacedDocument;
  weight: number;
}

/**
 * What more than half of some clusters agree on: the objects, and each field of them.
 *
 * @param inherited - what holds where there is no majority: what the folder around has
 */
export function sharedContent(members: readonly Contents[], inherited: Contents): Contents {
  const shared = new Map<string, PlacedDocument>();
  for (const [key, variants] of variantsByKey(members, inherited)) {
    const outer = inherited.get(key);
    const holders = variants.reduce((sum, { weight }) => sum + weight, 0);
    const isHeld = holders * 2 === members.length ? outer !== undefined : holders * 2 > members.length;
    const first = variants[0];
    if (!isHeld || !first) continue;
    const object = agree(
      variants.map(({ placed, weight }) => ({ value: placed.document.object, weight })),
      { total: holders, inherited: outer?.document.object, schema: schemaOf(first.placed) },
    ) as ManifestObject;
    if (isBare(object) && !isBare(first.placed.document.object)) continue;
    shared.set(key, { file: first.placed.file, document: sharedDocument(object, first.placed.document) });
  }
  return shared;
}

/** Whether an object has nothing but its identity. */
function isBare({ metadata, ...fields }: ManifestObject): boolean {
  return Object.keys(fields).length === 2 && Object.keys(metadata ?? {}).every((key) => NAMES.has(key));
}

function schemaOf({ document: { object } }: PlacedDocument): ReturnType<typeof mergeSchema> {
  return mergeSchema(object.apiVersion, object.kind);
}

/** The variants of each object, the most frequent first; of equally frequent ones, that of the first cluster. */
function variantsByKey(members: readonly Contents[], inherited: Contents): Map<string, Variant[]> {
  const byKey = new Map<string, Map<string, Variant>>();
  for (const key of inherited.keys()) byKey.set(key, new Map());
  for (const member of members) {
    for (const [key, placed] of member) {
      const variants = byKey.get(key) ?? new Map<string, Variant>();
      byKey.set(key, variants);
      const text = comparableText(placed.document.object);
      const known = variants.get(text);
      if (known) known.weight += 1;
      else variants.set(text, { placed, weight: 1 });
    }
  }
  return new Map(
    [...byKey].map(([key, variants]) => [key, [...variants.values()].sort((a, b) => b.weight - a.weight)]),
  );
}

/**
 * The shared object, with the layout of the cluster's document as far as it still fits. Marks stay with the clusters.
 */
function sharedDocument(object: ManifestObject, document: ManifestDocument): ManifestDocument {
  const { header, comments, constructPath } = document;
  const marks = marksOf(document);
  const kept = [...(comments ?? [])].filter(
    ([pointer]) => !marks.has(pointer) && at(object, pointer) === at(document.object, pointer),
  );
  return {
    object,
    constructPath,
    ...(header !== undefined && { header }),
    ...(kept.length > 0 && { comments: new Map(kept) }),
  };
}

function at(object: ManifestObject, pointer: string): unknown {
  return valueAt(object, ...pointerKeys(pointer).map((key) => (/^\d+$/.test(key) ? Number(key) : key)));
}
