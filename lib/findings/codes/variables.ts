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
    details:
      'Flux refuses a name that has something other than letters of ASCII, digits and `_`, or that begins with a digit, and with it the whole build of the Kustomization, whether the variable is used or not; also in a ConfigMap or Secret of `substituteFrom`.',
    fix: 'Do as the message says.',
    inCheck: true,
  },
  'variable-misread': {
    severity: 'warning',
    summary: 'YAML takes a part of a variable for something else, as a comment or a map',
    details:
      'Flux substitutes in YAML that it prints anew, where the quotes of the file are gone: `nightly #1` ends at the comment, and `a: b` in a list becomes a map. A value that has quotes or brackets of its own, and stands alone, is taken as meant.',
    fix: 'Put quotes into the value, as in `NOTE: \'"nightly #1"\'`.',
    inCheck: true,
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
