import { once } from '../../plain/once';
import { isMap, listOf, mapOf, textOf, type PlainMap } from '../../plain/plain-data';
import { apiGroup, identityOf, type ManifestObject } from '../../tree/manifest';
import { printAsGo } from '../../yaml/go-printer';
import { GoYamlError, parseAsGo } from '../../yaml/parse-as-go';
import { isClusterScoped } from '../kinds';
import { nodeId } from '../node-id';
import { withCommonMetadata } from '../post-build/kustomization-change';
import { inputSetsOf } from './input-sets';
import { isDisabled, isResourceSet } from './operator-objects';
import { fillTemplate, inputsNamedIn } from './template-text';

/** An object that the operator creates from a ResourceSet. */
export interface RenderedObject {
  readonly object: ManifestObject;
  /** The entry of the ResourceSet, for example `spec.resources[0]`. */
  readonly field: string;
}

/** What the operator creates from a ResourceSet, as far as the files show it. */
export interface RenderedSet {
  readonly objects: readonly RenderedObject[];
  /** Templates of which only the operator knows what they become, as objects or texts. */
  readonly hidden: readonly unknown[];
}

/** How many objects a ResourceSet may have here, and how long their texts may be: inputs multiply them. */
const MAX_OBJECTS = 2_000;
const MAX_LENGTH = 5_000_000;

const closed = new WeakSet<ManifestObject>();

/** A copy of a ResourceSet that creates too much, so that all of it is hidden. */
export function asHidden(set: ManifestObject): ManifestObject {
  const copy = { ...set };
  closed.add(copy);
  return copy;
}

/**
 * The objects of a ResourceSet, as far as the files show its inputs. Templates with more than inputs are hidden. So is
 * everything of one that is disabled: what it created before stays.
 *
 * @see https://fluxoperator.dev/docs/crd/resourceset/
 */
export const renderResourceSet = once((set: ManifestObject): RenderedSet => {
  const spec = mapOf(set.spec);
  const templates = templatesOf(spec);
  const all = templates.map(({ template }) => template);
  const inputs = isDisabled(set) || closed.has(set) ? undefined : inputSetsOf(set);
  if (!inputs || inputs.rounds.length * templates.length > MAX_OBJECTS) return { objects: [], hidden: all };
  const { rounds, isOpen } = inputs;
  const found = new Map<string, RenderedObject>();
  const hidden: unknown[] = [];
  const budget = { length: MAX_LENGTH };
  for (const one of templates) {
    const objects = rendered(one.template, rounds, budget);
    if (objects === undefined) hidden.push(one.template);
    for (const object of objects ?? []) {
      if (isDisabled(object) && !isAlwaysApplied(one, rounds)) continue;
      const id = nodeId(identityOf(object));
      const { field } = one;
      if (!found.has(id)) found.set(id, { object: withCommonMetadata(object, spec.commonMetadata), field });
    }
  }
  return { objects: [...found.values()], hidden: isOpen ? all : hidden };
});

/** Whether the operator does not look at the annotations of what it creates: in a list, if there are no inputs. */
function isAlwaysApplied({ template }: Template, [inputs]: readonly (PlainMap | undefined)[]): boolean {
  return typeof template !== 'string' && inputs === undefined;
}

/** An input that a template names, and that the operator does not find. */
export interface MissingInput {
  /** The entry with the template, for example `spec.resources[0]`. */
  readonly field: string;
  /** The input as the template has it, for example `tenant.name`. */
  readonly path: string;
  /** The names that there are in its place. */
  readonly known: readonly string[];
}

/** The inputs that templates of a ResourceSet name, and that some of its inputs do not have: the operator then fails. */
export function missingInputs(set: ManifestObject): MissingInput[] {
  const { rounds = [] } = isDisabled(set) ? {} : (inputSetsOf(set) ?? {});
  const templates = templatesOf(mapOf(set.spec));
  if (rounds.length * templates.length > MAX_OBJECTS) return [];
  return templates.flatMap(({ template, field }) => {
    if (typeof template !== 'string' && !isMap(template)) return [];
    const text = typeof template === 'string' ? template : printAsGo(template);
    // Which inputs have an id depends on the version of the operator.
    const named = text.includes('<<') ? inputsNamedIn(text).filter(([first]) => first !== 'id') : [];
    return named.flatMap((path) => {
      const [known] = rounds.flatMap((inputs) => namesBeside(inputs, path) ?? []);
      return known ? [{ field, path: path.join('.'), known }] : [];
    });
  });
}

/** The names that there are where the first part of a path is missing; `undefined` if none is. */
function namesBeside(inputs: PlainMap | undefined, path: readonly string[]): [readonly string[]] | undefined {
  let value: unknown = inputs ?? {};
  for (const part of path) {
    if (!isMap(value) || !Object.hasOwn(value, part))
      return [isMap(value) ? Object.keys(value).filter((name) => !OWN.has(name)) : []];
    value = value[part];
  }
  return undefined;
}

/** Inputs that the operator sets. */
const OWN: ReadonlySet<string> = new Set(['id', 'provider']);

/** Whether an object is a ResourceSet from which the operator creates objects that the files do not show. */
export function hasHiddenTemplates(object: ManifestObject): boolean {
  return isResourceSet(object) && renderResourceSet(object).hidden.length > 0;
}

interface Template {
  readonly template: unknown;
  readonly field: string;
}

/** The entries with templates, those of steps too; a template of several documents is one. */
function templatesOf(spec: PlainMap): Template[] {
  const inSpec = (map: PlainMap, at: string): Template[] => [
    ...listOf(map.resources).map((template, index) => ({ template, field: `${at}.resources[${index}]` })),
    ...(textOf(map.resourcesTemplate) === undefined
      ? []
      : [{ template: map.resourcesTemplate, field: `${at}.resourcesTemplate` }]),
  ];
  return [
    ...inSpec(spec, 'spec'),
    ...listOf(spec.steps).flatMap((step, index) => inSpec(mapOf(step), `spec.steps[${index}]`)),
  ];
}

/**
 * The objects of a template, which the operator fills as YAML; `undefined` if only the operator knows them.
 *
 * @param budget - how long the texts of all templates may still be
 */
function rendered(
  template: unknown,
  rounds: readonly (PlainMap | undefined)[],
  budget: { length: number },
): ManifestObject[] | undefined {
  const isText = typeof template === 'string';
  if (!isText && !isMap(template)) return undefined;
  if (rounds.length === 0) return [];
  const text = isText ? template : printAsGo(template);
  if (!isText && !text.includes('<<')) return objectsOf([template]);
  const objects: ManifestObject[] = [];
  for (const inputs of text.includes('<<') ? rounds : [undefined]) {
    const filled = fillTemplate(text, inputs, budget.length);
    budget.length -= filled?.length ?? 0;
    const found = filled === undefined ? undefined : parsed(isText ? documentsIn(filled) : [filled]);
    if (found === undefined) return undefined;
    objects.push(...found);
  }
  return objects;
}

/** The documents of a text without those that are empty, as the API machinery of Kubernetes separates them. */
function documentsIn(text: string): string[] {
  return text.split(/^---[ \t]*(?:#.*)?$/m).filter((part) => /^[ \t]*[^#\s]/m.test(part));
}

function parsed(documents: readonly string[]): ManifestObject[] | undefined {
  try {
    return objectsOf(documents.map(parseAsGo));
  } catch (error) {
    if (error instanceof GoYamlError) return undefined;
    throw error;
  }
}

function objectsOf(values: readonly unknown[]): ManifestObject[] | undefined {
  return values.every(isObject) ? [...values] : undefined;
}

/** Whether a value is an object, and everything that identifies it is known. */
function isObject(value: unknown): value is ManifestObject {
  const { apiVersion, kind, metadata } = mapOf(value);
  const { name, namespace } = mapOf(metadata);
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || textOf(name) === undefined) return false;
  return textOf(namespace) !== undefined || isClusterScoped(apiGroup(apiVersion), kind);
}
