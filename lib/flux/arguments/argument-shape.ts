/** A kind of value, as far as constructors tell values apart before they work with them. */
export type ValueKind =
  'text' | 'number' | 'boolean' | 'list' | 'map' | 'construct' | 'secret' | 'function' | 'any';

/** What an argument may be. */
export interface ArgumentShape {
  /** The kinds of value that are allowed. */
  readonly is: readonly ValueKind[];
  /**
   * Whether it has to be given.
   *
   * @default false
   */
  readonly required?: boolean;
  /**
   * The only texts that are allowed.
   *
   * @default - all
   */
  readonly literals?: readonly string[];
  /**
   * The fields of a map.
   *
   * @default - none
   */
  readonly fields?: Readonly<Record<string, ArgumentShape>>;
  /**
   * Whether the map may have other fields, which are checked elsewhere.
   *
   * @default false
   */
  readonly open?: boolean;
  /**
   * What each item of a list may be.
   *
   * @default - anything
   */
  readonly items?: ArgumentShape;
  /**
   * What each entry of a map whose names are free may be.
   *
   * @default - anything
   */
  readonly entries?: ArgumentShape;
}

/** The shape of a map whose fields are known. */
export interface MapShape extends ArgumentShape {
  readonly fields: Readonly<Record<string, ArgumentShape>>;
}
