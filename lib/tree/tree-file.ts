import { FindingsError } from '../findings/findings-error';
import { parseDocuments } from '../yaml/parse';
import { printDocuments } from '../yaml/print';
import type { ManifestDocument, ManifestObject } from './manifest';

/** What is known of a file beyond its content. */
export interface TreeFileOptions {
  /**
   * The path of the construct that asked for the file.
   *
   * @default - no construct did
   */
  readonly constructPath?: string;
  /**
   * The folder whose ownership record lists the file.
   *
   * @default - the file is not ours
   */
  readonly owner?: string;
  /**
   * The content on disk that this one was made from, so that replacing it loses no one's work.
   *
   * @default - it was made without looking at the disk
   */
  readonly madeFrom?: Buffer;
}

/**
 * A file of a tree: a list of Kubernetes objects, or bytes that are kept as they are. Each form is made from the
 * other when it is first asked for.
 */
export class TreeFile {
  /** A file that is printed from objects. */
  static fromDocuments(
    path: string,
    documents: readonly ManifestDocument[],
    options?: TreeFileOptions,
  ): TreeFile {
    return new TreeFile(path, documents, undefined, options);
  }

  /** A file whose bytes are kept verbatim: one read from disk, an encrypted secret, a file that is not YAML. */
  static fromBytes(path: string, bytes: Uint8Array | string, options?: TreeFileOptions): TreeFile {
    return new TreeFile(
      path,
      undefined,
      typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes),
      options,
    );
  }

  /** The path from the repository's root. */
  readonly path: string;
  /** The path of the construct that asked for the file, if one did. */
  readonly constructPath?: string;
  /** The folder whose ownership record lists the file, if it is ours. */
  readonly owner?: string;
  /** The content on disk that it was made from, if it was. */
  readonly madeFrom?: Buffer;

  private parsed?: readonly ManifestDocument[];
  private problem?: FindingsError;
  private printed?: Buffer;
  private readonly fromObjects: boolean;

  private constructor(
    path: string,
    documents: readonly ManifestDocument[] | undefined,
    bytes: Buffer | undefined,
    options: TreeFileOptions = {},
  ) {
    this.path = path;
    this.parsed = documents;
    this.printed = bytes;
    this.fromObjects = documents !== undefined;
    this.constructPath = options.constructPath;
    this.owner = options.owner;
    this.madeFrom = options.madeFrom;
  }

  /** Whether the file is printed from objects, rather than kept as the bytes it was. */
  get isPrinted(): boolean {
    return this.fromObjects;
  }

  /** The file's bytes. */
  get bytes(): Buffer {
    this.printed ??= Buffer.from(printDocuments(this.parsed ?? []));
    return this.printed;
  }

  /**
   * The file's objects, in order. Empty documents are left out.
   *
   * @throws FindingsError `yaml-invalid` when the bytes are no YAML
   */
  get documents(): readonly ManifestDocument[] {
    if (this.problem) throw this.problem;
    this.parsed ??= this.parse();
    return this.parsed;
  }

  /** Errors are cached too, because everything that looks at a file asks for its documents. */
  private parse(): ManifestDocument[] {
    try {
      return parseDocuments(this.bytes.toString('utf8'), this.path)
        .filter((document) => document.value !== null && document.value !== undefined)
        .map(({ value, line }) => ({ object: value as ManifestObject, line }));
    } catch (error) {
      if (FindingsError.isFindingsError(error)) this.problem = error;
      throw error;
    }
  }
}
