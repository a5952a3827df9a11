import { Construct, type IConstruct } from 'constructs';

/** Anything that has a name: a construct (a Secret of cdk8s-plus, an `ApiObject`), or only the name. */
export interface NamedReference {
  /** The name of the object. */
  readonly name: string;
}

/** The name of an object, or a construct that has it. */
export type NameOrReference = string | NamedReference;

/** A Secret in the namespace of the object that refers to it: a construct, or its name. */
export type SecretReference = NamedReference;

/** A ConfigMap in the namespace of the object that refers to it: a construct, or its name. */
export type ConfigMapReference = NamedReference;

/** An object of one kind in the namespace of the object that refers to it. */
export interface ReferenceTo<Kind extends string> extends NamedReference {
  /**
   * The kind of the object, which constructs and `fromName` know. It is not printed.
   *
   * @default - the one kind that fits
   */
  readonly kind?: Kind;
}

/** An object of one kind, in any namespace. */
export interface QualifiedReferenceTo<Kind extends string> extends ReferenceTo<Kind> {
  /**
   * The namespace of the object.
   *
   * @default - the namespace of the object that refers to it
   */
  readonly namespace?: string;
}

/** A reference by kind and name to an object in the same namespace. */
export interface LocalReference<Kind extends string = string> extends NamedReference {
  /** The kind of the object. */
  readonly kind: Kind;
  /**
   * The API version of the object.
   *
   * @default - the version that the cluster prefers
   */
  readonly apiVersion?: string;
}

/** A reference to an object by kind and name: a construct, or plain data. */
export interface ObjectReference<Kind extends string = string> extends LocalReference<Kind> {
  /**
   * The namespace of the object.
   *
   * @default - the namespace of the object that refers to it
   */
  readonly namespace?: string;
}

/** A construct of one object, whose type does not show the kind. */
export interface ReferableConstruct extends IConstruct {
  /** The name of the object. */
  readonly name: string;
  /** The kind of the object. */
  readonly kind: string;
}

/** Refers to an object by kind and name. */
export function referenceTo<Kind extends string>(
  kind: Kind,
  name: string,
  namespace?: string,
): ObjectReference<Kind> {
  return { kind, name, ...(namespace !== undefined && { namespace }) };
}

/** A reference without the namespace where that is the one of the object which refers. */
export function localReference<Kind extends string>(
  reference: ObjectReference<Kind>,
  namespace: string,
): ObjectReference<Kind> {
  if (Construct.isConstruct(reference) || reference.namespace !== namespace) return reference;
  return { kind: reference.kind, name: reference.name };
}
