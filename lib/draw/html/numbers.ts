/** Values by their numbers, in the order in which they are first met. */
export class Numbers<T> {
  readonly all: T[] = [];
  private readonly numbers = new Map<T, number>();

  /** The number of a value, which it gets now if it has none. */
  of(value: T): number {
    const known = this.numbers.get(value);
    if (known !== undefined) return known;
    this.numbers.set(value, this.all.length);
    return this.all.push(value) - 1;
  }
}
