import type { CodeFacts } from './code-facts';

/** YAML. */
export const YAML_CODES = {
  'yaml-comment-misplaced': {
    severity: 'error',
    summary: 'A comment was set for a field whose value is not on a single line',
    fix: 'Use the JSON pointer of a short string, a number, a boolean or null.',
  },
  'yaml-invalid': {
    severity: 'error',
    summary: 'A file is not valid YAML',
    details:
      'The finding reports all mistakes of a file by line and column. It quotes nothing from the file, because the text may be secret. A file that is a template, for Helm or Jinja, has one finding.',
    fix: 'Correct the YAML at the lines and columns in the message.',
    inCheck: true,
  },
  'yaml-unprintable': {
    severity: 'error',
    summary: 'A value cannot be written as YAML or JSON: NaN, half a surrogate pair, a date object',
    fix: 'Use plain data.',
  },
} as const satisfies Readonly<Record<string, CodeFacts>>;
