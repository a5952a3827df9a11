import type { Allowance } from '../config/allowance';
import type { CheckConfig } from '../config/check-config';
import { CONFIG_FILE } from '../config/config-schema';
import { finding, type Finding } from '../findings/finding';
import { nearestHint } from '../findings/nearest-name';
import { checkCodes, summaryOf } from './codes';

/**
 * What of `cdk8s-flux.yaml` has no effect on a check.
 *
 * @param unused - the positions of the allowances that fit no finding
 */
export function configFindings(
  { rules = {} }: CheckConfig,
  allow: readonly Allowance[],
  unused: readonly number[],
): Finding[] {
  const unknown = Object.keys(rules).filter((code) => summaryOf(code) === undefined);
  return [
    ...unknown.map(unknownRule),
    // Findings that only synth makes do not concern a check.
    ...unused
      .filter((index) => summaryOf(allow[index]?.code ?? '') !== undefined)
      .map((index) => unusedAllowance(allow[index] as Allowance, index)),
  ];
}

function unknownRule(code: string): Finding {
  return finding({
    code: 'rule-unknown',
    severity: 'warning',
    message: `unknown code ${JSON.stringify(code)}`,
    hint: nearestHint(code, checkCodes(), 'remove it'),
    field: `check.rules["${code}"]`,
    locations: [{ file: CONFIG_FILE }],
  });
}

function unusedAllowance({ code, object, file }: Allowance, index: number): Finding {
  const where = [object, file].filter((part) => part !== undefined).join(' in ');
  return finding({
    code: 'allow-unused',
    severity: 'info',
    message: `no finding has the code ${code}${where ? ` at ${where}` : ''} any more`,
    hint: 'remove the entry',
    field: `allow[${index}]`,
    locations: [{ file: CONFIG_FILE }],
  });
}
