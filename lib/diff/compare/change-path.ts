import { fieldPath } from '../../plain/field-path';

/** The path of a key below a path. */
export function keyPath(path: string, key: string): string {
  const own = fieldPath([key]);
  return path === '' || own.startsWith('[') ? path + own : `${path}.${own}`;
}

/** The path of a list's entry: `containers[app]` by its key, `args[0]` by its position. */
export function entryPath(path: string, label: string | number): string {
  const isPlain = typeof label === 'number' || (/^[\w./@:-]+$/.test(label) && !/^\d+$/.test(label));
  return `${path}[${isPlain ? label : JSON.stringify(label)}]`;
}

/** Whether a path is another one, or lies within it. */
export function isAtOrWithin(path: string, outer: string): boolean {
  return path.startsWith(outer) && ['', '.', '['].includes(path.charAt(outer.length));
}

/** Whether a difference at a path touches a field: it is the field, lies within it, or holds it. */
export function touches(path: string, field: string): boolean {
  return isAtOrWithin(path, field) || isAtOrWithin(field, path);
}
