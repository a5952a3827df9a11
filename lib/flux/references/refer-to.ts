import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { finding, type Finding } from '../../findings/finding';
import type { KindReference } from '../../kinds/flux-kind';
import { referenceAt } from '../../kinds/flux-kinds';
import { fieldPath, type PathPart } from '../../plain/field-path';
import { appliedNamespace, seenFrom } from '../applied-identity';
import { inPlaceOf } from '../directory';
import { outOfCluster } from './reach';
import type { ObjectReference } from './reference';

/** The properties of a construct that we need to refer to it. */
interface Referable extends Construct {
  readonly name: string;
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly metadata?: { readonly namespace?: string };
}

type Part = 'apiVersion' | 'kind' | 'name' | 'namespace';

const PARTS: Readonly<Record<KindReference['by'], readonly Part[]>> = {
  text: ['name'],
  name: ['name'],
  kind: ['kind', 'name'],
  apiVersion: ['apiVersion', 'kind', 'name'],
};

/** What a field prints about the object that it refers to. */
function partsOf({ by, reach }: KindReference): readonly Part[] {
  return reach === 'any-namespace' ? [...PARTS[by], 'namespace'] : PARTS[by];
}

/** The only kind that a field refers to without naming it; `undefined` if it names the kind. */
function impliedKind({ by, kinds }: KindReference): string | undefined {
  return kinds !== 'any' && (by === 'name' || by === 'text') ? kinds[0] : undefined;
}

/** The namespace of what is referred to, as far as it is known. */
export function namespaceOf(reference: ObjectReference): string | undefined {
  return Construct.isConstruct(reference) ? appliedNamespace(reference) : reference.namespace;
}

/** Whether a value is a construct that stands for one named object. */
export function isReferable(value: object): value is Referable {
  return Construct.isConstruct(value) && typeof (value as Partial<Referable>).name === 'string';
}

/** What the field at a path refers to; `undefined` if it is not a reference. */
function fieldAt(owner: ApiObject, path: readonly PathPart[]): KindReference | undefined {
  return referenceAt(owner.kind, path.filter((part) => typeof part === 'string').join('.'));
}

/** In a field that is not known to be a reference, a construct means its name. */
function nameField(path: readonly PathPart[]): KindReference {
  const by = String(path.at(-1)).endsWith('Name') ? 'text' : 'name';
  return { path: fieldPath(path), kinds: 'any', by, reach: 'own-namespace' };
}

/**
 * Turns a construct into the reference that a field of Flux wants.
 *
 * @param owner - the object that refers
 * @param given - the construct referred to
 * @param path - the field, for example `['spec', 'sourceRef']`
 * @param findings - gets a finding where the target is of another kind, or in a namespace that the field cannot reach
 */
export function referTo(
  owner: ApiObject,
  given: Referable,
  path: readonly PathPart[],
  findings: Finding[],
): string | Record<string, string> {
  const target = inPlaceOf(given) as Referable;
  const known = fieldAt(owner, path);
  const field = known ?? nameField(path);
  const [parts, kind] = [partsOf(field), impliedKind(field)];
  if (kind !== undefined && target.kind !== undefined && target.kind !== kind)
    findings.push(wrongKind(owner, target, kind, path));
  const far = known && outOfCluster(owner, target, path);
  if (far) findings.push(far);
  const { name, namespace } = seenFrom(owner, target);
  const elsewhere = namespace !== undefined && namespace !== appliedNamespace(owner);
  // Only the chart knows in which namespace it looks for a name in its values.
  const isLocal = !parts.includes('namespace') && path[1] !== 'values';
  if (elsewhere && isLocal) findings.push(outOfReach(owner, target, namespace, path));
  if (field.by === 'text') return name;
  const isQualified = elsewhere || field.alwaysQualified === true;
  const found = {
    ...{ apiVersion: target.apiVersion, kind: target.kind, name },
    ...(isQualified && { namespace }),
  };
  return Object.fromEntries(
    parts.flatMap((part) => {
      const value = found[part];
      return value === undefined ? [] : [[part, value]];
    }),
  );
}

/**
 * Leaves out of a reference in plain data what its field does not print: `Provider.fromName('slack')` says its kind,
 * and a `providerRef` is a name alone.
 */
export function trimReference(
  owner: ApiObject,
  value: Readonly<Record<string, unknown>>,
  path: readonly PathPart[],
  findings: Finding[],
): Readonly<Record<string, unknown>> {
  const field = fieldAt(owner, path);
  if (!field || typeof value['name'] !== 'string') return value;
  const { kind, namespace } = value;
  const wanted = impliedKind(field);
  const isTold = wanted !== undefined && typeof kind === 'string';
  const isFar = typeof namespace === 'string' && field.reach === 'own-namespace';
  if (!isTold && !isFar) return value;
  const target = { name: value['name'], kind: String(kind) };
  if (isTold && kind !== wanted) findings.push(wrongKind(owner, target, wanted, path));
  if (isFar && namespace !== appliedNamespace(owner))
    findings.push(outOfReach(owner, target, namespace, path));
  const dropped = [...(isTold ? ['kind'] : []), ...(isFar ? ['namespace'] : [])];
  return Object.fromEntries(Object.entries(value).filter(([part]) => !dropped.includes(part)));
}

/** The message about an object that a field cannot refer to. */
type Refused = Pick<Referable, 'name' | 'kind'> & Partial<Pick<Referable, 'node'>>;

function wrongKind(owner: ApiObject, target: Refused, kind: string, path: readonly PathPart[]): Finding {
  return finding({
    code: 'reference-kind',
    message: `got the ${target.kind} ${JSON.stringify(target.name)}; must be a ${kind}`,
    hint: `use the construct of a ${kind}, or its name`,
    locations: places(owner, target),
    field: fieldPath(path),
  });
}

function outOfReach(
  owner: ApiObject,
  target: Refused,
  namespace: string,
  path: readonly PathPart[],
): Finding {
  return finding({
    code: 'reference-across-namespaces',
    message: `${target.kind ?? 'the object'} ${JSON.stringify(target.name)} is in namespace ${JSON.stringify(
      namespace,
    )}; this field can refer only to namespace ${JSON.stringify(appliedNamespace(owner))}`,
    hint: 'put both objects into the same namespace',
    locations: places(owner, target),
    field: fieldPath(path),
  });
}

function places(owner: ApiObject, { node }: Refused): { constructPath: string }[] {
  return [owner.node.path, ...(node ? [node.path] : [])].map((constructPath) => ({ constructPath }));
}
