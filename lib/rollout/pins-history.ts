import type { FileVersion } from '../revisions/file-history';
import { parsePins } from './parse-pins';
import { Pins, type PinValue } from './pins';

/** The pins in a commit. */
interface PinsVersion {
  readonly commit: string;
  /** When it was committed, in seconds since 1970. */
  readonly time: number;
  readonly pins: Pins;
}

/** The commit since which something holds. */
export interface Since {
  readonly commit: string;
  /** When it was committed, in seconds since 1970. */
  readonly time: number;
}

/** How many versions are read: older ones count as old as the last of them. */
const MAX_VERSIONS = 2_000;

/** What a pins file said on the main branch, the newest version first. Only what is asked for is read. */
export class PinsHistory {
  private readonly read: PinsVersion[] = [];
  private readonly parsed = new Map<string, Pins>();
  private readonly versions: Iterator<FileVersion>;

  constructor(
    versions: Iterable<FileVersion>,
    private readonly file: string,
  ) {
    this.versions = versions[Symbol.iterator]();
  }

  /** The newest pins; none where the branch has no pins file. */
  get newest(): Pins {
    return this.at(0)?.pins ?? Pins.none(this.file);
  }

  /**
   * The commit since which a condition holds without a break; `undefined` where it does not hold in the newest version.
   */
  since(holds: (pins: Pins) => boolean): Since | undefined {
    return this.run(holds).at(-1);
  }

  /** The pins of the commit since which a condition holds. */
  pinsSince(holds: (pins: Pins) => boolean): Pins | undefined {
    return this.run(holds).at(-1)?.pins;
  }

  /**
   * The value that a ring had before the one it has. One that was rolled back does not count: going back twice leads to
   * the value before both.
   */
  former(pin: string, ring: string): PinValue | undefined {
    const stack: PinValue[] = [];
    for (const { pins } of this.all().reverse()) {
      const value = pins.value(pin, ring);
      if (value === undefined || value === stack.at(-1)) continue;
      if (value === stack.at(-2)) stack.pop();
      else stack.push(value);
    }
    return stack.at(-2);
  }

  private run(holds: (pins: Pins) => boolean): PinsVersion[] {
    const found: PinsVersion[] = [];
    for (let index = 0; ; index += 1) {
      const version = this.at(index);
      if (!version || !holds(version.pins)) return found;
      found.push(version);
    }
  }

  private all(): PinsVersion[] {
    return this.run(() => true);
  }

  private at(index: number): PinsVersion | undefined {
    while (this.read.length <= index && this.read.length < MAX_VERSIONS) {
      const { done, value } = this.versions.next() as IteratorResult<FileVersion, undefined>;
      if (done) break;
      this.read.push({ commit: value.commit, time: value.time, pins: this.pinsOf(value.text ?? '') });
    }
    return this.read[index];
  }

  /** A rollback restores an earlier version, which is parsed only once. */
  private pinsOf(text: string): Pins {
    const pins = this.parsed.get(text) ?? parsePins(text, this.file).pins;
    this.parsed.set(text, pins);
    return pins;
  }
}
