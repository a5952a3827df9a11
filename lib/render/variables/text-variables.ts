import type { MarkedVariable } from '../../flux/variables/variable-text';

/** What Flux takes for the start of a variable; `$$` is not one. */
const REFERENCE = /\$\$|\$\{#?([A-Za-z_]\w*)(:?[=?+-])?([^${}]*\})?/g;

/** The variables in a text as Flux reads it. */
export function fluxVariables(text: string): MarkedVariable[] {
  const found: MarkedVariable[] = [];
  if (!text.includes('${')) return found;
  for (const [, name, operator, rest] of text.matchAll(REFERENCE)) {
    if (name === undefined) continue;
    const standard = operator === undefined ? undefined : (rest ?? '').replace(/\}$/, '');
    found.push({ name, type: 'string', ...(standard !== undefined && { default: standard }) });
  }
  return found;
}
