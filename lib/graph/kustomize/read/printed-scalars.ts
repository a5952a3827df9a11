import { FindingsError } from '../../../findings/findings-error';
import { parseDocuments } from '../../../yaml/parse';
import { refold } from '../../../yaml/refold';
import { resolveWithTimestamps } from '../../../yaml/resolve';
import {
  isMap,
  listOf,
  mapList,
  mapOf,
  mapValues,
  withEntry,
  withoutEntries,
  type PlainMap,
} from '../../../plain/plain-data';

/** A document of a file. */
interface Document {
  readonly value: unknown;
  readonly line: number;
}

/** A possible unquoted date. */
const mayBeDate = /(?:^|[-:,[{]\s+|[[{,])\d{4}-\d\d?-\d\d?/m;

/** A possible folded text that has an empty line or one that is indented further. */
const mayBeFolded = /(?:^|\s)>[-+\d]*[ \t]*(?:#.*)?\r?$/m;

/**
 * Documents with those scalars changed that kustomize prints as something other than what stands in the file: unquoted
 * dates become timestamps, folded texts get more line breaks, and values of annotations are the text that they have there.
 */
export function withPrintedScalars(
  documents: readonly Document[],
  text: string,
  file: string,
): readonly Document[] {
  const differs = mayBeDate.test(text) || mayBeFolded.test(text);
  const dated = differs ? reread(text, file, resolveWithTimestamps, documents) : documents;
  return withAnnotationTexts(dated, text, file, true);
}

/**
 * The same, with fields of maps that have no value at all (`key:`) as `undefined`. kustomize prints them as `null`, but
 * drops them where it merges a patch; a `null` that is written out stays.
 */
export function withBlanks(documents: readonly Document[], text: string, file: string): readonly Document[] {
  if (!documents.some(({ value }) => hasNull(value))) return withPrintedScalars(documents, text, file);
  const plain = (scalar: string) => (scalar === '' ? BLANK : resolveWithTimestamps(scalar));
  const marked = reread(text, file, plain, documents).map((document) => ({
    ...document,
    value: unmarked(document.value),
  }));
  return withAnnotationTexts(marked, text, file, false);
}

const BLANK = Symbol('blank');

function hasNull(value: unknown): boolean {
  if (value === null) return true;
  if (typeof value !== 'object') return false;
  return Object.values(value).some(hasNull);
}

function unmarked(value: unknown): unknown {
  if (Array.isArray(value)) return mapList(value, (entry) => (entry === BLANK ? null : unmarked(entry)));
  return isMap(value) ? mapValues(value, (entry) => (entry === BLANK ? undefined : unmarked(entry))) : value;
}

/** Whether a value has a field without a value. */
export function hasBlank(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === undefined;
  return Object.values(value).some(hasBlank);
}

/** A value with `null` in its fields that have none. */
export function withoutBlanks(value: unknown): unknown {
  if (Array.isArray(value)) return mapList(value, withoutBlanks);
  return isMap(value)
    ? mapValues(value, (entry) => (entry === undefined ? null : withoutBlanks(entry)))
    : value;
}

/**
 * @param keepNull - whether a `null` removes a field, as in a patch
 */
function withAnnotationTexts(
  documents: readonly Document[],
  text: string,
  file: string,
  keepNull: boolean,
): readonly Document[] {
  if (!documents.some(({ value }) => hasTypedAnnotation(value)))
    return keepNull ? documents : documents.map(withoutNullAnnotations);
  const texts = reread(text, file, (scalar) => scalar, documents);
  const changed = documents.map(({ value, line }, index) => ({
    value: withTextAnnotations(value, texts[index]?.value, keepNull),
    line,
  }));
  return keepNull ? changed : changed.map(withoutNullAnnotations);
}

function reread(
  text: string,
  file: string,
  plain: (scalar: string) => unknown,
  documents: readonly Document[],
): readonly Document[] {
  try {
    const read = parseDocuments(text, file, { plain, folded: refold });
    const wanted = new Set(documents.map(({ line }) => line));
    const found = read.filter(({ line }) => wanted.has(line));
    return found.length === documents.length ? found : documents;
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    return documents;
  }
}

function hasTypedAnnotation(value: unknown): boolean {
  if (!isMap(value)) return false;
  if (listOf(value.items).some(hasTypedAnnotation)) return true;
  return Object.values(mapOf(mapOf(value.metadata).annotations)).some(
    (entry) => typeof entry !== 'string' || /^\d{4}-\d\d-\d\dT/.test(entry),
  );
}

function withTextAnnotations(value: unknown, text: unknown, keepNull: boolean): unknown {
  if (!isMap(value) || !isMap(text)) return value;
  let changed: PlainMap = value;
  if (Array.isArray(value.items)) {
    const items = value.items.map((item, index) =>
      withTextAnnotations(item, listOf(text.items)[index], keepNull),
    );
    changed = withEntry(changed, 'items', items);
  }
  const metadata = mapOf(value.metadata);
  if (!isMap(metadata.annotations)) return changed;
  const written = mapOf(mapOf(text.metadata).annotations);
  const annotations = Object.fromEntries(
    Object.entries(metadata.annotations).map(([key, entry]) => [
      key,
      keepNull && entry === null ? null : annotationText(entry, written[key]),
    ]),
  );
  return withEntry(changed, 'metadata', withEntry(metadata, 'annotations', annotations));
}

/** kustomize keeps the text of a scalar that is not a string, and nothing of a value that is not a scalar. */
function annotationText(value: unknown, written: unknown): string {
  if (typeof written === 'string') return written;
  return typeof value === 'string' ? value : '';
}

function withoutNullAnnotations(document: Document): Document {
  const metadata = mapOf(mapOf(document.value).metadata);
  const { annotations } = metadata;
  if ((annotations ?? null) !== null || !Object.hasOwn(metadata, 'annotations')) return document;
  return {
    ...document,
    value: withEntry(mapOf(document.value), 'metadata', withoutEntries(metadata, ['annotations'])),
  };
}
