import type { IConstruct } from 'constructs';
import { FindingsError } from '../../findings/findings-error';
import { repositoryPath } from '../../tree/path';
import { reportInvalid } from '../side-data';

/**
 * A path that an author gave a construct, from the root of the repository in its one spelling. What is wrong with it is
 * reported, so that the rest of the app is still looked at.
 *
 * @param standIn - what the construct goes on with then
 */
export function pathOf(construct: IConstruct, path: string, standIn: string): string {
  try {
    return repositoryPath(path);
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    reportInvalid(construct, error.findings);
    return standIn;
  }
}
