import { fail } from '../findings/findings-error';

/**
 * Says that a graph does not fit even without details.
 *
 * @param limit - what the format can hold, for example `Mermaid draws 500 edges`
 * @throws FindingsError `graph-too-large`
 */
export function tooLarge(limit: string): never {
  fail({
    code: 'graph-too-large',
    message: `the graph is too large for this format: ${limit}`,
    hint: 'draw one cluster with --cluster, or use --format html, dot or json, which have no limit',
  });
}
