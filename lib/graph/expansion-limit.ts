import { SubstitutionError } from './post-build/envsubst-template';

/** How many characters variables may add to one object: some times what etcd stores of one (1.5 MiB). */
export const MAX_EXPANSION = 4 * 1024 * 1024;
/** How many characters variables may add to all objects of a run. */
const MAX_TOTAL = 64 * 1024 * 1024;

/** Thrown where variables stand for more text than they may. */
export class ExpansionError extends SubstitutionError {}

/** Counts the text that variables stand for: a few lines can multiply it without end. */
export class ExpansionLimit {
  private total = 0;
  private inObject = 0;

  /** Begins to count for the next object. */
  startObject(): void {
    this.inObject = 0;
  }

  /**
   * Counts what a variable stands for.
   *
   * @throws ExpansionError where it is too much
   */
  add(length: number): void {
    this.total += length;
    this.inObject += length;
    if (this.inObject > MAX_EXPANSION)
      throw new ExpansionError(
        'their values add more than 4 MiB to the object, and no cluster stores an object of that size',
      );
    if (this.total > MAX_TOTAL)
      throw new ExpansionError('the values of all variables in the repository add more than 64 MiB');
  }
}
