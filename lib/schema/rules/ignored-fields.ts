import { isGiven, type ObjectRule } from './object-rule';

/**
 * The fields of a reference, from the one that takes precedence to the one that is ignored; fields of one group belong
 * together.
 */
type Precedence = readonly (readonly string[])[];

const GIT: Precedence = [['commit', 'branch'], ['name'], ['semver'], ['tag'], ['branch']];
const OCI: Precedence = [['digest'], ['semver', 'semverFilter'], ['tag']];

const POLICY: Precedence = [['semver'], ['alphabetical'], ['numerical']];
const ORDERS = { git: GIT, oci: OCI, policy: POLICY };

/** A rule for fields of which Flux reads one, and passes over the others without a word. */
export function precedenceAt(path: string, order: keyof typeof ORDERS): ObjectRule {
  const precedence = ORDERS[order];
  return (object, report) => {
    const given = precedence.flat().filter((field) => isGiven(object, `${path}.${field}`));
    const winner = precedence.find(([first]) => given.includes(first as string));
    for (const field of new Set(given)) {
      if (!winner || winner.includes(field) || isKeptBeside(winner[0], field)) continue;
      report.add(
        {
          code: 'field-ignored',
          severity: 'warning',
          message: `${JSON.stringify(field)} has no effect, because ${JSON.stringify(winner[0])} is set too`,
          hint: 'remove one of the two',
        },
        ...path.split('.'),
        field,
      );
    }
  };
}

/** Renovate keeps the tag beside the digest up to date, for people to read. */
function isKeptBeside(winner: string | undefined, field: string): boolean {
  return winner === 'digest' && field === 'tag';
}
