import { comparableText } from '../../plain/comparable-text';
import { compareText } from '../../plain/compare-text';
import { addToGroup, groupBy } from '../../plain/group-by';
import { listOf, mapOf, textOf } from '../../plain/plain-data';
import { selectsLabels } from '../../plain/selects-labels';
import type { ManifestObject } from '../../tree/manifest';
import type { BuiltObject } from '../post-build/substitute-objects';
import { takesInputs, withProvidedInputs, type ProvidedInputs } from './input-sets';
import { madeBy, MAX_OBJECTS } from './made-objects';
import { isDisabled, isInputProvider, isResourceSet } from './operator-objects';

/** A ResourceSet among the objects of a Kustomization. */
interface Waiting {
  /** The place of the Kustomization among those that were evaluated. */
  readonly owner: number;
  readonly set: BuiltObject;
  readonly namespace: string;
  /** The names of its providers. */
  readonly names: readonly string[];
  /** Selectors of more providers. */
  readonly selectors: readonly unknown[];
}

/** For each ResourceSet of a Kustomization that could be filled: itself, and what it creates. */
export type FilledSets = ReadonlyMap<BuiltObject, readonly BuiltObject[]>;

/** The ResourceSets of a cluster that take inputs from providers, which other Kustomizations may apply. */
export class ProvidedSets {
  /** Those whose providers are all known. */
  private ready: Waiting[] = [];
  /** Those with a selector, which are filled when all providers are known. */
  private selecting: Waiting[] = [];
  /** By namespace and provider, those that wait for it. */
  private readonly blocked = new Map<string, Waiting[]>();
  private readonly providers = new Map<string, Map<string, ManifestObject>>();
  /** By namespace and selector; more may come until the last ones are filled. */
  private readonly selected = new Map<string, readonly string[]>();
  private left = MAX_OBJECTS;

  /** Notes the providers and the ResourceSets among the objects of a Kustomization. */
  add(owner: number, objects: readonly BuiltObject[]): void {
    for (const built of objects) {
      const { object } = built;
      if (isInputProvider(object)) this.addProvider(object);
      if (isResourceSet(object) && takesInputs(object) && !isDisabled(object))
        this.place(waitingOf(owner, built));
    }
  }

  /**
   * Fills ResourceSets, each once. The result has them by the place of their Kustomization.
   *
   * @param isLast - whether no more providers are expected, so that selectors are resolved
   */
  fill(isLast: boolean): ReadonlyMap<number, FilledSets> {
    const taken = isLast ? [...this.ready, ...this.selecting] : this.ready;
    this.ready = [];
    if (isLast) this.selecting = [];
    const filled = taken.flatMap((one) => {
      const made = this.filled(one);
      return made ? [{ ...one, made }] : [];
    });
    const sets = [...groupBy(filled, ({ owner }) => owner)];
    return new Map(sets.map(([owner, ones]) => [owner, new Map(ones.map(({ set, made }) => [set, made]))]));
  }

  private addProvider(object: ManifestObject): void {
    const [namespace, name] = [namespaceOf(object), nameOf(object)];
    const known = this.providers.get(namespace) ?? new Map<string, ManifestObject>();
    if (known.has(name)) return;
    this.providers.set(namespace, known.set(name, object));
    this.selected.clear();
    const key = keyOf(namespace, name);
    const blocked = this.blocked.get(key) ?? [];
    this.blocked.delete(key);
    for (const one of blocked) this.place(one);
  }

  private place(one: Waiting): void {
    const { namespace, names, selectors } = one;
    const missing = names.find((name) => !this.providers.get(namespace)?.has(name));
    if (missing === undefined) (selectors.length > 0 ? this.selecting : this.ready).push(one);
    else addToGroup(this.blocked, keyOf(namespace, missing), one);
  }

  private filled(one: Waiting): readonly BuiltObject[] | undefined {
    const { set } = one;
    const copy = { ...set, object: withProvidedInputs(set.object, this.inputsFor(one)) };
    const made = madeBy(copy);
    if (made === undefined || made.length > this.left) return undefined;
    this.left -= made.length;
    return [copy, ...made];
  }

  private inputsFor({ namespace, names, selectors }: Waiting): ProvidedInputs {
    const found = new Set([...names, ...selectors.flatMap((selector) => this.select(namespace, selector))]);
    const known = this.providers.get(namespace);
    return {
      providers: [...found].sort(compareText).flatMap((name) => known?.get(name) ?? []),
      isOpen: selectors.length > 0,
    };
  }

  /** The names of the providers that a selector selects. Found once, if many ResourceSets have the same. */
  private select(namespace: string, selector: unknown): readonly string[] {
    const key = keyOf(namespace, comparableText(selector));
    const known = this.selected.get(key);
    if (known) return known;
    const all = [...(this.providers.get(namespace) ?? [])];
    const found = all.flatMap(([name, { metadata }]) =>
      selectsLabels(selector, mapOf(metadata?.labels)) ? [name] : [],
    );
    this.selected.set(key, found);
    return found;
  }
}

function waitingOf(owner: number, set: BuiltObject): Waiting {
  const entries = listOf(mapOf(set.object.spec).inputsFrom).map(mapOf);
  return {
    ...{ owner, set, namespace: namespaceOf(set.object) },
    names: entries.flatMap(({ name }) => textOf(name) ?? []),
    selectors: entries.flatMap(({ name, selector }) => (textOf(name) === undefined ? [selector] : [])),
  };
}

function namespaceOf({ metadata }: ManifestObject): string {
  return textOf(metadata?.namespace) ?? '';
}

function nameOf({ metadata }: ManifestObject): string {
  return textOf(metadata?.name) ?? '';
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}
