import type { Rule } from '../rule';
import { automationCannotPush } from './automation-cannot-push';
import { automationFilesShared } from './automation-files-shared';
import { automationPathMissesMarker } from './automation-path-misses-marker';
import { chainTooDeep } from './chain-too-deep';
import { chartNameInvalid } from './chart-name-invalid';
import { chartPathMissing } from './chart-path-missing';
import { componentMissing } from './component-missing';
import { configKeyMissing } from './config-key-missing';
import { crdDeadlock } from './crd-deadlock';
import { crdMissing } from './crd-missing';
import { crdPruned } from './crd-pruned';
import { crdRace } from './crd-race';
import { crossNamespaceReference } from './cross-namespace-reference';
import { decryptionMissing } from './decryption-missing';
import { dependencyCrossKind } from './dependency-cross-kind';
import { dependencyCycle } from './dependency-cycle';
import { dependencyMissing } from './dependency-missing';
import { dependencyNotReady } from './dependency-not-ready';
import { dependencyRedundant } from './dependency-redundant';
import { dependencySuspended } from './dependency-suspended';
import { duplicateOwner } from './duplicate-owner';
import { fileNotListed } from './file-not-listed';
import { floatingVersionShared } from './floating-version-shared';
import { healthCheckIgnored } from './health-check-ignored';
import { healthCheckTargetMissing } from './health-check-target-missing';
import { imagePolicyMissing } from './image-policy-missing';
import { imageRepositoryMissing } from './image-repository-missing';
import { inputMissing } from './input-missing';
import { issuerMissing } from './issuer-missing';
import { lockDownMissing } from './lock-down-missing';
import { markerOfOtherImage } from './marker-of-other-image';
import { markerOfOtherPart } from './marker-of-other-part';
import { markerWithoutPolicy } from './marker-without-policy';
import { namespaceMissing } from './namespace-missing';
import { namespaceRace } from './namespace-race';
import { namespaceRenamed } from './namespace-renamed';
import { notificationReferenceMissing } from './notification-reference-missing';
import { openVersionRangeShared } from './open-version-range-shared';
import { orphanFile } from './orphan-file';
import { pathOfOtherCluster } from './path-of-other-cluster';
import { pathOverlap } from './path-overlap';
import { plaintextSecret } from './plaintext-secret';
import { referenceRenamed } from './reference-renamed';
import { remoteBaseRefused } from './remote-base-refused';
import { removedApi } from './removed-api';
import { retryIntervalDefault } from './retry-interval-default';
import { roleMissing } from './role-missing';
import { serviceAccountMissing } from './service-account-missing';
import { servicePortMissing } from './service-port-missing';
import { shardSourceApart } from './shard-source-apart';
import { shardWatchedTwice } from './shard-watched-twice';
import { shardWithoutController } from './shard-without-controller';
import { sopsMetadataEncrypted } from './sops-metadata-encrypted';
import { sopsRuleNoRegex } from './sops-rule-no-regex';
import { sopsValueNotText } from './sops-value-not-text';
import { sourceMissing } from './source-missing';
import { sourceUnused } from './source-unused';
import { tenantClusterRole } from './tenant-cluster-role';
import { tenantReachesOut } from './tenant-reaches-out';
import { tenantRoleEscalates } from './tenant-role-escalates';
import { timeoutTooShort } from './timeout-too-short';
import { valuesFromInvalid } from './values-from-invalid';
import { valuesKeyDotted } from './values-key-dotted';
import { variableEaten } from './variable-eaten';
import { variableSourceLate } from './variable-source-late';
import { variableUndefined } from './variable-undefined';
import { webhookRace } from './webhook-race';

/** Every rule, in the order of their codes. */
export const rules: readonly Rule[] = [
  automationCannotPush,
  automationFilesShared,
  automationPathMissesMarker,
  chainTooDeep,
  chartNameInvalid,
  chartPathMissing,
  componentMissing,
  configKeyMissing,
  crdDeadlock,
  crdMissing,
  crdPruned,
  crdRace,
  crossNamespaceReference,
  decryptionMissing,
  dependencyCrossKind,
  dependencyCycle,
  dependencyMissing,
  dependencyNotReady,
  dependencyRedundant,
  dependencySuspended,
  duplicateOwner,
  fileNotListed,
  floatingVersionShared,
  healthCheckIgnored,
  healthCheckTargetMissing,
  imagePolicyMissing,
  imageRepositoryMissing,
  inputMissing,
  issuerMissing,
  lockDownMissing,
  markerOfOtherImage,
  markerOfOtherPart,
  markerWithoutPolicy,
  namespaceMissing,
  namespaceRace,
  namespaceRenamed,
  notificationReferenceMissing,
  openVersionRangeShared,
  orphanFile,
  pathOfOtherCluster,
  pathOverlap,
  plaintextSecret,
  referenceRenamed,
  remoteBaseRefused,
  removedApi,
  retryIntervalDefault,
  roleMissing,
  serviceAccountMissing,
  servicePortMissing,
  shardSourceApart,
  shardWatchedTwice,
  shardWithoutController,
  sopsMetadataEncrypted,
  sopsRuleNoRegex,
  sopsValueNotText,
  sourceMissing,
  sourceUnused,
  tenantClusterRole,
  tenantReachesOut,
  tenantRoleEscalates,
  timeoutTooShort,
  valuesFromInvalid,
  valuesKeyDotted,
  variableEaten,
  variableSourceLate,
  variableUndefined,
  webhookRace,
];
