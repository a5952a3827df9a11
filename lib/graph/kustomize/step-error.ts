/** Says why a step of a build cannot be done, and what to do. */
export class StepError extends Error {
  /**
   * @param hint - what to do
   * @param field - the field of an object, as `spec.template`; '' if the whole object is concerned
   */
  constructor(
    message: string,
    readonly hint: string,
    readonly field = '',
  ) {
    super(message);
  }

  /** The same error, seen from the map that has the field. */
  within(key: string): StepError {
    const field = this.field === '' ? key : `${key}.${this.field}`;
    return new StepError(this.message, this.hint, field);
  }
}
