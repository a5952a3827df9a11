import { isDeepStrictEqual } from 'node:util';
import { MergeError } from '../graph/kustomize/associative-list';
import { applyJsonPatch, JsonPatchError } from '../graph/kustomize/json-patch';
import { strategicMerge } from '../graph/kustomize/strategic-merge';
import type { PlainMap } from '../plain/plain-data';
import type { ManifestDocument, ManifestObject } from '../tree/manifest';
import { printDocuments } from '../yaml/print';
import { jsonDifference } from './json-difference';
import { mergeDifference, type MergePatch } from './merge-difference';

/** What makes an object of a base into that of an overlay. */
export type ObjectPatch =
  | { readonly form: 'merge'; readonly document: ManifestDocument; readonly isMarked: boolean }
  | { readonly form: 'json'; readonly operations: string; readonly target: PlainMap };

const MARKER = '$imagepolicy';

/** The comments by which Flux's image automation finds fields. */
export function marksOf({ comments }: ManifestDocument): ReadonlyMap<string, string> {
  return new Map([...(comments ?? [])].filter(([, comment]) => comment.includes(MARKER)));
}

/**
 * The patch from an object to another one with the same identity: a strategic merge where that says it, else a JSON
 * patch. Each is applied before it counts.
 *
 * @returns `'same'` where nothing is to be said, `undefined` where no patch says it
 */
export function objectPatch(from: ManifestObject, to: ManifestDocument): ObjectPatch | 'same' | undefined {
  const marks = marksOf(to);
  if (marks.size === 0 && isDeepStrictEqual(from, to.object)) return 'same';
  const merge = mergeDifference(from, to.object, marks);
  const isRight = leadsTo(from, merge.object, to.object);
  if (marks.size > 0) return isRight ? mergePatch(merge, to, true) : undefined;
  if (isRight && !merge.setsList) return mergePatch(merge, to, false);
  const json = jsonPatch(from, to.object);
  if (!isRight) return json;
  const isShort = json && json.operations.length * 2 < printDocuments([{ object: merge.object }]).length;
  return isShort ? json : mergePatch(merge, to, false);
}

/** The patch that removes an object. */
export function removal({ apiVersion, kind, metadata }: ManifestObject): ObjectPatch {
  const { name, namespace } = metadata ?? {};
  const identity = { name, ...(namespace !== undefined && { namespace }) };
  return {
    form: 'merge',
    document: { object: { apiVersion, kind, metadata: identity, $patch: 'delete' } },
    isMarked: false,
  };
}

function mergePatch({ object, comments }: MergePatch, to: ManifestDocument, isMarked: boolean): ObjectPatch {
  const { constructPath } = to;
  return {
    form: 'merge',
    document: { object: object as unknown as ManifestObject, comments, constructPath },
    isMarked,
  };
}

function leadsTo(from: ManifestObject, patch: PlainMap, to: ManifestObject): boolean {
  try {
    return isDeepStrictEqual(strategicMerge(from, patch), to);
  } catch (error) {
    if (error instanceof MergeError) return false;
    throw error;
  }
}

function jsonPatch(
  from: ManifestObject,
  to: ManifestObject,
): Extract<ObjectPatch, { form: 'json' }> | undefined {
  const operations = jsonDifference(from, to);
  try {
    if (!isDeepStrictEqual(applyJsonPatch(from, operations), to)) return undefined;
  } catch (error) {
    if (error instanceof JsonPatchError) return undefined;
    throw error;
  }
  return { form: 'json', operations: printDocuments([{ object: operations }]), target: targetOf(to) };
}

/** The selector of an object, which the author of a patch would write. kustomize takes its texts for regular expressions. */
function targetOf({ kind, metadata }: ManifestObject): PlainMap {
  return {
    kind,
    name: quoted(String(metadata?.name)),
    ...(metadata?.namespace !== undefined && { namespace: quoted(metadata.namespace) }),
  };
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
