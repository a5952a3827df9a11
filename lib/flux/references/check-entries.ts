import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { finding, type Finding } from '../../findings/finding';
import { hasEntries, secretNeeds } from '../../schema/secret-needs';
import { fieldPath, type PathPart } from '../../plain/field-path';
import { secretEntries } from './secret-entries';

/**
 * Checks that a Secret of the app has the entries that a field needs of it.
 *
 * @param owner - the object that refers to the Secret
 * @param spec - its spec
 * @param target - the construct of the Secret
 * @param path - the field, for example `['spec', 'secretRef']`
 */
export function checkEntries(
  owner: ApiObject,
  spec: unknown,
  target: IConstruct,
  path: readonly PathPart[],
): Finding[] {
  if (!/secretRef$/i.test(String(path.at(-1)))) return [];
  const field = path.slice(1).filter((part) => typeof part === 'string');
  const needs = secretNeeds(owner.kind, field.join('.'), spec as Readonly<Record<string, unknown>>);
  const names = needs?.length ? secretEntries(target) : undefined;
  if (!needs || !names || hasEntries(names, needs)) return [];
  const sets = needs.map((set) => set.map((entry) => JSON.stringify(entry)).join(' and '));
  return [
    finding({
      code: 'secret-entry-missing',
      message: `the Secret has the entries ${names.map((name) => JSON.stringify(name)).join(', ')}; the field needs ${sets.join(', or ')}`,
      hint: `add them to ${target.node.path}, or use another Secret`,
      locations: [{ constructPath: owner.node.path }, { constructPath: target.node.path }],
      field: fieldPath(path),
    }),
  ];
}
