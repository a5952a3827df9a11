import type { FindingLocation } from './finding';

/** The place of a field of an object that is itself in a field of another one, for example in the template of a ResourceSet. */
export function fieldWithin(location: FindingLocation, field: string): FindingLocation {
  return { ...location, field: [location.field, field].filter(Boolean).join('.') };
}
