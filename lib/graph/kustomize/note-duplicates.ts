import { idOf, type Resource } from './resource';
import { resolve, type Scope } from './scope';

/**
 * Notes the objects of one entry that a build already has: in one finding, because removing the entry removes them all.
 *
 * @param doubled - the objects, at least one
 * @param path - the entry
 */
export function noteDuplicates(doubled: readonly Resource[], path: string, scope: Scope): void {
  const [first] = doubled;
  if (!first) return;
  const { log, repeated, folder } = scope;
  const { kind, name, namespace } = idOf(first);
  const where = namespace === '' ? '' : ` in namespace ${JSON.stringify(namespace)}`;
  const what = `${kind} ${JSON.stringify(name)}${where}`;
  const more = doubled.length > 1 ? ` and ${doubled.length - 1} more are` : ' is';
  const message = `${what}${more} in the build twice`;
  if (repeated) {
    log.error(
      'object-duplicate',
      `${message}: the component ${JSON.stringify(folder)} is listed twice`,
      repeated,
      {
        locations: [repeated, first.location],
        hint: 'list the component once; kustomize refuses the whole build',
      },
    );
    return;
  }
  const target = resolve(folder, path);
  const isFile = first.location.file === target || target === undefined;
  log.error(
    'object-duplicate',
    isFile
      ? message
      : `${message}: the build of ${quoted(folder)} has them already where it includes ${quoted(target)}`,
    first.location,
    {
      hint: isFile
        ? 'remove one of the two; kustomize refuses the whole build'
        : `include them only once, or remove ${quoted(path)}; kustomize refuses the whole build`,
    },
  );
}

const quoted = (path: string): string => JSON.stringify(path === '' ? '.' : path);
