import type { FluxKind, KindReference } from './flux-kind';
import { NOTIFICATION_GROUP } from './groups';
import { certSecretRef, proxySecretRef, secretRef, serviceAccount } from './reference-fields';
import { receiverNeeds } from './secret-entries';

const notification = {
  group: NOTIFICATION_GROUP,
  controller: 'notification-controller',
  role: 'notification',
} as const satisfies Omit<FluxKind, 'kind' | 'versions'>;

/** Kinds that emit events, and kinds that a webhook can trigger. */
const observed: Pick<KindReference, 'kinds' | 'reach'> = {
  kinds: [
    'Bucket',
    'GitRepository',
    'Kustomization',
    'HelmRelease',
    'HelmChart',
    'HelmRepository',
    'ImageRepository',
    'ImagePolicy',
    'ImageUpdateAutomation',
    'OCIRepository',
    'ArtifactGenerator',
    'ExternalArtifact',
  ],
  reach: 'any-namespace',
};

/** The kinds that send and receive events. */
export const NOTIFICATION_KINDS: readonly FluxKind[] = [
  {
    ...notification,
    kind: 'Alert',
    versions: [{ name: 'v1beta3' }],
    references: [
      {
        path: 'spec.providerRef',
        kinds: ['Provider'],
        by: 'name',
        reach: 'own-namespace',
        edge: 'provider',
      },
      { ...observed, path: 'spec.eventSources[]', by: 'kind', edge: 'event-source' },
    ],
  },
  {
    ...notification,
    kind: 'Provider',
    versions: [{ name: 'v1beta3' }],
    step: 'source',
    // The type decides what the Secret needs: lib/schema/provider-types.
    references: [secretRef('spec.secretRef'), certSecretRef, proxySecretRef, serviceAccount],
  },
  {
    ...notification,
    kind: 'Receiver',
    versions: [{ name: 'v1' }],
    references: [
      secretRef('spec.secretRef', receiverNeeds),
      { ...observed, path: 'spec.resources[]', by: 'apiVersion', edge: 'receiver' },
    ],
  },
];
