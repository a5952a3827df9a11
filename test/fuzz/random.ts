import fc from 'fast-check';

/** A stream of numbers that depends only on its seeds (SplitMix32): the same on every machine. */
export class Random {
  private state = 0x9e3779b9;

  constructor(...seeds: readonly (string | number)[]) {
    for (const character of seeds.join('\0')) {
      this.state = Math.imul(this.state ^ character.charCodeAt(0), 0x01000193) >>> 0;
    }
  }

  /** A number of 32 bits. */
  next(): number {
    this.state = (this.state + 0x9e3779b9) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  /** A whole number from 0 up to, but not including, a limit; 0 for a limit of 0. */
  below(limit: number): number {
    return limit <= 1 ? 0 : this.next() % limit;
  }

  /** True once in this many times, on average. */
  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  /** An item of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** Small numbers far more often than large ones. */
  skewed(limit: number): number {
    return this.below(this.below(limit) + 1);
  }

  /** Random bytes. */
  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }

  /** A value of a fast-check arbitrary. */
  sample<T>(arbitrary: fc.Arbitrary<T>): T {
    return fc.sample(arbitrary, { numRuns: 1, seed: this.next() | 0 })[0] as T;
  }
}
