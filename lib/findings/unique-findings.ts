import type { Finding } from './finding';

/** Findings without those that say the same of the same place, as of a file that several clusters use. */
export function uniqueFindings(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((found) => {
    const key = JSON.stringify([found.code, found.message, found.locations, found.field, found.object]);
    return seen.size !== seen.add(key).size;
  });
}
