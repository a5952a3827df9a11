import type { Variable } from './variables/variable';

/** The path of a file, relative to the folder in which synth runs, or the content of the file. */
export type ValuesFile = string | Readonly<Record<string, unknown>>;

/**
 * Values for a chart whose values have a type. Each is optional, because the chart has defaults; `null` removes a
 * default; a `Variable` can replace a value of its type. Lists replace the list of the chart.
 */
export type ChartValues<Values> = Values extends readonly (infer Item)[]
  ? readonly ListedValue<Item>[]
  : Values extends object
    ? { readonly [Name in keyof Values]?: ChartValues<Values[Name]> | null }
    : OrVariable<Values>;

/** A value in a list, for which the chart has no defaults. */
export type ListedValue<Value> = Value extends readonly (infer Item)[]
  ? readonly ListedValue<Item>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: ListedValue<Value[Name]> }
    : OrVariable<Value>;

export type OrVariable<Value> = Value extends string
  ? Value | Variable<string>
  : Value extends number
    ? Value | Variable<number>
    : Value extends boolean
      ? Value | Variable<boolean>
      : Value;
