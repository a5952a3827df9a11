import { pointerOf } from '../plain/json-pointer';
import { sameData } from '../plain/same-data';
import { mergeSchema, type FieldSchema } from '../graph/kustomize/patches/merge-schema';
import { isMap, type PlainMap } from '../plain/plain-data';
import type { ManifestObject } from '../tree/manifest';
import { entriesByKey } from './agree';

/** A strategic merge patch, and the comments of its fields by JSON pointer. */
export interface MergePatch {
  readonly object: PlainMap;
  readonly comments: ReadonlyMap<string, string>;
  /** Whether it sets a list as a whole. */
  readonly setsList: boolean;
}

const NOTHING = Symbol('nothing');

/**
 * The strategic merge patch from one object to another. It may say less than is needed, as for a list without an entry
 * that the other one has: whoever uses it applies it and compares.
 *
 * @param marks - the comments of fields that the patch has to hold even where they do not differ, by JSON pointer
 */
export function mergeDifference(
  from: ManifestObject,
  to: ManifestObject,
  marks: ReadonlyMap<string, string>,
): MergePatch {
  const difference = new MergeDifference(marks);
  const found = difference.of(from, to, mergeSchema(to.apiVersion, to.kind), '');
  const { name, namespace } = to.metadata ?? {};
  const { metadata, ...fields } = isMap(found) ? found : {};
  const identity = { name, ...(namespace !== undefined && { namespace }) };
  const object = {
    apiVersion: to.apiVersion,
    kind: to.kind,
    metadata: isMap(metadata) ? { ...identity, ...metadata } : identity,
    ...fields,
  };
  return { object, comments: difference.comments, setsList: difference.setsList };
}

class MergeDifference {
  readonly comments = new Map<string, string>();
  setsList = false;

  constructor(private readonly marks: ReadonlyMap<string, string>) {}

  of(from: unknown, to: unknown, schema: FieldSchema | undefined, at: string): unknown {
    if (!this.isMarked(at) && sameData(from, to)) return NOTHING;
    if (to === undefined) return null;
    if (isMap(from) && isMap(to)) return this.ofMaps(from, to, schema, at);
    const entries = schema?.mergedBy?.length ? this.ofEntries(from, to, schema, at) : undefined;
    if (entries) return entries;
    if (Array.isArray(to)) this.setsList = true;
    this.keepMarks(at);
    return to;
  }

  private ofMaps(from: PlainMap, to: PlainMap, schema: FieldSchema | undefined, at: string): PlainMap {
    const patch: Record<string, unknown> = {};
    for (const key of new Set([...Object.keys(to), ...Object.keys(from)])) {
      const found = this.of(from[key], to[key], schema?.fields?.[key], `${at}${pointerOf([key])}`);
      if (found !== NOTHING)
        Object.defineProperty(patch, key, { value: found, enumerable: true, writable: true });
    }
    return patch;
  }

  /** kustomize puts the entries that a patch names first, so the patch also names those before a changed entry. */
  private ofEntries(
    from: unknown,
    to: unknown,
    schema: FieldSchema,
    at: string,
  ): readonly PlainMap[] | undefined {
    const fields = schema.mergedBy ?? [];
    const [before, after] = [entriesByKey(from, fields), entriesByKey(to, fields)];
    if (!before || !after || !sameData([...before.keys()], [...after.keys()])) return undefined;
    const entries: PlainMap[] = [];
    let named = 0;
    for (const [key, entry] of after) {
      const found = this.of(
        before.get(key),
        entry,
        { fields: schema.fields ?? {} },
        `${at}/${entries.length}`,
      );
      if (found !== NOTHING) named = entries.length + 1;
      const keys = fields.flatMap((field) => (Object.hasOwn(entry, field) ? [[field, entry[field]]] : []));
      entries.push({ ...(Object.fromEntries(keys) as PlainMap), ...(isMap(found) ? found : {}) });
    }
    return entries.slice(0, named);
  }

  private isMarked(pointer: string): boolean {
    for (const marked of this.marks.keys())
      if (marked === pointer || marked.startsWith(`${pointer}/`)) return true;
    return false;
  }

  /**
   * A field has the same pointer in the patch: in lists with keys, the patch names all entries up to the last changed
   * one.
   */
  private keepMarks(at: string): void {
    for (const [pointer, comment] of this.marks)
      if (pointer === at || pointer.startsWith(`${at}/`)) this.comments.set(pointer, comment);
  }
}
