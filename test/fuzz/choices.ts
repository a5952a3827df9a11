/** Choices that bytes make, one byte for each. After the last byte, each choice is the first option: a shorter input makes less. */
export class Choices {
  private position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** A whole number from 0 up to, but not including, a limit. */
  below(limit: number): number {
    const byte = this.bytes[this.position] ?? 0;
    this.position += 1;
    return byte % limit;
  }

  /** True once in this many times, and never without bytes. */
  oneIn(times: number): boolean {
    return this.below(times) === times - 1;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** A field that is there once in this many times. */
  maybe<Name extends string, Value>(
    times: number,
    name: Name,
    value: (choices: Choices) => Value,
  ): { readonly [key in Name]?: Value } {
    return this.oneIn(times) ? ({ [name]: value(this) } as { readonly [key in Name]: Value }) : {};
  }
}
