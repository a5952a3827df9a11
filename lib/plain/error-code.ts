/** Whether an error of the file system has one of these codes. */
export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes(codeOf(error));
}

/**
 * The code of an error of the file system, such as `ENOENT`; '' for other errors. Not with `instanceof`: under Jest, errors
 * of Node's own modules come from another realm.
 */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
