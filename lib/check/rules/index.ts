import type { FindingInput } from '../../findings/finding';
import type { CheckContext } from '../check-context';
import type { Rule } from '../rule';
import { crdDeadlock } from './crd-deadlock';
import { crdRace } from './crd-race';
import { dependencyMissing } from './dependency-missing';
import { dependencyNotReady } from './dependency-not-ready';
import { healthCheckIgnored } from './health-check-ignored';
import { webhookRace } from './webhook-race';

/** Every rule, in the order of their codes. */
export const rules: readonly Rule[] = [
  crdDeadlock,
  crdRace,
  dependencyMissing,
  dependencyNotReady,
  healthCheckIgnored,
  webhookRace,
];

/** Checks whose findings have codes of their own, such as those of the schemas. */
export const checks: readonly ((context: CheckContext) => Iterable<FindingInput>)[] = [];
