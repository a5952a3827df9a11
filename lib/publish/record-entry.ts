/** What a record says of a file. */
export interface RecordEntry {
  /** The fingerprint of the bytes that we last wrote, or its beginning. */
  readonly hash: string;
  /**
   * The code's last value of each marked field.
   *
   * @default - no field is marked
   */
  readonly marks?: ReadonlyMap<string, string>;
}
