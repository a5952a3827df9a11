import type { FluxKind } from './flux-kind';
import { HELM_GROUP, KUSTOMIZE_GROUP } from './groups';
import {
  configFrom,
  dependsOn,
  kubeConfig,
  secretRef,
  serviceAccount,
  serviceAccountAt,
  sourceAt,
} from './reference-fields';
import { verifyNeedsAt } from './secret-entries';

/** The kinds that apply objects to a cluster. */
export const DELIVERY_KINDS: readonly FluxKind[] = [
  {
    group: KUSTOMIZE_GROUP,
    kind: 'Kustomization',
    versions: [{ name: 'v1' }],
    controller: 'kustomize-controller',
    role: 'kustomization',
    references: [
      dependsOn('Kustomization'),
      sourceAt('spec.sourceRef', 'OCIRepository', 'GitRepository', 'Bucket', 'ExternalArtifact'),
      secretRef('spec.decryption.secretRef'),
      serviceAccountAt('spec.decryption.serviceAccountName'),
      ...kubeConfig,
      configFrom('spec.postBuild.substituteFrom[]', 'substitute-from'),
      {
        path: 'spec.healthChecks[]',
        kinds: 'any',
        by: 'apiVersion',
        reach: 'any-namespace',
        edge: 'health-check',
        alwaysQualified: true,
      },
      serviceAccount,
    ],
  },
  {
    group: HELM_GROUP,
    kind: 'HelmRelease',
    versions: [{ name: 'v2' }],
    controller: 'helm-controller',
    role: 'helm-release',
    references: [
      dependsOn('HelmRelease'),
      sourceAt('spec.chart.spec.sourceRef', 'HelmRepository', 'GitRepository', 'Bucket'),
      { ...sourceAt('spec.chartRef', 'OCIRepository', 'HelmChart', 'ExternalArtifact'), edge: 'chart' },
      configFrom('spec.valuesFrom[]', 'values-from'),
      secretRef('spec.chart.spec.verify.secretRef', verifyNeedsAt('chart', 'spec')),
      ...kubeConfig,
      serviceAccount,
    ],
  },
];
