import { isDeepStrictEqual } from 'node:util';
import type { Tree } from '../../tree/tree';
import { parseDocuments } from '../../yaml/parse';

/** Whether a file has the same values if it is YAML, otherwise the same text but for space at the ends of lines. */
export function isSameFile(before: Tree, after: Tree, path: string): boolean {
  const [known, found] = [before.get(path)?.bytes, after.get(path)?.bytes];
  if (!known || !found) return false;
  if (known.equals(found)) return true;
  const [values, newValues] = [before, after].map((tree) => valuesOf(tree, path));
  if (values && newValues) return isDeepStrictEqual(values, newValues);
  const [text, newText] = [known, found].map((bytes) =>
    bytes
      .toString()
      .replace(/(?<![^\S\n])[^\S\n]+$/gm, '')
      .trimEnd(),
  );
  return text === newText;
}

/** The documents of a YAML file; a template is none, even if it looks like YAML. */
export function valuesOf(tree: Tree, path: string): readonly unknown[] | undefined {
  if (!/\.ya?ml$/.test(path) || /(?:^|\/)templates\//.test(path)) return undefined;
  try {
    return parseDocuments(tree.get(path)?.bytes.toString() ?? '', path).map(({ value }) => value);
  } catch {
    return undefined;
  }
}
