import { isFilledByOperator } from '../../kinds/operator-marks';
import type { ManifestObject } from '../../tree/manifest';
import type { BuildVariables, VariableUse } from '../graph';
import { asText } from '../../plain/as-text';
import { listOf, mapOf, textOf } from '../../plain/plain-data';

/** Where a Kustomization's variables come from. */
export interface VariableSource {
  readonly kind: string;
  readonly name: string;
  readonly optional: boolean;
}

/** The entries of `spec.postBuild.substituteFrom`. */
export function variableSources(postBuild: unknown): readonly VariableSource[] {
  if (postBuild === undefined) return [];
  return listOf(mapOf(postBuild).substituteFrom).flatMap((entry) => {
    const { kind, name, optional } = mapOf(entry);
    const [sourceKind, sourceName] = [textOf(kind), textOf(name)];
    return sourceKind && sourceName
      ? [{ kind: sourceKind, name: sourceName, optional: optional === true }]
      : [];
  });
}

/** A Kustomization's variables before they are used. */
export interface KnownVariables {
  readonly values: ReadonlyMap<string, string>;
  /** Names whose values are secret. */
  readonly secret: ReadonlySet<string>;
  readonly complete: boolean;
  /** Whether Flux substitutes at all. */
  readonly active: boolean;
  /** Where the names come from. */
  readonly origins: readonly NameOrigin[];
}

/** The variables that one field brings. */
export interface NameOrigin {
  readonly field: readonly (string | number)[];
  /** The object, in words; empty for those that stand in the Kustomization. */
  readonly from: string;
  readonly names: readonly string[];
}

const noVariables: KnownVariables = {
  values: new Map(),
  secret: new Set(),
  complete: true,
  active: false,
  origins: [],
};

/**
 * Gathers variables: later sources win over earlier ones, and `substitute` over all.
 *
 * @param find - finds a ConfigMap or Secret of the Kustomization's namespace
 */
export function knownVariables(
  postBuild: unknown,
  find: (kind: string, name: string) => ManifestObject | undefined,
): KnownVariables {
  if (postBuild === undefined) return noVariables;
  const values = new Map<string, string>();
  const secret = new Set<string>();
  const origins: NameOrigin[] = [];
  let complete = true;
  for (const [index, { kind, name, optional }] of variableSources(postBuild).entries()) {
    const object = find(kind, name);
    if (!object) complete = complete && optional;
    else if (isFilledByOperator(object)) complete = false;
    const names = Object.keys({ ...mapOf(object?.data), ...mapOf(object?.stringData) });
    const field = ['spec', 'postBuild', 'substituteFrom', index];
    origins.push({ field, from: ` in ${kind} ${JSON.stringify(name)}`, names });
    for (const key of names) {
      values.delete(key);
      secret.delete(key);
      if (kind === 'Secret') secret.add(key);
      else values.set(key, asValue(mapOf(object?.data)[key]));
    }
  }
  const own = mapOf(mapOf(postBuild).substitute);
  origins.push({ field: ['spec', 'postBuild', 'substitute'], from: '', names: Object.keys(own) });
  for (const [key, value] of Object.entries(own)) {
    secret.delete(key);
    values.set(key, asValue(value));
  }
  const always = mapOf(postBuild).substituteStrategy === 'Always';
  const active = always || !complete || values.size + secret.size > 0;
  return { values, secret, complete, active, origins };
}

/** Flux removes line breaks from values. */
function asValue(value: unknown): string {
  return asText(value ?? '').replaceAll('\n', '');
}

/** What the graph says of a Kustomization's variables. */
export function buildVariables(known: KnownVariables, used: Iterable<VariableUse>): BuildVariables {
  return {
    defined: known.values,
    secret: [...known.secret].sort(),
    used: [...used],
    complete: known.complete,
  };
}
