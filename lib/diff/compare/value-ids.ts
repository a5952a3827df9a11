/**
 * Numbers values so that two have one number exactly when they are equal, whatever the order of their keys. Each part of
 * a value is looked at once, so that comparing the parts of two objects again and again costs nothing.
 */
export class ValueIds {
  private readonly known = new Map<string, number>();
  private readonly byObject = new WeakMap<object, number>();

  /** The number of a value. */
  of(value: unknown): number {
    if (typeof value !== 'object' || value === null) return this.numberOf(`${typeof value} ${String(value)}`);
    const known = this.byObject.get(value);
    if (known !== undefined) return known;
    const id = this.numberOf(this.form(value));
    this.byObject.set(value, id);
    return id;
  }

  private form(value: object): string {
    if (Array.isArray(value)) return `[${value.map((item) => this.of(item)).join()}`;
    const entries = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${this.of(inner)}`);
    return `{${entries.sort().join()}`;
  }

  private numberOf(form: string): number {
    const known = this.known.get(form);
    if (known !== undefined) return known;
    this.known.set(form, this.known.size);
    return this.known.size - 1;
  }
}
