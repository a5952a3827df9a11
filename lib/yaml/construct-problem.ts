/** A mistake in a document that the grammar allows. Nothing of the file is quoted: it may be a secret. */
export interface ConstructProblem {
  readonly message: string;
  readonly hint: string;
  /** Where it is, as an offset in the text. */
  readonly offset: number;
}
