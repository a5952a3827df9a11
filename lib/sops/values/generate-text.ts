import { randomInt } from 'node:crypto';
import { fail } from '../../findings/findings-error';

/** The options of a generated value. */
export interface GenerateOptions {
  /**
   * The number of characters.
   *
   * @default 32
   */
  readonly length?: number;
  /**
   * The characters to choose from: at least two, each at most once.
   *
   * @default - ASCII letters and digits, which are safe in YAML, shells and URLs
   */
  readonly alphabet?: string;
}

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Draws a text from the system's source of randomness, every character alike.
 *
 * @throws FindingsError `secret-generate-invalid` when the length or the alphabet cannot give a secret
 */
export function generateText(options: GenerateOptions): string {
  const { length = 32, alphabet = LETTERS_AND_DIGITS } = options;
  const characters = [...alphabet];
  if (
    !Number.isInteger(length) ||
    length < 1 ||
    new Set(characters).size !== characters.length ||
    characters.length < 2
  ) {
    fail({
      code: 'secret-generate-invalid',
      message: `got length ${length} and ${characters.length} characters to choose from; the length must be a whole number of at least 1, and there must be at least 2 different characters`,
      hint: 'use, for example, SecretValue.generate({ length: 32 }) for letters and digits',
    });
  }
  return Array.from({ length }, () => characters[randomInt(characters.length)]).join('');
}
