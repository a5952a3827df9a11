/** A longer text is not the name of an object. */
const LONGEST = 253;

/** Names that are looked for in many other names, without trying each of them for each text. */
export class ContainedNames {
  private readonly names: ReadonlySet<string>;
  private readonly lengths: readonly number[];

  constructor(names: Iterable<string>) {
    this.names = new Set(names);
    this.lengths = [...new Set([...this.names].map(({ length }) => length))].filter(
      (length) => length <= LONGEST,
    );
  }

  /** The names that occur in a text. */
  in(text: string): Iterable<string> {
    const start = text.slice(0, LONGEST);
    return this.names.size <= start.length * this.lengths.length
      ? [...this.names].filter((name) => start.includes(name))
      : this.partsOf(start);
  }

  private partsOf(text: string): Set<string> {
    const found = new Set<string>();
    for (const length of this.lengths) {
      for (let at = 0; at + length <= text.length; at++) {
        const part = text.slice(at, at + length);
        if (this.names.has(part)) found.add(part);
      }
    }
    return found;
  }
}
