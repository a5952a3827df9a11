import type { PlainMap } from '../../../lib/plain/plain-data';

/** Numbers that look random and are the same for the same seed. */
export class Dice {
  constructor(private state: number) {}

  /** A whole number from 0 up to a limit that is never reached. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** A map with some of its entries. */
  some<T extends PlainMap>(map: T): Partial<T> {
    return Object.fromEntries(Object.entries(map).filter(() => this.chance(0.35))) as Partial<T>;
  }

  private next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
