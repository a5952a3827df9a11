import type { FindingInput } from '../../findings/finding';
import type { CheckContext } from '../check-context';
import { checkObjects } from '../object-check';
import type { Rule } from '../rule';
import { automationPathMissesMarker } from './automation-path-misses-marker';
import { componentMissing } from './component-missing';
import { crdDeadlock } from './crd-deadlock';
import { crdPruned } from './crd-pruned';
import { crdRace } from './crd-race';
import { decryptionMissing } from './decryption-missing';
import { dependencyMissing } from './dependency-missing';
import { dependencyNotReady } from './dependency-not-ready';
import { healthCheckIgnored } from './health-check-ignored';
import { imagePolicyMissing } from './image-policy-missing';
import { imageRepositoryMissing } from './image-repository-missing';
import { markerWithoutPolicy } from './marker-without-policy';
import { notificationReferenceMissing } from './notification-reference-missing';
import { openVersionRangeShared } from './open-version-range-shared';
import { plaintextSecret } from './plaintext-secret';
import { removedApi } from './removed-api';
import { sopsMetadataEncrypted } from './sops-metadata-encrypted';
import { sopsRuleNoRegex } from './sops-rule-no-regex';
import { variableEaten } from './variable-eaten';
import { variableUndefined } from './variable-undefined';
import { webhookRace } from './webhook-race';

/** Every rule, in the order of their codes. */
export const rules: readonly Rule[] = [
  automationPathMissesMarker,
  componentMissing,
  crdDeadlock,
  crdPruned,
  crdRace,
  decryptionMissing,
  dependencyMissing,
  dependencyNotReady,
  healthCheckIgnored,
  imagePolicyMissing,
  imageRepositoryMissing,
  markerWithoutPolicy,
  notificationReferenceMissing,
  openVersionRangeShared,
  plaintextSecret,
  removedApi,
  sopsMetadataEncrypted,
  sopsRuleNoRegex,
  variableEaten,
  variableUndefined,
  webhookRace,
];

/** Checks whose findings have codes of their own, such as those of the schemas. */
export const checks: readonly ((context: CheckContext) => Iterable<FindingInput>)[] = [checkObjects];
