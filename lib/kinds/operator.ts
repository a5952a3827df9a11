import type { FluxKind } from './flux-kind';
import { OPERATOR_GROUP } from './groups';
import { serviceAccount } from './reference-fields';

const operator = {
  group: OPERATOR_GROUP,
  versions: [{ name: 'v1' }],
  role: 'operator',
} as const satisfies Omit<FluxKind, 'kind'>;

/** The kinds of the Flux operator, which are no part of Flux itself. */
export const OPERATOR_KINDS: readonly FluxKind[] = [
  { ...operator, kind: 'FluxInstance' },
  { ...operator, kind: 'FluxReport' },
  {
    ...operator,
    kind: 'ResourceSet',
    references: [
      {
        path: 'spec.dependsOn[]',
        kinds: 'any',
        by: 'apiVersion',
        reach: 'any-namespace',
        edge: 'depends-on',
      },
      serviceAccount,
    ],
  },
  { ...operator, kind: 'ResourceSetInputProvider', step: 'source' },
];
