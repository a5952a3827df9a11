import type { Finding, Severity } from './finding';
import { isFindingCode } from './codes';

/** How many findings there are of each severity. */
export function countSeverities(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** How many findings there are, for example `1 error, 2 warnings`; `no findings` without any. */
export function summaryOfFindings(findings: readonly Finding[]): string {
  const counts = countSeverities(findings);
  const words = (['error', 'warning', 'info'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => plural(counts[severity], severity));
  return words.length > 0 ? words.join(', ') : 'no findings';
}

/** The command that explains the worst of the findings; undefined where none of ours is worse than an info. */
export function explainingCommand(findings: readonly Finding[]): string | undefined {
  const own = findings.filter(({ code, severity }) => severity !== 'info' && isFindingCode(code));
  const worst = own.find(({ severity }) => severity === 'error') ?? own[0];
  return worst && `cdk8s-flux explain ${worst.code}`;
}

/** A count with its noun. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
