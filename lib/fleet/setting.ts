/** The problem with the value of a setting, for example "must be at least 1"; `undefined` if there is none. */
export type SettingCheck<Value> = (value: Value) => string | undefined;

/** The options of every kind of setting. */
export interface SettingOptions<Value> {
  /**
   * What the setting is for; a finding about a wrong value shows it.
   *
   * @default - nothing
   */
  readonly description?: string;
  /**
   * An additional check of the value: returns the problem, or `undefined`.
   *
   * @default - only the type is checked
   */
  readonly check?: SettingCheck<Value>;
}

/** A setting with a default. */
export interface Defaulted<Value> {
  /** The value if neither the cluster, nor its region, nor its environment sets one. */
  readonly default: Value;
}

/** The options of a number. */
export interface NumberSettingOptions extends SettingOptions<number> {
  /**
   * The minimum.
   *
   * @default - no limit
   */
  readonly min?: number;
  /**
   * The maximum.
   *
   * @default - no limit
   */
  readonly max?: number;
  /**
   * Whether only whole numbers are allowed.
   *
   * @default true
   */
  readonly integer?: boolean;
}

/** The options of a string. */
export interface TextSettingOptions extends SettingOptions<string> {
  /**
   * What the whole string must match.
   *
   * @default - any non-empty string
   */
  readonly pattern?: RegExp;
}

/**
 * A setting that each cluster of a fleet has: its type, its limits, and the default for clusters that do not set it.
 *
 * @typeParam Value - the type of its value
 * @typeParam HasDefault - whether it has a default
 */
export class Setting<out Value, out HasDefault extends boolean = boolean> {
  /** A number; a whole number unless `integer` is false. */
  static number(options: NumberSettingOptions & Defaulted<number>): Setting<number, true>;
  /** A number that clusters must set. */
  static number(options?: NumberSettingOptions): Setting<number, false>;
  static number(options: NumberSettingOptions & Partial<Defaulted<number>> = {}): Setting<number> {
    return new Setting<number>((value) => checkNumber(value, options), options);
  }

  /** A string. */
  static text(options: TextSettingOptions & Defaulted<string>): Setting<string, true>;
  /** A string that clusters must set. */
  static text(options?: TextSettingOptions): Setting<string, false>;
  static text(options: TextSettingOptions & Partial<Defaulted<string>> = {}): Setting<string> {
    return new Setting<string>((value) => checkText(value, options), options);
  }

  /** True or false. */
  static boolean(options: SettingOptions<boolean> & Defaulted<boolean>): Setting<boolean, true>;
  /** True or false; clusters must set it. */
  static boolean(options?: SettingOptions<boolean>): Setting<boolean, false>;
  static boolean(options: SettingOptions<boolean> & Partial<Defaulted<boolean>> = {}): Setting<boolean> {
    const check = (value: unknown): string | undefined =>
      typeof value === 'boolean' ? undefined : 'must be true or false';
    return new Setting<boolean>(check, options);
  }

  /**
   * One of some strings.
   *
   * @example
   * Setting.oneOf(['small', 'large'], { default: 'small' })
   */
  static oneOf<Value extends string>(
    values: readonly Value[],
    options: SettingOptions<Value> & Defaulted<NoInfer<Value>>,
  ): Setting<Value, true>;
  /** One of some strings; clusters must set it. */
  static oneOf<Value extends string>(
    values: readonly Value[],
    options?: SettingOptions<Value>,
  ): Setting<Value, false>;
  static oneOf<Value extends string>(
    values: readonly Value[],
    options: SettingOptions<Value> & Partial<Defaulted<Value>> = {},
  ): Setting<Value> {
    const listed = values.map((value) => JSON.stringify(value)).join(', ');
    const check = (value: unknown): string | undefined =>
      values.includes(value as Value) ? undefined : `must be one of ${listed}`;
    return new Setting<Value>(check, options);
  }

  /**
   * Any other value. Add a `check`, because nothing else is checked.
   *
   * @example
   * Setting.of<readonly string[]>({ default: [] })
   */
  static of<Value>(options: SettingOptions<Value> & Defaulted<Value>): Setting<Value, true>;
  /** Any other value; clusters must set it. */
  static of<Value>(options?: SettingOptions<Value>): Setting<Value, false>;
  static of<Value>(options: SettingOptions<Value> & Partial<Defaulted<Value>> = {}): Setting<Value> {
    return new Setting<Value>(() => undefined, options);
  }

  /** Distinguishes the types for the compiler; it has no value. */
  declare protected readonly types: { readonly value: Value; readonly hasDefault: HasDefault };

  private constructor(
    private readonly checkKind: (value: unknown) => string | undefined,
    private readonly options: SettingOptions<never> & Partial<Defaulted<Value>>,
  ) {}

  /** The value for clusters that do not set it; `undefined` if they must set it. */
  get default(): Value | undefined {
    return this.options.default;
  }

  /** What it is for. */
  get description(): string | undefined {
    return this.options.description;
  }

  /** The problem with a value; `undefined` if there is none. */
  problemOf(value: unknown): string | undefined {
    return this.checkKind(value) ?? this.options.check?.(value as never);
  }
}

function checkNumber(value: unknown, { min, max, integer = true }: NumberSettingOptions): string | undefined {
  const isRight =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    (!integer || Number.isInteger(value)) &&
    (min === undefined || value >= min) &&
    (max === undefined || value <= max);
  if (isRight) return undefined;
  const limits = [min !== undefined && `at least ${min}`, max !== undefined && `at most ${max}`];
  const kind = integer ? 'a whole number' : 'a number';
  return `must be ${[kind, limits.filter(Boolean).join(' and ')].filter(Boolean).join(' of ')}`;
}

function checkText(value: unknown, { pattern }: TextSettingOptions): string | undefined {
  if (typeof value !== 'string') return 'must be a string';
  if (pattern === undefined) return value === '' ? 'must not be empty' : undefined;
  const whole = new RegExp(`^(?:${pattern.source})$`, pattern.flags.replace(/[gy]/g, ''));
  return whole.test(value) ? undefined : `must match ${String(pattern)}`;
}
