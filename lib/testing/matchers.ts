import type { IConstruct } from 'constructs';
import type { MatcherContext, MatcherResult } from './matcher';
import { toBeDecryptable } from './to-be-decryptable';
import { toHaveNoFindings } from './to-have-no-findings';
import { toHaveResource } from './to-have-resource';
import { toReconcileBefore } from './to-reconcile-before';

/** The types of the matchers, for the interfaces that Jest and Vitest extend. */
export interface FluxMatchers<R = void> {
  /**
   * Passes if the app, cluster, FluxApp or other construct creates an object of this kind and name that has all fields
   * of `partial`. Lists must have the same number of items; asymmetric matchers such as `expect.stringContaining` work
   * everywhere.
   *
   * @param kind - the kind, for example `Deployment`
   * @param name - the name, or `namespace/name`
   * @param partial - the fields to compare. Without it, the object only needs to exist.
   */
  toHaveResource(kind: string, name: string, partial?: unknown): R;
  /**
   * Passes if Flux starts `second` only after `first` is ready, in every cluster that has both.
   *
   * @param first - a construct, or the name of a Kustomization or HelmRelease: `name`, `namespace/name` or
   *   `Kind/namespace/name`
   * @param second - the same as for `first`
   * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies
   */
  toReconcileBefore(first: IConstruct | string, second: IConstruct | string): R;
  /** Passes if synth reports no errors and no warnings for the app, or for the construct and everything in it. */
  toHaveNoFindings(): R;
  /**
   * Passes if Flux can decrypt each SopsSecret in the app or construct: its Kustomization has `decryption`, and the
   * committed file exists and is encrypted for the recipients in the code. It needs no key.
   */
  toBeDecryptable(): R;
}

type Matcher = (this: MatcherContext, received: unknown, ...expected: never[]) => MatcherResult;

/** Matchers for `expect.extend` of Jest and Vitest. */
export const fluxMatchers: {
  /** See `FluxMatchers`. */
  readonly toHaveResource: typeof toHaveResource;
  /** See `FluxMatchers`. */
  readonly toReconcileBefore: typeof toReconcileBefore;
  /** See `FluxMatchers`. */
  readonly toHaveNoFindings: typeof toHaveNoFindings;
  /** See `FluxMatchers`. */
  readonly toBeDecryptable: typeof toBeDecryptable;
} = { toHaveResource, toReconcileBefore, toHaveNoFindings, toBeDecryptable } satisfies Record<
  string,
  Matcher
>;
