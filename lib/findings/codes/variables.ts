import type { CodeFacts } from './code-facts';

/** Variables. */
export const VARIABLES_CODES = {
  'variable-as-text': {
    severity: 'warning',
    summary: 'A text holds `${name}`, and there is a variable of that name',
    details: 'The text is escaped and stays text.',
    fix: 'For the variable, use `Variable.string(name)` or `variable(name)` of the cluster; see [variables](variables.md).',
  },
  'variable-invalid': {
    severity: 'error',
    summary:
      'A variable has a name, a value or a type that Flux cannot use, or its value would end the quotes around it',
    fix: 'Do as the message says.',
  },
  'variable-not-substituted': {
    severity: 'error',
    summary:
      'A variable is used where Flux substitutes none: in the entry path, in a directory that it does not apply, or in an object that opted out',
    fix: 'Move the object into a FluxApp, or use the value itself.',
  },
  'variable-undefined': {
    severity: 'error',
    summary: 'An object uses a variable that nothing defines',
    inCheck: true,
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
