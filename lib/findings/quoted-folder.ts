/** A folder in quotes: `.` is the root of the repository. */
export function quotedFolder(path: string): string {
  return JSON.stringify(path === '' ? '.' : path);
}
