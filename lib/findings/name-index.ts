import { distance } from 'fastest-levenshtein';
import { compareText } from '../plain/compare-text';
import { lowerBound } from '../plain/lower-bound';
import { isPlausible, lettersOff } from './nearest-name';

/** A longer text is not the name of an object or a file. */
const LONGEST = 253;

interface Entry {
  readonly name: string;
  readonly lowerCase: string;
  /** Its place in the order in which the names came. */
  readonly rank: number;
}

interface NearEntry extends Entry {
  /** How many letters are off. */
  readonly letters: number;
}

/** Names that many mistyped ones are compared with: it finds what `nearestName` finds, without looking at each name. */
export class NameIndex {
  private readonly names: ReadonlySet<string>;
  /** Names that begin with the same letters follow each other. */
  private readonly sorted: readonly Entry[];

  constructor(names: Iterable<string>) {
    this.names = new Set(names);
    this.sorted = [...this.names]
      .map((name, rank) => ({ name, lowerCase: name.toLowerCase(), rank }))
      .sort((a, b) => compareText(a.lowerCase, b.lowerCase));
  }

  /** The name that was most likely meant by a mistyped one. */
  nearest(mistyped: string): string | undefined {
    if (this.names.has(mistyped)) return mistyped;
    const most = lettersOff(mistyped);
    // The fewer letters may be off, the fewer names have to be looked at.
    for (let limit = 1; ; limit *= 2) {
      const within = this.entriesWithin(mistyped, Math.min(limit, most));
      const near = within.filter(({ name }) => isPlausible(mistyped, name));
      if (near.length === 0 && limit < most) continue;
      return near.sort((a, b) => a.letters - b.letters || a.rank - b.rank)[0]?.name;
    }
  }

  /** The names of which at most so many letters are off, but not all. */
  within(mistyped: string, most: number): string[] {
    return this.entriesWithin(mistyped, most).map(({ name }) => name);
  }

  private entriesWithin(mistyped: string, most: number): NearEntry[] {
    const wanted = mistyped.toLowerCase();
    const entries = wanted.length > LONGEST ? this.compareAll(wanted) : this.search(wanted, most);
    return [...entries].filter(({ letters, name }) => letters <= most && letters < name.length);
  }

  private compareAll(wanted: string): NearEntry[] {
    return this.sorted.map((entry) => ({ ...entry, letters: distance(wanted, entry.lowerCase) }));
  }

  /** Skips the names that begin so that more letters are off, however they go on. */
  private *search(wanted: string, most: number): Generator<NearEntry> {
    const { sorted } = this;
    const comparison = new PrefixComparison(wanted);
    for (let at = 0; at < sorted.length;) {
      const entry = sorted[at] as Entry;
      const start = comparison.impossibleStart(entry.lowerCase, most);
      if (start === undefined) {
        yield { ...entry, letters: comparison.distance() };
        at += 1;
      } else {
        at = lowerBound(sorted, ({ lowerCase }) => lowerCase < start || lowerCase.startsWith(start));
      }
    }
  }
}

/**
 * Compares a text with one after another. What was found out about the letters with which one begins holds for the next
 * one that begins with them.
 */
class PrefixComparison {
  /** The text that was compared last. */
  private last = '';
  /** For each number of its first letters, how far they are from each number of first letters of the wanted text. */
  private readonly rows: number[][];

  constructor(private readonly wanted: string) {
    this.rows = [Array.from({ length: wanted.length + 1 }, (_, letters) => letters)];
  }

  /** The first letters of a text with which more letters than these are off, however it goes on. */
  impossibleStart(text: string, most: number): string | undefined {
    let same = 0;
    while (same + 1 < this.rows.length && this.last[same] === text[same]) same += 1;
    this.rows.length = same + 1;
    this.last = text;
    for (let read = same; ; read += 1) {
      if (Math.min(...(this.rows[read] as number[])) > most) return text.slice(0, read);
      if (read === text.length) return undefined;
      this.rows.push(this.nextRow(text.charCodeAt(read)));
    }
  }

  /** How many letters are off in the text that was compared last. */
  distance(): number {
    return this.rows.at(-1)?.at(-1) ?? 0;
  }

  private nextRow(letter: number): number[] {
    const above = this.rows.at(-1) as number[];
    const row = [this.rows.length];
    for (let at = 0; at < this.wanted.length; at += 1) {
      const replaced = (above[at] as number) + (this.wanted.charCodeAt(at) === letter ? 0 : 1);
      row.push(Math.min(replaced, (above[at + 1] as number) + 1, (row[at] as number) + 1));
    }
    return row;
  }
}
