import type { Finding } from '../../findings/finding';
import type { GpgKeyring } from '../keys/gpg-keyring';
import type { Recipient } from '../keys/key-request';
import type { PrivateKeys } from '../keys/private-keys';
import type { ResolvedValue, SettledValue } from '../values/resolved-value';
import type { SopsCommand } from '../sops-command';

/** The annotation that holds a secret's revision. It is no part of what the MAC covers. */
export const REVISION_ANNOTATION = 'cdk8s-flux/secret-revision';

/** A Secret as the author wants it. */
export interface DesiredSecret {
  /** Its metadata, with `name` and usually `namespace`. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /**
   * The Secret's type.
   *
   * @default 'Opaque'
   */
  readonly type?: string;
  /**
   * Whether the cluster refuses changes of it.
   *
   * @default - it does not
   */
  readonly immutable?: boolean;
  /** The values by the name of their entry. */
  readonly entries: ReadonlyMap<string, SettledValue>;
}

/** A request in which values may be put off until it is known that they are needed. */
export interface LazyRequest extends Omit<ReconcileRequest, 'desired'> {
  readonly desired: Omit<DesiredSecret, 'entries'> & {
    /** The values by the name of their entry. */
    readonly entries: ReadonlyMap<string, ResolvedValue>;
  };
}

/** A secret to bring into line with what is committed. */
export interface ReconcileRequest {
  /** The file, as a path from the repository's root. */
  readonly file: string;
  /**
   * The construct that asks for it.
   *
   * @default - none
   */
  readonly constructPath?: string;
  /**
   * The committed file's bytes.
   *
   * @default - there is no such file yet
   */
  readonly committed?: Buffer;
  readonly desired: DesiredSecret;
  /** Whom it must be encrypted for. */
  readonly recipients: readonly Recipient[];
  /**
   * Whether the rule that it follows has key groups or keys of a cloud, so that only the sops command can encrypt it.
   *
   * @default false
   */
  readonly bySops?: boolean;
  /**
   * A mark of the author's: when it changes, every value is encrypted again with a new data key.
   *
   * @default - no mark
   */
  readonly revision?: string;
  /**
   * Encrypts everything anew in this run.
   *
   * @default false
   */
  readonly reencrypt?: boolean;
  /**
   * A comment above the document, where the whole file is written.
   *
   * @default - no comment
   */
  readonly header?: string;
}

/** What reconciling needs from its surroundings. */
export interface ReconcileContext {
  readonly keys: PrivateKeys;
  /**
   * The time that goes into files that change.
   *
   * @default - the present
   */
  readonly now?: Date;
  /**
   * Where PGP public keys come from that are not given.
   *
   * @default - nowhere
   */
  readonly gpg?: GpgKeyring;
  /**
   * The sops command, for files with key groups or keys of a cloud.
   *
   * @default - such files are only kept
   */
  readonly sops?: SopsCommand;
}

/**
 * What became of a secret's file.
 *
 * - `created`: there was none
 * - `kept`: the committed bytes
 * - `unverified`: the committed bytes, and whether they hold the values that are here cannot be told
 * - `updated`: an entry or the metadata changed; the other ciphertexts are as they were
 * - `rewrapped`: the data key was wrapped for more recipients
 * - `renewed`: a new data key, and everything encrypted anew
 * - `refused`: the committed bytes, and an error finding
 */
export type ReconcileState =
  'created' | 'kept' | 'unverified' | 'updated' | 'rewrapped' | 'renewed' | 'refused';

/** The file to publish, and what there is to say. */
export interface ReconcileResult {
  readonly file: string;
  readonly state: ReconcileState;
  /**
   * The file's bytes.
   *
   * @default - there is none: it could not be created
   */
  readonly bytes?: Buffer;
  readonly findings: readonly Finding[];
}
