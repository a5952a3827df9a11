import type { ChangeClass } from '../../lib/diff/change';
import type { Claim, ClassifyContext } from '../../lib/diff/classifier';
import { classifyObject } from '../../lib/diff/classify';
import { changedObject } from './changed-object';

/** A change of an object: what it is, the object before and after, and the spec of its Kustomization. */
export type Case = readonly [
  what: string,
  before: string,
  after: string,
  kustomization?: Record<string, unknown>,
];

/** What the diff reports about a change. */
export function claimsOf([, before, after, spec]: Case, context: ClassifyContext = {}): Claim[] {
  return classifyObject(changedObject(before, after, spec), context);
}

/** What it reports under one class. */
export function claimOf(name: ChangeClass, change: Case, context: ClassifyContext = {}): Claim | undefined {
  return claimsOf(change, context).find((claim) => claim.class === name);
}

/** Tests that some changes have a class, and that others do not. */
export function itClassifies(
  name: ChangeClass,
  { belong, others }: Record<'belong' | 'others', readonly Case[]>,
) {
  it.each(belong.map((change) => [change[0], change] as const))(`${name}: %s`, (_, change) => {
    expect(claimsOf(change).map((claim) => claim.class)).toContain(name);
  });

  it.each(others.map((change) => [change[0], change] as const))(`is not ${name}: %s`, (_, change) => {
    const classes = claimsOf(change).map((claim) => claim.class);
    expect(classes).not.toContain(name);
    expect(classes).not.toEqual([]);
  });
}

/** An object of a kind, with the fields beside its metadata. */
export const manifest =
  (apiVersion: string, kind: string) =>
  (rest: string, metadata = ''): string =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: web, namespace: apps${metadata && `, ${metadata}`} }\n${rest}`;
