/** A value of a chart that turns its CRDs on or off. */
export interface CrdValue {
  /** Its keys, joined by dots. */
  readonly path: string;
  /**
   * The minor version of the chart from which it exists, for example `1.15`.
   *
   * @default - every version that is still in use has it
   */
  readonly since?: string;
}

/** How a chart's CRDs are turned on and off. */
export interface CrdSwitch {
  /** The values that do it, the one to use first. */
  readonly values: readonly CrdValue[];
  /** Whether the CRDs are on when none of the values is set. */
  readonly byDefault: boolean;
  /**
   * The minor version of the chart from which that default is known.
   *
   * @default - it holds for every version that is still in use
   */
  readonly from?: string;
}

/** What is known of a Helm chart that brings CRDs, or needs some that it does not bring. */
export interface KnownChart {
  /** The chart's name: the last part of its address in a registry. */
  readonly chart: string;
  /** What the repository's address holds, for names that several projects use. */
  readonly repository?: RegExp;
  /** What its CRDs define: API groups, or `group/Kind` where several charts share a group. */
  readonly provides: readonly string[];
  /** The values that turn its CRDs on or off. */
  readonly gate?: CrdSwitch;
  /** Whether Helm itself installs them from the folder `crds`, so that `spec.install.crds: Skip` leaves them out. */
  readonly folder?: boolean;
  /** The groups whose objects its admission webhook must let through: while it does not serve, they are refused. */
  readonly guards?: readonly string[];
  /** The groups of its own kinds whose CRDs it leaves to something else, and to what. */
  readonly leaves?: { readonly groups: readonly string[]; readonly to: string };
}

/** CRDs that are there unless one of the values is false. */
export const on = (...values: string[]): CrdSwitch => ({
  values: values.map((path) => ({ path })),
  byDefault: true,
});

/** CRDs that are not there unless one of the values is true. */
export const off = (...values: string[]): CrdSwitch => ({
  values: values.map((path) => ({ path })),
  byDefault: false,
});

/** A chart whose CRDs stand in its folder `crds`. */
export function inFolder(chart: string, ...provides: string[]): KnownChart {
  return { chart, provides, folder: true };
}

/** A chart that leaves the CRDs of its kinds to something else. */
export function leaving(chart: string, to: string, ...groups: string[]): KnownChart {
  return { chart, provides: [], leaves: { groups, to } };
}

/** Some kinds of a group. */
export function kinds(group: string, ...names: string[]): string[] {
  return names.map((name) => `${group}/${name}`);
}
