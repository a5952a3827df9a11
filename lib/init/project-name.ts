import { basename } from 'node:path';
import { fail } from '../findings/findings-error';
import { DEPENDENCIES, DEV_DEPENDENCIES } from './versions';

const MAX_LENGTH = 63;
const NAME = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;

/** Names that npm refuses for a package, and names of packages that the project installs. */
const TAKEN: ReadonlySet<string> = new Set([
  ...['cdk8s-flux', 'openpgp', 'node-modules'],
  ...Object.keys({ ...DEPENDENCIES, ...DEV_DEPENDENCIES }),
]);

/**
 * The name of a project: the given one, or the one that its folder's name comes to.
 *
 * @throws FindingsError `project-name-invalid`
 */
export function projectName(folder: string, given?: string): string {
  const name = given ?? nameOfFolder(folder);
  const got =
    given === undefined
      ? `the name of the folder ${JSON.stringify(basename(folder))} results in the project name ${JSON.stringify(name)}`
      : `got the project name ${JSON.stringify(name)}`;
  if (!NAME.test(name) || name.length > MAX_LENGTH) {
    fail({
      code: 'project-name-invalid',
      message: `${got}; use at most ${MAX_LENGTH} lower-case letters, digits and "-", and start with a letter`,
      hint: 'set a name, for example --name home',
    });
  }
  if (TAKEN.has(name)) {
    fail({
      code: 'project-name-invalid',
      message: `${got}, which is also the name of a package that the project installs`,
      hint: `use another name, for example --name ${name}-clusters`,
    });
  }
  return name;
}

function nameOfFolder(folder: string): string {
  const label = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return /^\d/.test(label) ? `project-${label}` : label;
}
