import type { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { finding, type Finding } from '../findings/finding';
import { fieldPath } from './field-path';

/** Anything that has a name: a construct (a Secret of cdk8s-plus, an `ApiObject`), or just the name. */
export interface NamedReference {
  /** The name of the object. */
  readonly name: string;
}

/** An object referred to by kind and name: a construct, or the bare data. */
export interface ObjectReference<Kind extends string = string> extends NamedReference {
  /** The kind of the object. */
  readonly kind: Kind;
  /**
   * The namespace of the object.
   *
   * @default - the namespace of the object that refers to it
   */
  readonly namespace?: string;
}

/** A construct that stands for one object, of a kind that its type does not tell. */
export interface ReferableConstruct extends IConstruct {
  /** The name of the object. */
  readonly name: string;
  /** The kind of the object. */
  readonly kind: string;
}

/** What we need of a construct to refer to it. */
interface Referable extends Construct {
  readonly name: string;
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly metadata?: { readonly namespace?: string };
}

type Part = 'apiVersion' | 'kind' | 'name' | 'namespace';

/** What each field of Flux's kinds needs to know of the object that it refers to. */
const PARTS: Readonly<Record<string, readonly Part[]>> = {
  sourceRef: ['kind', 'name', 'namespace'],
  chartRef: ['kind', 'name', 'namespace'],
  eventSources: ['kind', 'name', 'namespace'],
  resources: ['apiVersion', 'kind', 'name', 'namespace'],
  sources: ['kind', 'name', 'namespace'],
  healthChecks: ['apiVersion', 'kind', 'name', 'namespace'],
  imageRepositoryRef: ['name', 'namespace'],
  substituteFrom: ['kind', 'name'],
  valuesFrom: ['kind', 'name'],
};

/** Fields in which Flux wants the namespace even where it is the owner's own. */
const ALWAYS_QUALIFIED = new Set(['healthChecks']);

/** A reference without the namespace where that is the one of the object which refers. */
export function localReference<Kind extends string>(
  reference: ObjectReference<Kind>,
  namespace: string,
): ObjectReference<Kind> {
  if (Construct.isConstruct(reference) || reference.namespace !== namespace) return reference;
  return { kind: reference.kind, name: reference.name };
}

/** Whether a value is a construct that stands for one named object. */
export function isReferable(value: object): value is Referable {
  return Construct.isConstruct(value) && typeof (value as Partial<Referable>).name === 'string';
}

/**
 * Turns a construct into the reference that a field of Flux wants.
 *
 * @param owner - the object that refers
 * @param target - the construct referred to
 * @param path - the field, for example `['spec', 'sourceRef']`
 * @param findings - gets a finding where the field cannot reach the target's namespace
 */
export function referTo(
  owner: ApiObject,
  target: Referable,
  path: readonly string[],
  findings: Finding[],
): string | Record<string, string> {
  const field = [...path].reverse().find((part) => !/^[0-9]+$/.test(part)) as string;
  if (field.endsWith('Name')) return target.name;
  const parts = PARTS[field] ?? ['name'];
  const namespace = target.metadata?.namespace;
  const elsewhere = namespace !== undefined && namespace !== owner.metadata.namespace;
  if (elsewhere && !parts.includes('namespace')) findings.push(outOfReach(owner, target, path));
  const reference: Record<string, string> = {};
  for (const part of parts) {
    const value = part === 'namespace' ? namespace : target[part];
    if (value === undefined) continue;
    if (part === 'namespace' && !elsewhere && !ALWAYS_QUALIFIED.has(field)) continue;
    reference[part] = value;
  }
  return reference;
}

function outOfReach(owner: ApiObject, target: Referable, path: readonly string[]): Finding {
  return finding({
    code: 'reference-across-namespaces',
    message: `${target.kind ?? 'the object'} ${JSON.stringify(target.name)} is in namespace ${JSON.stringify(
      target.metadata?.namespace,
    )}, but the field reaches only ${JSON.stringify(owner.metadata.namespace)}`,
    hint: 'put both into one namespace',
    locations: [{ constructPath: owner.node.path }, { constructPath: target.node.path }],
    field: fieldPath(path),
  });
}
