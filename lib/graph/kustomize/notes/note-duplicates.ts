import { resolvePath } from '../../../tree/path';
import { quotedFolder } from '../../../findings/quoted-folder';
import { idKey, idOf, originalId, type Resource, type ResourceId } from '../resource';
import { type Scope } from '../scope';
import type { TransformContext } from '../fields/transform-context';
import { cutList, namesAnd } from '../../../plain/first-names';
import { groupBy } from '../../../plain/group-by';

/** An object that a build already has. */
export interface Duplicate {
  readonly again: Resource;
  readonly before: Resource;
}

/**
 * Notes the objects of one entry that a build already has: in one finding, because removing the entry removes them all.
 *
 * @param doubled - the objects, at least one
 * @param path - the entry
 */
export function noteDuplicates(doubled: readonly Duplicate[], path: string, scope: Scope): void {
  const [first] = doubled;
  if (!first) return;
  const more = doubled.length > 1 ? ` and ${doubled.length - 1} more are` : ' is';
  const message = `${objectWords(idOf(first.again))}${more} in the build twice`;
  const { log, repeated, folder } = scope;
  if (repeated) {
    log.error(
      'object-duplicate',
      `${message}: the component ${JSON.stringify(folder)} is listed twice`,
      repeated,
      {
        locations: [repeated, first.again.location],
        hint: 'list the component once; kustomize refuses the whole build',
      },
    );
  } else if (first.again.location.file === first.before.location.file) noteSame(message, first, path, scope);
  else noteApart(message, first, scope);
}

/** Two objects from one file, which the build includes twice, or which has both. */
function noteSame(message: string, { again }: Duplicate, path: string, { folder, log }: Scope): void {
  const target = resolvePath(folder, path);
  const isFile = again.location.file === target || target === undefined;
  log.error(
    'object-duplicate',
    isFile
      ? message
      : `${message}: the build of ${quotedFolder(folder)} has them already where it includes ${quotedFolder(target)}`,
    again.location,
    {
      hint: isFile
        ? 'remove one of the two; kustomize refuses the whole build'
        : `include them only once, or remove ${quotedFolder(path)}; kustomize refuses the whole build`,
    },
  );
}

/** Two objects from different files; if a kustomization made one of them like the other, that one comes first. */
function noteApart(message: string, { again, before }: Duplicate, { log }: Scope): void {
  const areSame = idKey(originalId(again)) === idKey(originalId(before));
  const changed = areSame ? undefined : [before, again].find(isChanged);
  const file = JSON.stringify(changed?.location.file);
  log.error(
    'object-duplicate',
    changed
      ? `${message}: a kustomization makes it from ${objectWords(originalId(changed))} in ${file}`
      : message,
    (changed ?? again).location,
    {
      locations: (changed === before ? [before, again] : [again, before]).map(({ location }) => location),
      hint: changed
        ? `correct the namespace or name that the kustomization of ${file} sets; kustomize refuses the whole build`
        : 'remove one of the two; kustomize refuses the whole build',
    },
  );
}

/** Notes the objects that a common namespace makes one: in one finding, because the namespace is what to change. */
export function noteCollisions(
  resources: readonly Resource[],
  namespace: string,
  { log, namespaceAt }: Pick<TransformContext, 'log' | 'namespaceAt'>,
): void {
  const groups = groupBy(resources, (resource) => idKey(idOf(resource)));
  const [first, ...more] = [...groups.values()].filter(({ length }) => length > 1);
  const [object] = first ?? [];
  if (!first || !object) return;
  const such = more.length > 0 ? `, and ${more.length} more such objects` : '';
  const isNamespace = idOf(object).kind === 'Namespace';
  log.error(
    'object-duplicate',
    `the namespace ${JSON.stringify(namespace)} makes one object of ${namesOf(first)}${such}`,
    namespaceAt,
    {
      field: namespaceAt.field,
      locations: [namespaceAt, ...first.map((resource) => resource.location)],
      hint: `give the objects their own namespaces instead${isNamespace ? ', as this one renames every Namespace, or move the Namespaces to a Kustomization without it' : ', or rename one of them'}; kustomize refuses the whole build`,
    },
  );
}

function namesOf(resources: readonly Resource[]): string {
  const { shown, more } = cutList(resources);
  return namesAnd(
    shown.map((resource) => objectWords(originalId(resource))),
    more,
  );
}

function isChanged(resource: Resource): boolean {
  return idKey(originalId(resource)) !== idKey(idOf(resource));
}

function objectWords({ kind, name, namespace }: ResourceId): string {
  const where = namespace === '' ? '' : ` in namespace ${JSON.stringify(namespace)}`;
  return `${kind} ${JSON.stringify(name)}${where}`;
}
