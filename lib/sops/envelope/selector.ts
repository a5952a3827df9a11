import { goRegex, type GoRegex } from '../../plain/go-regex';

/** The fields of the metadata that say which values are encrypted. A file has at most one. */
export const SELECTOR_FIELDS = [
  'encrypted_regex',
  'unencrypted_regex',
  'encrypted_suffix',
  'unencrypted_suffix',
  'encrypted_comment_regex',
  'unencrypted_comment_regex',
] as const;

/** One of the fields that say which values are encrypted. */
export type SelectorField = (typeof SELECTOR_FIELDS)[number];

/** Which values of a file are encrypted. */
export interface Selector {
  readonly field: SelectorField;
  /** The pattern, or the suffix. */
  readonly value: string;
}

/** What sops takes when a file names no selector: nearly everything is encrypted. */
export const DEFAULT_SELECTOR: Selector = { field: 'unencrypted_suffix', value: '_unencrypted' };

/** What Flux needs: the values of a Secret, and nothing of what Kubernetes must read. */
export const SECRET_SELECTOR: Selector = { field: 'encrypted_regex', value: '^(data|stringData)$' };

/**
 * Tells whether the value at a path is to be encrypted. `undefined` when only a comment can tell, which a path does
 * not show.
 */
export type Selection = (path: readonly string[]) => boolean | undefined;

/**
 * Makes the test of a selector. Every key of a path is tested, not only the last.
 *
 * @throws GoRegexError when the pattern is not one of RE2
 */
export function selectionOf(selector: Selector): Selection {
  switch (selector.field) {
    case 'encrypted_regex':
      return anyKey(goRegex(selector.value), true);
    case 'unencrypted_regex':
      return anyKey(goRegex(selector.value), false);
    case 'encrypted_suffix':
      return anyKey((key) => key.endsWith(selector.value), true);
    case 'unencrypted_suffix':
      return anyKey((key) => key.endsWith(selector.value), false);
    default:
      return () => undefined;
  }
}

function anyKey(matches: GoRegex, encrypted: boolean): Selection {
  return (path) => path.some(matches) === encrypted;
}
