import type { FluxComponent } from './components';

/** A flag of the lock-down, and the controllers that have it. */
interface LockDownFlag {
  /** The flag, without its value. */
  readonly flag: string;
  /** The value that the lock-down sets. */
  readonly value: string;
  readonly controllers: readonly FluxComponent[];
}

/** The account without rights that Flux acts as where nothing names another. */
export const DEFAULT_ACCOUNT = 'default';

/**
 * The flags by which Flux is locked down.
 *
 * @see https://fluxcd.io/flux/installation/configuration/multitenancy/#how-to-configure-flux-multi-tenancy
 */
export const LOCK_DOWN_FLAGS = {
  noCrossNamespaceRefs: {
    flag: '--no-cross-namespace-refs',
    value: 'true',
    controllers: [
      'kustomize-controller',
      'helm-controller',
      'notification-controller',
      'image-reflector-controller',
      'image-automation-controller',
      'source-watcher',
    ],
  },
  noRemoteBases: {
    flag: '--no-remote-bases',
    value: 'true',
    controllers: ['kustomize-controller'],
  },
  defaultServiceAccount: {
    flag: '--default-service-account',
    value: DEFAULT_ACCOUNT,
    controllers: ['kustomize-controller', 'helm-controller'],
  },
} as const satisfies Readonly<Record<string, LockDownFlag>>;
