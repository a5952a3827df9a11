import { formatFinding } from '../findings/format';
import { FindingsError } from '../findings/findings-error';
import type { Finding } from '../findings/finding';
import { requireConstruct, resultOf, type MatcherContext, type MatcherResult } from './matcher';
import { PlannedApp } from './planned-app';

/** Whether a synth would report nothing. See `FluxMatchers`. */
export function toHaveNoFindings(this: MatcherContext, received: unknown): MatcherResult {
  const scope = requireConstruct(received, 'toHaveNoFindings');
  const findings = findingsIn(PlannedApp.tryOf(scope), scope.node.path);
  const count = `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`;
  return resultOf(
    findings.length === 0 ? [] : [`${count}:`, ...findings.map(formatFinding)],
    'there are no findings',
  );
}

/** The findings about the scope; findings about no construct count for every scope. */
function findingsIn(app: PlannedApp | FindingsError, scope: string): readonly Finding[] {
  const all = FindingsError.isFindingsError(app) ? app.findings : app.inspect();
  return all.filter(
    ({ locations }) =>
      scope === '' ||
      locations.every(({ constructPath }) => constructPath === undefined) ||
      locations.some(({ constructPath = '' }) => `${constructPath}/`.startsWith(`${scope}/`)),
  );
}
