import { isFluxGroup } from '../../kinds/groups';
import { isMap, textOf, type PlainMap } from '../../plain/plain-data';
import { apiGroup, type ManifestObject } from '../../tree/manifest';
import { entryPath, keyPath } from './change-path';
import { listSchema, type ListSchema } from './list-schema';
import { pairEntries } from './pair-entries';
import { haveSameMeaning, type Spelling } from './same-meaning';
import { ValueIds } from './value-ids';

/** The keys and positions that lead to a value. */
export type ValuePath = readonly (string | number)[];

/** A value of one side of a difference, and where it stands. */
export interface DifferingValue {
  readonly at: ValuePath;
  readonly value: unknown;
}

/** Two values that differ. */
export interface Difference {
  /** The path for people: entries of lists are named by their keys. */
  readonly path: string;
  /** @default - only the later object has it */
  readonly before?: DifferingValue;
  /** @default - only the earlier object has it */
  readonly after?: DifferingValue;
}

/** How many differences are told of one object before they are told in less detail. */
export const MAX_DIFFERENCES = 1_000;

/** The differences of two objects, in the order of their paths. Costs grow with the size of the objects. */
export function differences(before: ManifestObject, after: ManifestObject): Difference[] {
  const comparison = new Comparison(before, after);
  let found: Difference[] = [];
  for (const depth of [Infinity, 4, 2, 1]) {
    found = comparison.run(depth);
    if (found.length <= MAX_DIFFERENCES) break;
  }
  return found.slice(0, MAX_DIFFERENCES).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

class Comparison {
  private readonly ids = new ValueIds();
  private readonly spelling: Spelling;
  private found: Difference[] = [];
  private depth = Infinity;

  constructor(
    private readonly before: ManifestObject,
    private readonly after: ManifestObject,
  ) {
    this.spelling = spellingOf(after);
  }

  /**
   * @param depth - below how many keys differences are no longer distinguished
   */
  run(depth: number): Difference[] {
    this.found = [];
    this.depth = depth;
    const schema = listSchema(this.after);
    this.compare('', { at: [], value: this.before }, { at: [], value: this.after }, schema);
    return this.found;
  }

  private compare(path: string, before: DifferingValue, after: DifferingValue, schema: ListSchema): void {
    if (this.found.length > MAX_DIFFERENCES || this.ids.of(before.value) === this.ids.of(after.value)) return;
    const isDeep = before.at.length >= this.depth;
    if (!isDeep && isMap(before.value) && isMap(after.value)) {
      this.compareMaps(path, { ...before, value: before.value }, { ...after, value: after.value }, schema);
    } else if (!isDeep && Array.isArray(before.value) && Array.isArray(after.value)) {
      this.compareLists(path, { ...before, value: before.value }, { ...after, value: after.value }, schema);
    } else this.add(path, before, after);
  }

  private compareMaps(
    path: string,
    before: DifferingValue & { readonly value: PlainMap },
    after: DifferingValue & { readonly value: PlainMap },
    { fields = {}, implied = [] }: ListSchema,
  ): void {
    const keys = new Set([...Object.keys(before.value), ...Object.keys(after.value)]);
    for (const key of keys) {
      const inner = keyPath(path, key);
      const [known, found] = [before, after].map(({ at, value }) =>
        Object.hasOwn(value, key) ? { at: [...at, key], value: value[key] } : undefined,
      );
      const schema = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (known && found) this.compare(inner, known, found, schema ?? {});
      else if (!implied.includes(key)) this.add(inner, known, found);
    }
  }

  private compareLists(
    path: string,
    before: DifferingValue & { readonly value: readonly unknown[] },
    after: DifferingValue & { readonly value: readonly unknown[] },
    schema: ListSchema,
  ): void {
    const { pairs, order } = pairEntries(before.value, after.value, schema, this.ids);
    // The default of a missing key field is part of the key.
    const entries: ListSchema = { fields: schema.fields, implied: Object.keys(schema.keyDefaults ?? {}) };
    for (const pair of pairs) {
      const inner = entryPath(path, pair.label);
      const known = entryAt(before, pair.before);
      const found = entryAt(after, pair.after);
      if (known && found) this.compare(inner, known, found, entries);
      else this.add(inner, known, found);
    }
    if (order === undefined || schema.unordered === true) return;
    this.add(path, { at: before.at, value: order.before }, { at: after.at, value: order.after });
  }

  private add(path: string, before?: DifferingValue, after?: DifferingValue): void {
    if (haveSameMeaning(path, before?.value, after?.value, this.spelling)) return;
    this.found.push({ path, ...(before && { before }), ...(after && { after }) });
  }
}

function entryAt(
  { at, value }: DifferingValue & { readonly value: readonly unknown[] },
  index: number | undefined,
): DifferingValue | undefined {
  return index === undefined ? undefined : { at: [...at, index], value: value[index] };
}

function spellingOf({ apiVersion, metadata }: ManifestObject): Spelling {
  const group = apiGroup(apiVersion);
  if (isFluxGroup(group)) return { of: 'flux', namespace: textOf(metadata?.namespace) };
  const isKubernetes = !group.includes('.') || group.endsWith('.k8s.io');
  return { of: isKubernetes ? 'kubernetes' : 'others' };
}
