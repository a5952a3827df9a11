/** A controller that a default bootstrap does not install. */
export type ExtraComponent = 'image-reflector-controller' | 'image-automation-controller' | 'source-watcher';

/** The controllers of Flux. */
export type FluxComponent =
  | 'source-controller'
  | 'kustomize-controller'
  | 'helm-controller'
  | 'notification-controller'
  | ExtraComponent;

/** The controllers that bootstrap and FluxInstances install where nothing else is said. */
export const DEFAULT_COMPONENTS: readonly FluxComponent[] = [
  'source-controller',
  'kustomize-controller',
  'helm-controller',
  'notification-controller',
];

/** The controllers that are installed on request, in the order in which they are named. */
export const EXTRA_COMPONENTS: readonly ExtraComponent[] = [
  'image-reflector-controller',
  'image-automation-controller',
  'source-watcher',
];
