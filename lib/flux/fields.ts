import type { DurationField, FluxDuration } from './duration';

type IsAny<T> = 0 extends 1 & T ? true : false;

/**
 * The fields of an imported type as authors write them: literals where the import has a nominal enum (whose
 * members are accepted too), `FluxDuration` where a field holds a duration, and everything else as it is.
 */
export type Fields<T> =
  IsAny<T> extends true
    ? T
    : T extends string
      ? T | `${T}`
      : T extends readonly (infer Item)[]
        ? readonly Fields<Item>[]
        : T extends object
          ? { readonly [Name in keyof T as FluxName<Name>]: Field<Name, T[Name]> }
          : T;

/** The names that the importer spells otherwise than Flux does. Only Flux's own spelling means anything to it. */
export interface Respelled {
  readonly disableOpenApiValidation: 'disableOpenAPIValidation';
  readonly issuerUrl: 'issuerURL';
  readonly matchOidcIdentity: 'matchOIDCIdentity';
  readonly skipCrDs: 'skipCRDs';
}

type FluxName<Name extends PropertyKey> = Name extends keyof Respelled ? Respelled[Name] : Name;

type Field<Name, Value> = Name extends DurationField
  ? FluxDuration | Extract<Value, undefined>
  : Fields<Value>;
