/** What a component runs in a ring: the version of a chart, an image or a source, or any other value. */
export type PinValue = string | number | boolean;

/** The value of a pin in one ring. */
export interface PinnedValue {
  readonly value: PinValue;
  /** The line of the value in the file, counted from 1. */
  readonly line: number;
  /** Whether Renovate would update it: the line above, or the end of it, is a comment that begins with `renovate:`. */
  readonly isAutomated: boolean;
}

/** A value that reached a ring before an earlier one, and why. */
export interface Emergency {
  readonly pin: string;
  readonly ring: string;
  readonly value: PinValue;
  /** The day on which it was recorded, as `YYYY-MM-DD`. */
  readonly since: string;
  readonly reason: string;
  /** The line in the file, counted from 1. */
  readonly line: number;
}

/** A component that is held as it is in one cluster. */
export interface Suspension {
  readonly component: string;
  readonly cluster: string;
  /** The day from which on it is held, as `YYYY-MM-DD`. */
  readonly since: string;
  readonly reason: string;
  /** The line in the file, counted from 1. */
  readonly line: number;
}

/** What a pins file says. */
export interface PinsContent {
  /** By pin, the values by ring, both in the order of the file. */
  readonly pins: ReadonlyMap<string, ReadonlyMap<string, PinnedValue>>;
  readonly emergencies: readonly Emergency[];
  readonly suspensions: readonly Suspension[];
}

/** The pins of a repository: which value each ring of a fleet runs, and what is suspended where. */
export class Pins {
  /** What there is where there is no file. */
  static readonly none = (file: string): Pins =>
    new Pins(file, { pins: new Map(), emergencies: [], suspensions: [] });

  private readonly suspended: ReadonlyMap<string, Suspension>;

  constructor(
    /** The file, from the root of the repository. */
    readonly file: string,
    private readonly content: PinsContent,
  ) {
    this.suspended = new Map(
      content.suspensions.map((one) => [keyOf(one.component, one.cluster), one] as const),
    );
  }

  /** The names of the pins, in the order of the file. */
  get names(): readonly string[] {
    return [...this.content.pins.keys()];
  }

  /** What reached a ring before an earlier one. */
  get emergencies(): readonly Emergency[] {
    return this.content.emergencies;
  }

  /** What is suspended. */
  get suspensions(): readonly Suspension[] {
    return this.content.suspensions;
  }

  /** The values of a pin by ring, in the order of the file; `undefined` where there is no such pin. */
  valuesOf(pin: string): ReadonlyMap<string, PinnedValue> | undefined {
    return this.content.pins.get(pin);
  }

  /** The value of a pin in a ring; `undefined` where the pin is unknown or did not reach the ring yet. */
  value(pin: string, ring: string): PinValue | undefined {
    return this.content.pins.get(pin)?.get(ring)?.value;
  }

  /** How a component is suspended in a cluster; `undefined` where it is not. */
  suspension(component: string, cluster: string): Suspension | undefined {
    return this.suspended.get(keyOf(component, cluster));
  }

  /** The emergency that brought a pin's value to a ring; `undefined` where none did. */
  emergency(pin: string, ring: string): Emergency | undefined {
    return this.content.emergencies.find((one) => one.pin === pin && one.ring === ring);
  }
}

function keyOf(component: string, cluster: string): string {
  return JSON.stringify([component, cluster]);
}
