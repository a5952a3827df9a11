import { fail } from '../../findings/findings-error';
import type { Environment } from './pipeline';

/**
 * A variable that the runner sets.
 *
 * @throws FindingsError `pipeline-incomplete`
 */
export function requiredVariable(env: Environment, name: string): string {
  const value = env[name];
  if (value !== undefined && value !== '') return value;
  return fail({
    code: 'pipeline-incomplete',
    message: `the variable ${name} is not set`,
    hint: 'run the command in a job of GitHub Actions or GitLab CI: the runner sets it',
  });
}

/**
 * The id of a commit. What is anything else could be read by git as an option or as another name.
 *
 * @throws FindingsError `pipeline-incomplete`
 */
export function commitOf(text: string, what: string): string {
  if (/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text)) return text;
  return fail({
    code: 'pipeline-incomplete',
    message: `${what} is ${JSON.stringify(text)}; expected the id of a commit`,
    hint: 'run the command in a job of GitHub Actions or GitLab CI: the runner sets it',
  });
}
