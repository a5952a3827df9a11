import type { FluxKind } from './flux-kind';
import { SOURCE_EXTENSIONS_GROUP, SOURCE_GROUP } from './groups';
import { certSecretRef, proxySecretRef, secretRef, serviceAccount, sourceAt } from './reference-fields';
import {
  basicNeeds,
  bucketNeeds,
  commitKeyNeeds,
  gitNeeds,
  helmRepositoryNeeds,
  registryNeeds,
  tlsNeeds,
  trustedRootNeeds,
  verifyNeedsAt,
} from './secret-entries';

const source = {
  group: SOURCE_GROUP,
  versions: [{ name: 'v1' }],
  controller: 'source-controller',
  role: 'source',
  step: 'source',
} as const satisfies Omit<FluxKind, 'kind'>;

/** The kinds that hold files or charts for others, and what makes such in the cluster. */
export const SOURCE_KINDS: readonly FluxKind[] = [
  {
    ...source,
    kind: 'GitRepository',
    references: [
      secretRef('spec.secretRef', gitNeeds),
      proxySecretRef,
      secretRef('spec.verify.secretRef', commitKeyNeeds),
      {
        path: 'spec.include[].repository',
        kinds: ['GitRepository'],
        by: 'name',
        reach: 'own-namespace',
        edge: 'source',
      },
      serviceAccount,
    ],
  },
  {
    ...source,
    kind: 'OCIRepository',
    references: [
      secretRef('spec.secretRef', registryNeeds),
      certSecretRef,
      proxySecretRef,
      secretRef('spec.verify.secretRef', verifyNeedsAt()),
      secretRef('spec.verify.trustedRootSecretRef', trustedRootNeeds),
      serviceAccount,
    ],
  },
  {
    ...source,
    kind: 'Bucket',
    references: [
      secretRef('spec.secretRef', bucketNeeds),
      certSecretRef,
      proxySecretRef,
      secretRef('spec.sts.secretRef', basicNeeds),
      secretRef('spec.sts.certSecretRef', tlsNeeds),
      serviceAccount,
    ],
  },
  {
    ...source,
    kind: 'HelmRepository',
    references: [secretRef('spec.secretRef', helmRepositoryNeeds), certSecretRef],
  },
  {
    ...source,
    kind: 'HelmChart',
    references: [
      {
        ...sourceAt('spec.sourceRef', 'HelmRepository', 'GitRepository', 'Bucket'),
        reach: 'own-namespace',
      },
      secretRef('spec.verify.secretRef', verifyNeedsAt()),
    ],
  },
  {
    ...source,
    kind: 'ExternalArtifact',
    references: [{ path: 'spec.sourceRef', kinds: 'any', by: 'kind', reach: 'any-namespace' }],
  },
  {
    group: SOURCE_EXTENSIONS_GROUP,
    kind: 'ArtifactGenerator',
    versions: [{ name: 'v1beta1' }],
    controller: 'source-watcher',
    role: 'operator',
    step: 'maker',
    references: [
      sourceAt('spec.sources[]', 'Bucket', 'GitRepository', 'OCIRepository', 'HelmChart', 'ExternalArtifact'),
    ],
  },
];
