import { object, type Files } from '../small-repositories';

/** A controller of Flux with arguments, as gotk-components.yaml has it. */
export const deployment = (name: string, ...args: readonly string[]) =>
  object(
    'apps/v1',
    'Deployment',
    name,
    'flux-system, labels: { app.kubernetes.io/part-of: flux, app.kubernetes.io/version: v2.7.0 }',
    `spec: { template: { spec: { containers: [{ name: manager, args: ${JSON.stringify(args)} }] } } }`,
  );
/** A file with controllers of Flux. */
export const components = (...names: readonly string[]): Files => ({
  'clusters/prod/flux-system/gotk-components.yaml': names.map((name) => deployment(name)).join(''),
});
/** A FluxInstance; more of its spec as lines. */
export const instance = (...spec: readonly string[]) =>
  object(
    'fluxcd.controlplane.io/v1',
    'FluxInstance',
    'flux',
    'flux-system',
    'spec:',
    '  distribution: { version: 2.x }',
    ...spec.map((text) => `  ${text}`),
  );
