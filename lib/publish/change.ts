import type { TreeFile } from '../tree/tree-file';
import type { Marks } from './marks';

/** A file that the code makes, and what its record says of it. */
export interface PlannedFile {
  readonly file: TreeFile;
  /** The fingerprint of its bytes. */
  readonly hash: string;
  /** The code's values of its marked fields. */
  readonly marks: Marks;
}

/** One thing to do to a file on disk. */
export interface Change {
  readonly path: string;
  /** The folder whose record lists the file. */
  readonly owner: string;
  /** Whether there is something at the path already. */
  readonly exists: boolean;
  /**
   * The bytes to write.
   *
   * @default - the file is removed
   */
  readonly bytes?: Buffer;
  /**
   * The fingerprint of the bytes.
   *
   * @default - the file is removed, or is a record, which needs none
   */
  readonly hash?: string;
  /**
   * The code's values of its marked fields.
   *
   * @default - it has none
   */
  readonly marks?: Marks;
}
