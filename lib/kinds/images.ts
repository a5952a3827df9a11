import type { FluxKind } from './flux-kind';
import { IMAGE_GROUP } from './groups';
import { certSecretRef, proxySecretRef, secretRef, serviceAccount, sourceAt } from './reference-fields';
import { registryNeeds, signingKeyNeeds } from './secret-entries';

const image = {
  group: IMAGE_GROUP,
  versions: [{ name: 'v1' }],
  controller: 'image-reflector-controller',
  role: 'image',
} as const satisfies Omit<FluxKind, 'kind'>;

/** The kinds of image automation. */
export const IMAGE_KINDS: readonly FluxKind[] = [
  {
    ...image,
    kind: 'ImageRepository',
    step: 'source',
    references: [secretRef('spec.secretRef', registryNeeds), certSecretRef, proxySecretRef, serviceAccount],
  },
  {
    ...image,
    kind: 'ImagePolicy',
    references: [
      {
        path: 'spec.imageRepositoryRef',
        kinds: ['ImageRepository'],
        by: 'name',
        reach: 'any-namespace',
        edge: 'image',
      },
    ],
  },
  {
    ...image,
    kind: 'ImageUpdateAutomation',
    controller: 'image-automation-controller',
    references: [
      sourceAt('spec.sourceRef', 'GitRepository'),
      secretRef('spec.git.commit.signingKey.secretRef', signingKeyNeeds),
    ],
  },
];
