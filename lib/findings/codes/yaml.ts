import type { CodeFacts } from './code-facts';

/** YAML. */
export const YAML_CODES = {
  'yaml-comment-misplaced': {
    severity: 'error',
    summary: 'A comment was set for a field that has no value on one line to stand beside',
    fix: 'Give the JSON pointer of a short string, a number, a boolean or null.',
  },
  'yaml-invalid': {
    severity: 'error',
    summary: 'A file is not valid YAML',
    details:
      'All mistakes of a file are reported at once, by line and column. Nothing of the file is quoted: what does not parse may be a secret.',
    fix: 'Correct the YAML at the lines and columns that are named.',
    inCheck: true,
  },
  'yaml-unprintable': {
    severity: 'error',
    summary: 'A value has no form in YAML or JSON: NaN, half a surrogate pair, a date object',
    fix: 'Give plain data.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
