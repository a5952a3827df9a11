import type { ManifestObject } from '../../../tree/manifest';
import { isMap, listOf, mapList, mapOf, mapValues, textOf, type PlainMap } from '../../../plain/plain-data';
import type { BuildLog } from '../build-log';
import { appliesTo, changeAt, splitFieldPath, type FieldSpec } from '../fields/field-spec';
import { parseReplacementPath, readField } from './replacement-path';
import { effectiveNamespace, idOf, withObject, type Resource, type ResourceId } from '../resource';
import type { TransformContext } from '../fields/transform-context';

/** An entry of `vars`: a name that stands for a field of an object. */
export interface Var {
  readonly name: string;
  readonly fieldPath: string;
  readonly location: TransformContext['location'];
}

/** Binds the entries of `vars` to the objects that they name, whatever these are called later. */
export function bindVars(
  resources: readonly Resource[],
  entries: unknown,
  { location, log, isComplete }: TransformContext,
): { readonly resources: readonly Resource[]; readonly vars: readonly Var[] } {
  const vars: Var[] = [];
  let bound = resources;
  for (const { name, objref, fieldref } of listOf(entries).map(mapOf)) {
    const own = textOf(name) ?? '';
    const matches = targetOf(mapOf(objref));
    const found = bound.filter((resource) => [...resource.previous, idOf(resource)].some(matches));
    if (found.length > 1 || (found.length === 0 && isComplete))
      log.error(
        'kustomization-invalid',
        `the variable ${JSON.stringify(own)} in "vars" must match one object, and matches ${found.length}`,
        location,
        {
          field: 'vars',
          hint: 'correct its objref; better, use "replacements", because "vars" is deprecated',
        },
      );
    const [target] = found;
    if (!target || found.length > 1) continue;
    bound = mapList(bound, (resource) =>
      resource === target ? { ...resource, variables: [...(resource.variables ?? []), own] } : resource,
    );
    vars.push({ name: own, fieldPath: textOf(mapOf(fieldref).fieldPath) ?? 'metadata.name', location });
  }
  return { resources: bound, vars };
}

function targetOf(objref: PlainMap): (id: ResourceId) => boolean {
  const [version = '', group = ''] = (textOf(objref.apiVersion) ?? '').split('/').reverse();
  const wanted = {
    group: textOf(group) ?? textOf(objref.group) ?? '',
    version: textOf(version) ?? textOf(objref.version) ?? '',
    kind: textOf(objref.kind) ?? '',
    name: textOf(objref.name) ?? '',
    namespace: textOf(objref.namespace) ?? '',
  };
  const namespace = effectiveNamespace(wanted);
  return (id) =>
    (['group', 'version', 'kind', 'name'] as const).every((key) => id[key] === wanted[key]) &&
    (wanted.namespace === '' || effectiveNamespace(id) === namespace);
}

/** Puts the values of variables in place of `$(NAME)`, in the fields where kustomize looks for them. */
export function resolveVars(
  resources: readonly Resource[],
  vars: readonly Var[],
  fields: readonly FieldSpec[],
  log: BuildLog,
): readonly Resource[] {
  if (vars.length === 0) return resources;
  const names = vars.map(({ name }) => name);
  for (const { name, location } of vars.filter((_, index) => names.indexOf(names[index] ?? '') < index))
    log.error(
      'kustomization-invalid',
      `the variable ${JSON.stringify(name)} is defined twice in "vars"`,
      location,
      {
        field: 'vars',
        hint: 'rename one of them',
      },
    );
  const values = new Map<string, unknown>();
  for (const { name, fieldPath, location } of vars) {
    const source = resources.find(({ variables }) => variables?.includes(name));
    const value = source && readField(source.object, parseReplacementPath(fieldPath));
    if (value !== undefined) values.set(name, value);
    else
      log.error(
        'kustomization-invalid',
        `the variable ${JSON.stringify(name)} in "vars" reads the field ${JSON.stringify(fieldPath)}, which its object does not have`,
        location,
        { field: 'vars', hint: 'correct its fieldref.fieldPath' },
      );
  }
  return resources.map((resource) => {
    const object = fields
      .filter((field) => appliesTo(field, resource.object))
      .reduce<unknown>(
        (current, { path }) =>
          changeAt(current, splitFieldPath(path), false, (found) => expandAll(found, values)),
        resource.object,
      );
    return withObject(resource, object as ManifestObject);
  });
}

function expandAll(found: unknown, values: ReadonlyMap<string, unknown>): unknown {
  if (typeof found === 'string') return expand(found, values);
  const inside = (entry: unknown) => (typeof entry === 'string' ? expand(entry, values) : entry);
  return isMap(found) ? mapValues(found, inside) : found;
}

/** A string that consists of one variable gets the type of its value. `$$` means a single one. */
function expand(text: string, values: ReadonlyMap<string, unknown>): unknown {
  const valueOf = (name: string): unknown => {
    const value = values.get(name);
    return value === undefined || value === null || typeof value === 'object' ? `$(${name})` : value;
  };
  const [, whole] = /^\$\(([^)]*)\)$/.exec(text) ?? [];
  if (whole !== undefined) return valueOf(whole);
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (match, name: string | undefined) =>
    name === undefined ? '$' : String(valueOf(name)),
  );
}
