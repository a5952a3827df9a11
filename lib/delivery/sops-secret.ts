import { Construct, type IConstruct } from 'constructs';
import { checkArguments, reportProblems } from '../flux/arguments/check-arguments';
import { requireText } from '../flux/arguments/require-text';
import { chartOf } from '../flux/chart-of';
import { enclosingDirectory, isEntryPath } from '../flux/directory';
import { defineSecretEntries } from '../flux/references/secret-entries';
import { report, setFile } from '../flux/side-data';
import type { SecretValue } from '../sops/values/secret-value';
import { clusterAround } from './cluster';
import { keySecretName, type SopsRecipients } from './cluster-sops';
import { relativeName } from '../render/relative-names';

const SOPS_SECRET = Symbol.for('cdk8s-flux.SopsSecret');

/** Options of every `SopsSecret`. */
export interface SopsSecretOptions {
  /**
   * The recipients to encrypt for.
   *
   * @default - the recipients of the cluster, otherwise those of the first matching rule in `.sops.yaml`
   */
  readonly recipients?: SopsRecipients;
  /**
   * The file, in the directory of its `FluxApp`.
   *
   * @default - `<id>.yaml`
   */
  readonly file?: string;
}

/** The options of `SopsSecret.fromFile`. */
export interface SopsSecretFromFileOptions extends SopsSecretOptions {
  /**
   * The name of the object in the file, so that others can refer to it. Another name in the file is an error.
   *
   * @default - others cannot refer to this construct
   */
  readonly name?: string;
  /**
   * The namespace of the object in the file. Another namespace in the file is an error.
   *
   * @default - the namespace of the `FluxApp`, and not compared
   */
  readonly namespace?: string;
}

/** The props of a `SopsSecret`. */
export interface SopsSecretProps extends SopsSecretOptions {
  /** The values by entry name. */
  readonly values: Readonly<Record<string, SecretValue>>;
  /**
   * The name of the Secret.
   *
   * @default - the construct ids below the `FluxApp`, joined by `-`
   */
  readonly name?: string;
  /**
   * The namespace of the Secret.
   *
   * @default - the `namespace` of the `FluxApp`
   */
  readonly namespace?: string;
  /**
   * Labels of the Secret.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the Secret.
   *
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * The type of the Secret.
   *
   * @default 'Opaque'
   */
  readonly type?: string;
  /**
   * Whether the cluster refuses changes to the Secret.
   *
   * @default false
   */
  readonly immutable?: boolean;
  /**
   * Any text. When you change it, synth encrypts every value again with a new data key.
   *
   * @default - none
   */
  readonly revision?: string;
}

/**
 * A Kubernetes Secret that synth encrypts when it publishes, so plain text is never on disk. Synth keeps the committed
 * file byte for byte until a value, a recipient or the metadata changes. Flux decrypts it: the Kustomization of its
 * `FluxApp` gets `decryption`.
 *
 * @see https://fluxcd.io/flux/guides/mozilla-sops/
 */
export class SopsSecret extends Construct {
  /** Whether a value is a `SopsSecret`, including one from another copy of this package. */
  static isSopsSecret(value: unknown): value is SopsSecret {
    return typeof value === 'object' && value !== null && SOPS_SECRET in value;
  }

  /**
   * Copies a file that the sops command encrypted, byte for byte. It may contain an object of any kind. Synth checks it
   * for plain text, recipients and structure.
   *
   * @param file - the path of the file, relative to the root of the repository
   */
  static fromFile(
    scope: Construct,
    id: string,
    file: string,
    options: SopsSecretFromFileOptions = {},
  ): SopsSecret {
    const secret = new SopsSecret(scope, id, { ...options, values: {} }, String(file));
    requireText(secret, 'file', file, 'set the path of the file, from the root of the repository');
    return secret;
  }

  /** The name of the Secret. */
  readonly name: string;
  /** The kind of the object, for references. */
  readonly kind: string = 'Secret';
  /** The metadata of the object. */
  readonly metadata: { readonly name: string; readonly namespace?: string };
  /** The props. */
  readonly props: SopsSecretProps;
  /** The file that it is copied from, if the sops command encrypted it. */
  readonly takenFrom?: string;

  /**
   * @param takenFrom - a file of the sops command; see `fromFile`
   */
  constructor(scope: Construct, id: string, props: SopsSecretProps, takenFrom?: string) {
    const checked = checkArguments('SopsSecret', scope, id, props);
    const given = checked.props;
    super(scope, id);
    Object.defineProperty(this, SOPS_SECRET, { value: true });
    reportProblems(this, checked);
    // Properties that are not enumerable are in no dump of the construct tree.
    this.props = given;
    Object.defineProperty(this, 'props', { value: given, enumerable: false });
    this.takenFrom = takenFrom;
    this.name = given.name ?? relativeName(this, enclosingDirectory(this)?.construct ?? chartOf(this));
    const namespace = given.namespace ?? chartOf(this).namespace;
    this.metadata = { name: this.name, ...(namespace !== undefined && { namespace }) };
    if (given.file !== undefined) setFile(this, given.file);
    if (takenFrom === undefined) defineSecretEntries(this, Object.keys(given.values));
    turnDecryptionOn(this);
  }
}

function turnDecryptionOn(secret: IConstruct): void {
  const directory = enclosingDirectory(secret);
  const name = keySecretName(clusterAround(secret)?.sops);
  directory?.kustomization?.setDecryption({ provider: 'sops', secretRef: { name } });
  if (directory && isEntryPath(directory)) {
    report(secret, {
      code: 'secret-in-entry-path',
      message: 'it would be written into the entry path, which Flux applies without decrypting anything',
      hint: 'put it into a FluxApp',
    });
  }
}
