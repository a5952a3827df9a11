/** What every kind of setting has. */
interface SettingBase {
  /** What the setting means; editors show it. */
  readonly description?: string;
  /**
   * The default.
   *
   * @default - none, or the description says what it is
   */
  readonly default?: unknown;
}

/** A setting that is one piece of text. */
export interface TextSetting extends SettingBase {
  readonly type: 'string';
  /**
   * The texts that are allowed.
   *
   * @default - any
   */
  readonly enum?: readonly string[];
  /**
   * The least number of characters.
   *
   * @default 0
   */
  readonly minLength?: number;
}

/** A setting that is a whole number. */
export interface NumberSetting extends SettingBase {
  readonly type: 'integer';
  /**
   * The numbers that are allowed.
   *
   * @default - any
   */
  readonly enum?: readonly number[];
}

/** A setting that is a text, a number or true or false. */
export interface ValueSetting extends SettingBase {
  readonly type: readonly ['string', 'number', 'boolean'];
}

/** A setting that is a whole number or a share in percent, such as `25%`. */
export interface CountSetting extends SettingBase {
  readonly type: readonly ['integer', 'string'];
  /** The least number. */
  readonly minimum: number;
  /** What a share looks like, as a regular expression. */
  readonly pattern: string;
}

/** A setting that is true or false. */
export interface FlagSetting extends SettingBase {
  readonly type: 'boolean';
}

/** A setting that is one value. */
export type ScalarSetting = TextSetting | NumberSetting | FlagSetting | ValueSetting | CountSetting;

/** A setting that is a list. */
export interface ListSetting extends SettingBase {
  readonly type: 'array';
  /** What each item is. */
  readonly items: SettingSchema;
}

/** A setting that has keys: known ones, or any (a map by name). */
export interface GroupSetting extends SettingBase {
  readonly type: 'object';
  /**
   * The keys that have a meaning.
   *
   * @default - none
   */
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  /**
   * The keys that must be given.
   *
   * @default - none
   */
  readonly required?: readonly string[];
  /** What the value of any other key is; `false` when there must be no other key. */
  readonly additionalProperties: SettingSchema | false;
}

/**
 * The part of JSON Schema (draft 7) that describes our configuration. What is written in it serves editors as it is,
 * and `checkSettings` reads nothing else, so that both say the same.
 */
export type SettingSchema = ScalarSetting | ListSetting | GroupSetting;
