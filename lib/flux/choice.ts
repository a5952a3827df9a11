/** Fields that must not be set. */
export type Without<Names extends PropertyKey> = { readonly [Name in Names]?: never };

/** Required fields of an interface. */
export type Given<Fields, Names extends keyof Fields> = {
  readonly [Name in Names]-?: NonNullable<Fields[Name]>;
};

/** Fields, of which exactly one of some names must be set. */
export type ExactlyOne<Fields, Names extends keyof Fields> = Fields &
  { [Name in Names]: Given<Fields, Name> & Without<Exclude<Names, Name>> }[Names];

/** Fields in groups, of which only one group may be set. */
export type OneGroup<Fields, Groups extends readonly PropertyKey[]> = Fields &
  { [Index in keyof Groups]: Without<Exclude<Groups[number], Groups[Index]>> }[number];

/** Fields, of which some may be set only if another has a certain value. */
export type OnlyWith<
  Fields,
  Name extends keyof Fields,
  Text extends string,
  Names extends keyof Fields,
> = Fields &
  (
    | { readonly [Key in Name]: Spelled<Fields[Name], Text> }
    | ({
        readonly [Key in Name]: Spelled<Fields[Name], Exclude<TextOf<Fields[Name]>, Text>>;
      } & Without<Names>)
  );

/** The members of a union of literals and enums that are spelled in one of some ways. */
export type Spelled<Union, Text extends string> = Union extends string
  ? `${Union}` extends Text
    ? Union
    : never
  : never;

/** The texts of a union of literals and enums. */
export type TextOf<Union> = Union extends string ? `${Union}` : never;

/** `Omit` that leaves a union of types a union. */
export type OmitEach<Union, Names extends PropertyKey> = Union extends unknown ? Omit<Union, Names> : never;
