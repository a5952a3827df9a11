import type { SchemaScope } from './schema-node';

/** A message about what a schema does not know: a warning if it is not mistyped, and a newer version may know it. */
export function unlessNewer(
  message: string,
  isMistyped: boolean,
  { upTo }: SchemaScope,
): { readonly message: string; readonly severity?: 'warning' } {
  if (upTo === undefined || isMistyped) return { message };
  return { severity: 'warning', message: `${message}; ${upTo} does not accept it, but a newer version may` };
}
