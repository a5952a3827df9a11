import type { CodeFacts } from './code-facts';

/** Variables. */
export const VARIABLES_CODES = {
  'input-missing': {
    severity: 'error',
    summary:
      'A template of a ResourceSet names an input that does not exist, so the Flux Operator refuses the ResourceSet',
    inCheck: true,
  },
  'variable-as-text': {
    severity: 'warning',
    summary: 'A string contains `${name}`, and there is a variable with that name',
    details: 'Synth escapes the text, so Flux does not replace it.',
    fix: 'If you mean the variable, use `Variable.string(name)` or `variable(name)` of the cluster; see [variables](variables.md).',
  },
  'variable-invalid': {
    severity: 'error',
    summary:
      'A variable has a name, a value or a type that Flux cannot use, or its value would end the quotes around it',
    details:
      'A name may contain only ASCII letters, digits and `_`, and must not begin with a digit. Otherwise Flux refuses the whole build of the Kustomization, even if the variable is not used. This also applies to keys of a ConfigMap or Secret in `substituteFrom`.',
    fix: 'Follow the hint of the finding.',
    inCheck: true,
  },
  'variable-misread': {
    severity: 'warning',
    summary: 'YAML reads a part of a variable as something else, such as a comment or a map',
    details:
      'Flux prints the YAML again before it substitutes, and drops the quotes of the file: `nightly #1` ends at the comment, and `a: b` in a list becomes a map. A value that has its own quotes or brackets, and is the whole field, is not reported.',
    fix: 'Put quotes into the value, as in `NOTE: \'"nightly #1"\'`.',
    inCheck: true,
  },
  'variable-not-substituted': {
    severity: 'error',
    summary:
      'A variable is used where Flux does not substitute: in the entry path, in a directory that Flux does not apply, or in an object that opted out',
    fix: 'Move the object into a FluxApp, or use the value itself.',
  },
  'variable-source-late': {
    severity: 'warning',
    summary:
      'A Kustomization takes variables from a ConfigMap or Secret that exists only after it was applied',
    inCheck: true,
  },
  'variable-undefined': {
    severity: 'error',
    summary: 'An object uses a variable that nothing defines',
    inCheck: true,
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
