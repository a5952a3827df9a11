import { isFilledByOperator } from '../../../kinds/operator-marks';
import type { ManifestObject } from '../../../tree/manifest';
import type { AppliedObject, BuildVariables, GraphNode, VariableUse } from '../../../graph/graph';
import { substituteText, SubstitutionError, type TextVariable } from '../../../graph/post-build/envsubst';
import { optsOutOfSubstitution } from '../../../tree/substitution';
import { fieldPath } from '../../../plain/field-path';
import type { CheckContext } from '../../check-context';
import type { ClusterFacts } from '../cluster-facts';
import { once } from '../../../plain/once';
import { isStrictSubstitution } from '../installation/strict-substitution';
import { mapOf } from '../../../plain/plain-data';
import { textsWith, type FoundText } from '../../../plain/text-walk';

/** A variable that is left in an object, as nothing defines it. */
export interface LeftVariable {
  /** The Kustomization that applies the object. */
  readonly owner: GraphNode;
  /** The name of the cluster. */
  readonly cluster: string;
  /** Whether the cluster's Flux refuses undefined variables; others put nothing in its place. */
  readonly isRefused: boolean;
  readonly applied: AppliedObject;
  readonly name: string;
  /**
   * The field.
   *
   * @default - the value of another variable stands there, in whose default this one is
   */
  readonly field?: string;
  /**
   * How it comes to be left: `undefined`, Flux substitutes, and nothing defines it; `unknown`, what would define it is
   * not in the repository; `unsubstituted`, the Kustomization substitutes nothing, though others define the variable.
   */
  readonly why: 'undefined' | 'unknown' | 'unsubstituted';
  /** Whether the text around it is a script or a dashboard, which has variables of its own. */
  readonly isProgram: boolean;
  /** Whether that text sets the variable itself. */
  readonly isOwn: boolean;
}

/** What is the same for all variables of a Kustomization. */
type FoundFirst = 'owner' | 'cluster' | 'isRefused' | 'why';

/** Signs of a shell script or a dashboard. */
const PROGRAM = /^#!|\$\(|\$\{\w+[[:#%/]|^[ \t]*(?:fi|done|esac)\b|"(?:panels|templating|datasource)"/m;

/**
 * Fields that contain programs or their configuration, or patches that the Kustomization they belong to substitutes.
 */
const PROGRAM_FIELDS = new Set(['args', 'command', 'data', 'patches', 'script', 'stringData']);

/** The variables that are left in the objects of all clusters. Found once for each context. */
export const leftVariables = once(({ clusters }: CheckContext): readonly LeftVariable[] =>
  clusters.flatMap((facts) => {
    const defined = definedNames(facts);
    return facts.kustomizations.flatMap((owner) => [...leftBy(facts, owner, defined)]);
  }),
);

/** All names that a Kustomization of a cluster defines. */
function definedNames({ kustomizations }: ClusterFacts): Set<string> {
  const variables = kustomizations.flatMap(({ build }) => build?.variables ?? []);
  return new Set(variables.flatMap(({ defined, secret }) => [...defined.keys(), ...secret]));
}

function* leftBy(
  facts: ClusterFacts,
  owner: GraphNode,
  defined: ReadonlySet<string>,
): Iterable<LeftVariable> {
  const { variables, inventory = [] } = owner.build ?? {};
  const open = openVariables(variables);
  const substitutes = variables !== undefined && isSubstituted(variables);
  const names = substitutes ? open : defined;
  if (names.size === 0) return;
  const why = !substitutes ? 'unsubstituted' : isKnown(facts, owner, variables) ? 'undefined' : 'unknown';
  const base = { owner, cluster: facts.cluster.name, isRefused: isStrictSubstitution(facts), why } as const;
  const found = new Set<string>();
  for (const applied of inventory) {
    if (optsOutOfSubstitution(applied.object)) continue;
    for (const left of leftIn(applied, names, !substitutes)) {
      found.add(left.name);
      yield { ...base, ...left };
    }
  }
  const missed = (variables?.used ?? []).filter(({ name }) => open.has(name) && !found.has(name));
  yield* missed.flatMap(({ name, location }) => usedAt(inventory, location, { ...base, name }));
}

/** Whether Flux substitutes. If there are values, `$$` is an escape even if no object uses the values. */
function isSubstituted({ used, defined, secret, complete }: BuildVariables): boolean {
  return used.length > 0 || defined.size > 0 || secret.length > 0 || !complete;
}

/** The use of a variable outside the fields of an object, such as in its keys; `undefined` if the object is unknown. */
function usedAt(
  inventory: readonly AppliedObject[],
  location: VariableUse['location'],
  left: Pick<LeftVariable, FoundFirst | 'name'>,
): LeftVariable[] {
  const applied = inventory.find((one) => one.location === location);
  return applied ? [{ ...left, applied, isProgram: false, isOwn: false }] : [];
}

/** The variables without a value. */
function openVariables(variables: BuildVariables | undefined): ReadonlySet<string> {
  const open = variables?.used.filter((use) => !use.defined && !use.hasDefault) ?? [];
  return new Set(open.map(({ name }) => name));
}

/**
 * @param isUnsubstituted - whether Flux leaves all variables as they are
 */
function* leftIn(
  applied: AppliedObject,
  names: ReadonlySet<string>,
  isUnsubstituted: boolean,
): Iterable<Omit<LeftVariable, FoundFirst>> {
  const assigned = new Map<string, ReadonlySet<string>>();
  for (const { name, path, text } of variablesIn(applied, isUnsubstituted)) {
    if (!names.has(name)) continue;
    // Programs have environment variables, which may have the same name as a variable of Flux.
    if (isUnsubstituted && path.some((part) => PROGRAM_FIELDS.has(String(part)))) continue;
    const isProgram = text.includes('\n') && PROGRAM.test(text);
    if (isProgram && !assigned.has(text)) assigned.set(text, assignedIn(text));
    const isOwn = assigned.get(text)?.has(name) ?? false;
    yield { applied, name, field: fieldPath(path), isProgram, isOwn };
  }
}

/**
 * Whether all ConfigMaps and Secrets with variables are in the repository, including optional ones, and were read: one that the
 * Kustomization applies through another is in the cluster only after it.
 */
function isKnown(facts: ClusterFacts, owner: GraphNode, { defined, secret }: BuildVariables): boolean {
  return facts.edgesFrom(owner.id, 'substitute-from').every(({ to }) => {
    const object = facts.node(to)?.object;
    if (!object || isFilledByOperator(object)) return false;
    const names = Object.keys({ ...mapOf(object.data), ...mapOf(object.stringData) });
    return names.every((name) => defined.has(name) || secret.includes(name));
  });
}

/** How scripts assign variables, and how dashboards declare template variables. */
const ASSIGNMENTS = [
  /(?:^|[\s;&(])(\w+)=/gm,
  /\bfor (\w+) in\b/g,
  /\bread (?:-\w+ )*(\w+)\b/g,
  /"name": *"(\w+)"/g,
];

/** The variables that a script assigns or a dashboard declares. The text is searched once for all of its variables. */
function assignedIn(text: string): Set<string> {
  const matches = ASSIGNMENTS.flatMap((expression) => [...text.matchAll(expression)]);
  return new Set(matches.map(([, name = '']) => name));
}

type FoundVariable = FoundText & { readonly name: string };

/**
 * Each variable of an object without a default, once, at its first place.
 *
 * @param onlyPlain - whether `${NAME}` alone counts, without operators
 */
function variablesIn({ object }: AppliedObject, onlyPlain: boolean): readonly FoundVariable[] {
  return onlyPlain ? plainVariables(object) : allVariables(object);
}

// The two sides of a diff have most objects in common.
const plainVariables = once((object: ManifestObject) => findVariables(object, true));
const allVariables = once((object: ManifestObject) => findVariables(object, false));

function findVariables(object: ManifestObject, onlyPlain: boolean): readonly FoundVariable[] {
  const found = new Map<string, FoundText & { name: string }>();
  for (const { path, text } of textsWith(object, '${')) {
    const add = ({ name, hasDefault, isPlain }: TextVariable) => {
      if (!hasDefault && (isPlain || !onlyPlain) && !found.has(name)) found.set(name, { name, path, text });
    };
    try {
      substituteText(text, () => undefined, add);
    } catch (error) {
      if (!(error instanceof SubstitutionError)) throw error;
    }
  }
  return [...found.values()];
}
