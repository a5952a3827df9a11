import { sameData } from '../plain/same-data';
import { applyJsonPatch, type JsonPatchOperation } from '../graph/kustomize/patches/json-patch';
import { effectiveNamespace, idOfObject } from '../graph/kustomize/resource';
import { StepError } from '../graph/kustomize/step-error';
import { strategicMerge } from '../graph/kustomize/patches/strategic-merge';
import type { PlainMap } from '../plain/plain-data';
import type { ManifestDocument, ManifestObject } from '../tree/manifest';
import { parseDocuments } from '../yaml/parse';
import { printDocuments } from '../yaml/print';
import { jsonDifference } from './json-difference';
import { operationLine } from './operation-line';
import { mergeDifference, type MergePatch } from './merge-difference';
import { escapeRegex } from '../plain/escape-regex';

/**
 * What makes an object of a base into that of an overlay. A patch is in a file of its own where image automation is to find
 * fields of it, and where kustomize, which cuts the line end off a patch that is written out, would change its last text.
 */
export type ObjectPatch =
  | { readonly form: 'merge'; readonly document: ManifestDocument; readonly inFile: boolean }
  | { readonly form: 'json'; readonly operations: string; readonly target: PlainMap };

const MARKER = '$imagepolicy';
/** How many fields are set by one line each. */
const MOST_LINES = 3;

/** The comments by which Flux's image automation finds fields. */
export function marksOf({ comments }: ManifestDocument): ReadonlyMap<string, string> {
  return new Map([...(comments ?? [])].filter(([, comment]) => comment.includes(MARKER)));
}

/**
 * The patch from an object to another one with the same identity: a line for each of a few single fields, else a strategic merge
 * where that says it, else a JSON patch. Each is applied before it counts.
 *
 * @param hasNamesake - whether another object of the directory has the same kind and name
 * @returns `'same'` where nothing is to be said, `undefined` where no patch says it
 */
export function objectPatch(
  from: ManifestObject,
  to: ManifestDocument,
  hasNamesake = false,
): ObjectPatch | 'same' | undefined {
  const marks = marksOf(to);
  if (marks.size === 0 && sameData(from, to.object)) return 'same';
  const short = marks.size === 0 ? shortPatch(from, to.object, hasNamesake) : undefined;
  if (short) return short;
  const merge = mergeDifference(from, to.object, marks);
  const isRight = leadsTo(from, merge.object, to.object);
  if (marks.size > 0) return isRight ? mergePatch(merge, to) : undefined;
  if (isRight && !merge.setsList) return mergePatch(merge, to);
  const json = jsonPatch(from, to.object, hasNamesake);
  if (!isRight) return json;
  const { apiVersion: _version, kind: _kind, metadata: _metadata, ...fields } = merge.object;
  const isShort = json && json.operations.length * 2 < printDocuments([{ object: fields }]).length;
  return isShort ? json : mergePatch(merge, to);
}

/** The patch that removes an object. */
export function removal({ apiVersion, kind, metadata }: ManifestObject): ObjectPatch {
  const { name, namespace } = metadata ?? {};
  const identity = { name, ...(namespace !== undefined && { namespace }) };
  return {
    form: 'merge',
    document: { object: { apiVersion, kind, metadata: identity, $patch: 'delete' } },
    inFile: false,
  };
}

function mergePatch({ object, comments }: MergePatch, to: ManifestDocument): ObjectPatch {
  const { constructPath } = to;
  const document = { object: object as unknown as ManifestObject, comments, constructPath };
  return { form: 'merge', document, inFile: comments.size > 0 || endsInBlock(printDocuments([{ object }])) };
}

/** Whether a string would mean something else without its last line end, such as one that ends in a block of lines. */
function endsInBlock(text: string): boolean {
  if (!/[|>][-+\d]*$/m.test(text)) return false;
  const [whole, cut] = [text, text.trimEnd()].map((one) => parseDocuments(one, '').map(({ value }) => value));
  return !sameData(whole, cut);
}

function leadsTo(from: ManifestObject, patch: PlainMap, to: ManifestObject): boolean {
  try {
    return sameData(strategicMerge(from, patch), to);
  } catch (error) {
    if (error instanceof StepError) return false;
    throw error;
  }
}

function operatesTo(
  from: ManifestObject,
  operations: readonly JsonPatchOperation[],
  to: ManifestObject,
): boolean {
  try {
    return sameData(applyJsonPatch(from, operations), to);
  } catch (error) {
    if (error instanceof StepError) return false;
    throw error;
  }
}

type JsonPatch = Extract<ObjectPatch, { form: 'json' }>;

/**
 * The JSON patch that sets a few single fields, one per line: it contains only the object, the fields and the values.
 */
function shortPatch(from: ManifestObject, to: ManifestObject, hasNamesake: boolean): JsonPatch | undefined {
  const operations = jsonDifference(from, to);
  if (operations.length > MOST_LINES) return undefined;
  const lines = operations.map(operationLine);
  if (lines.includes(undefined) || !operatesTo(from, operations, to)) return undefined;
  return { form: 'json', operations: lines.join(''), target: selectorOf(to, hasNamesake) };
}

function jsonPatch(from: ManifestObject, to: ManifestObject, hasNamesake: boolean): JsonPatch | undefined {
  const operations = jsonDifference(from, to);
  if (!operatesTo(from, operations, to)) return undefined;
  const text = printDocuments([{ object: operations }]);
  // Fields that every object has change nothing.
  const last = { op: 'test', path: '/kind', value: to.kind };
  return {
    form: 'json',
    operations: endsInBlock(text) ? printDocuments([{ object: [...operations, last] }]) : text,
    target: selectorOf(to, hasNamesake),
  };
}

/**
 * The selector of an object, in the form that the author of a patch would write. kustomize reads its values as regular
 * expressions.
 */
function selectorOf(object: ManifestObject, hasNamesake: boolean): PlainMap {
  if (hasNamesake) return exactTargetOf(object);
  return { kind: object.kind, name: escapeRegex(String(object.metadata?.name)) };
}

/** The selector of an object that no other object has: kustomize lets a missing or empty field match anything. */
function exactTargetOf(object: ManifestObject): PlainMap {
  const id = idOfObject(object);
  return {
    group: id.group === '' ? '^$' : escapeRegex(id.group),
    version: escapeRegex(id.version),
    kind: id.kind,
    name: escapeRegex(id.name),
    namespace: escapeRegex(effectiveNamespace(id)),
  };
}
