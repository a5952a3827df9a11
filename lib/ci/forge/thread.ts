import type { UNAVAILABLE } from './api';

/** A comment below a pull request or merge request. */
export interface Comment {
  /** The forge's number of it. */
  readonly id: number;
  /** The text. */
  readonly body: string;
  /** The name or number of the account that wrote it. */
  readonly author: string;
}

/** The conversation below a pull request or merge request. */
export interface Thread {
  /** The most characters that a comment may have. */
  readonly limit: number;
  /** The account that the token belongs to. */
  self(): Promise<string>;
  /** The commit that is to be merged, as the forge has it now. */
  headCommit(): Promise<string>;
  /** All comments, the oldest first. */
  comments(): Promise<readonly Comment[]>;
  /** Writes a comment. `UNAVAILABLE` where it is not known whether it was written. */
  create(body: string): Promise<Comment | typeof UNAVAILABLE>;
  /** Changes a comment; false where it is gone. */
  update(id: number, body: string): Promise<boolean>;
  /** Removes a comment, also where it is gone. */
  remove(id: number): Promise<void>;
}
