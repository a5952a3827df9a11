/**
 * What leads from a page to the root of the repository, so that it can link files: `../` for `docs/graph.html`.
 *
 * @param path - the page's path from the root, with slashes
 * @returns `undefined` where the page is outside of the repository
 */
export function wayToRoot(path: string): string | undefined {
  const folders = path.split('/').slice(0, -1);
  if (folders[0] === '..' || path.startsWith('/') || /^[a-z]:/i.test(path)) return undefined;
  return folders.length === 0 ? './' : '../'.repeat(folders.length);
}
