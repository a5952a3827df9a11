import { FindingsError } from '../../lib/findings/findings-error';

/** The message of the findings with which something fails. */
export function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (FindingsError.isFindingsError(error)) return error.message;
    throw error;
  }
  throw new Error('expected findings');
}
