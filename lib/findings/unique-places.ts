import type { FindingLocation } from './finding';

/** Places without those that are the same, in their order. */
export function uniquePlaces(places: readonly FindingLocation[]): FindingLocation[] {
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
}
