import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

const ENTRIES = Symbol.for('cdk8s-flux.SecretEntries');

/** Says which entries the Secret of a construct has, so that what refers to it can be checked. */
export function defineSecretEntries(construct: IConstruct, names: readonly string[]): void {
  Object.defineProperty(construct, ENTRIES, { value: names });
}

/**
 * The names of the entries of a construct's Secret; `undefined` where they are not known: it is no Secret, or something
 * else fills it.
 */
export function secretEntries(construct: IConstruct): readonly string[] | undefined {
  const told = (construct as IConstruct & { [ENTRIES]?: readonly string[] })[ENTRIES];
  if (told) return told;
  const object = ApiObject.isApiObject(construct) ? construct : construct.node.defaultChild;
  if (!object || !ApiObject.isApiObject(object) || object.kind !== 'Secret') return undefined;
  const { data, stringData } = object.toJson() as { data?: object; stringData?: object };
  const names = [...Object.keys(data ?? {}), ...Object.keys(stringData ?? {})];
  return names.length > 0 ? names : undefined;
}
