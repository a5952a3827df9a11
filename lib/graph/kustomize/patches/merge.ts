import type { FindingLocation } from '../../../findings/finding';
import type { PlainMap } from '../../../plain/plain-data';

/** An object that is merged into another one. */
export interface Merge {
  readonly object: PlainMap;
  /** Where it is written. */
  readonly location: FindingLocation;
  /** Important fields that it has without a value. */
  readonly blanks: readonly (readonly string[])[];
}
