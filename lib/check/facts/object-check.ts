import { nameOf } from '../../findings/object-name';
import { fieldWithin } from '../../findings/field-within';
import type { AppliedObject, GraphNode, KustomizationBuild } from '../../graph/graph';
import { nodeId } from '../../graph/node-id';
import { validateObject } from '../../schema/validate-object';
import type { FindingLocation } from '../../findings/finding';
import type { ManifestObject } from '../../tree/manifest';
import { releaseConflicts } from '../../schema/validate-objects';
import type { ValidateOptions } from '../../schema/validate-options';
import type { Violation } from '../../schema/violation';
import type { CheckContext } from '../check-context';
import type { ClusterFacts } from './cluster-facts';
import type { CheckFinding } from '../rule';
import { fluxInstallation } from './installation/flux-installation';
import { otherKindHint } from './missing/other-kinds';
import { hasRemoteChanges } from './patches/remote-changes';
import { placesOfField } from './patches/set-by-patch';
import { once } from '../../plain/once';

/** Kinds that an Alert may name if the Flux operator runs. */
const OPERATOR_KINDS = ['FluxInstance', 'FluxReport', 'ResourceSet', 'ResourceSetInputProvider'];

const QUOTES = 'put it in quotes';

/** The operator drops quotes around an input in `spec.resources`. */
const QUOTES_IN_TEMPLATE = 'put it in quotes; if it comes from an input, write << inputs.name | quote >>';

/** Violations that have a rule of their own. */
const OWN_RULE = new Set(['removed-api']);

/** A violation of an object that is applied. */
export interface AppliedViolation {
  readonly facts: ClusterFacts;
  readonly applied: AppliedObject;
  readonly violation: Violation;
  /**
   * What applies the object.
   *
   * @default - the violation is between objects of several builds
   */
  readonly build?: KustomizationBuild;
  /**
   * The Kustomization of the build.
   *
   * @default - the violation is between objects of several builds
   */
  readonly owner?: GraphNode;
}

/**
 * What the API server and Flux's controllers would refuse of every object that is applied, as it is after patches and
 * substitution.
 *
 * @param isMeant - which objects are reported
 */
export function* checkObjects(
  context: CheckContext,
  isMeant: (applied: AppliedObject) => boolean,
): Iterable<CheckFinding> {
  for (const found of objectViolations(context)) {
    if (!OWN_RULE.has(found.violation.code) && isMeant(found.applied))
      yield { ...doubted(found, context), locations: placesOf(found, context) };
  }
}

/** A violation as a finding; an info if something of another repository may set what is missing. */
function doubted(found: AppliedViolation, { tree }: CheckContext): CheckFinding {
  const input = violationInput(found);
  if (input.hint === QUOTES && found.applied.madeBy !== undefined)
    return { ...input, hint: QUOTES_IN_TEMPLATE };
  if (input.code === 'schema-enum') return { ...input, hint: meantKind(found) ?? input.hint };
  if (input.code !== 'schema-required' || !found.build || !hasRemoteChanges(tree, found.build)) return input;
  return {
    ...input,
    severity: 'info',
    message: `${input.message}; a component or transformer of another repository may set it`,
  };
}

/** A hint that names the object that is meant by a reference with a kind that its field does not accept. */
function meantKind({ facts, applied, violation }: AppliedViolation): string | undefined {
  const [, field] = /^(.*)\.kind$/.exec(violation.field) ?? [];
  const edge = facts.edgesFrom(nodeId(applied.identity)).find((one) => one.field === field);
  const [source, target] = edge ? [facts.node(edge.from), facts.node(edge.to)] : [];
  if (!edge || !source || target?.state !== 'missing') return undefined;
  return otherKindHint(facts, target.identity, { source, field: edge.field });
}

function placesOf(
  { applied, violation: { field }, build, owner }: AppliedViolation,
  { tree }: CheckContext,
): FindingLocation[] {
  const { location, madeBy } = applied;
  // The field is within the template.
  if (madeBy !== undefined) return [fieldWithin(location, field)];
  return placesOfField(tree, build, { ...applied, field, owner });
}

/** The violations of all objects. Found once for each context. */
export const objectViolations = once(({ clusters, options }: CheckContext): readonly AppliedViolation[] =>
  clusters.flatMap((facts) => [...violationsOf(facts, options.isLoose), ...conflictsOf(facts)]),
);

/** A violation as a finding. */
export function violationInput({ facts, applied, violation }: AppliedViolation): CheckFinding {
  const { code, severity, field, message, hint } = violation;
  return {
    code,
    severity,
    message,
    hint,
    locations: [applied.location],
    object: applied.identity,
    field: field === '' ? undefined : field,
    cluster: facts.cluster.name,
    ...(code === 'schema-unknown-field' && { cause: causeOf(applied, field) }),
  };
}

/** What unknown fields beside each other have in common, which a block at the wrong place often is. */
function causeOf({ identity }: AppliedObject, field: string): string {
  const parent = field.slice(0, Math.max(field.lastIndexOf('.'), 0));
  return `${nameOf(identity)} has several unknown fields${parent === '' ? '' : ` in ${parent}`}`;
}

/** What the API server and Flux's controllers would refuse of an object that a Kustomization of a cluster applies. */
export function violationsOfObject(
  facts: ClusterFacts,
  owner: GraphNode,
  object: ManifestObject,
): Violation[] {
  return validateObject(object, { ...optionsFor(facts), substitutions: mayHoldVariables(owner) });
}

function* violationsOf(facts: ClusterFacts, isLoose = false): Iterable<AppliedViolation> {
  const [plain, substituted] = [false, true].map((substitutions) =>
    keyed({ ...optionsFor(facts), substitutions, isBuilt: true }),
  ) as [KeyedOptions, KeyedOptions];
  for (const owner of facts.kustomizations) {
    const options = isLoose || mayHoldVariables(owner) ? substituted : plain;
    for (const { applied, violation } of owner.build ? violationsOfBuild(owner.build, options) : [])
      yield { facts, applied, violation, build: owner.build, owner };
  }
}

/** Options with a text that is equal for equal ones. */
interface KeyedOptions {
  readonly options: ValidateOptions;
  readonly key: string;
}

function keyed(options: ValidateOptions): KeyedOptions {
  return { options, key: JSON.stringify(options) };
}

type BuildViolation = Pick<AppliedViolation, 'applied' | 'violation'>;

// The two sides of a diff have most builds in common, and of the others most objects.
const byOptions = once((_build: KustomizationBuild) => new Map<string, readonly BuildViolation[]>());
const lastFound = once(
  (_object: ManifestObject): { key?: string; violations?: readonly Violation[] } => ({}),
);

function violationsOfBuild(build: KustomizationBuild, options: KeyedOptions): readonly BuildViolation[] {
  const known = byOptions(build);
  const violations =
    known.get(options.key) ??
    build.inventory.flatMap((applied) =>
      validated(applied.object, options).map((violation) => ({ applied, violation })),
    );
  known.set(options.key, violations);
  return violations;
}

/** The violations of a single object. */
function validated(object: ManifestObject, { options, key }: KeyedOptions): readonly Violation[] {
  const last = lastFound(object);
  if (last.violations === undefined || last.key !== key) {
    last.violations = withoutConsequences(validateObject(object, options));
    last.key = key;
  }
  return last.violations;
}

/** The violations without the fields that are missing because they are misspelled, or at the wrong place. */
function withoutConsequences(violations: readonly Violation[]): readonly Violation[] {
  const meant = new Set(violations.flatMap(meantFields));
  return violations.filter(({ code, field }) => code !== 'schema-required' || !meant.has(field));
}

/** The fields that may be meant by an unknown one: one beside it, or one with a whole path. */
function meantFields({ code, field, hint }: Violation): string[] {
  const [, name] = (code === 'schema-unknown-field' && /^did you mean "(.*)"\?$/.exec(hint ?? '')) || [];
  return name === undefined ? [] : [name, `${field.slice(0, field.lastIndexOf('.') + 1)}${name}`];
}

/** Two HelmReleases of a cluster that install the same release. */
function* conflictsOf(facts: ClusterFacts): Iterable<AppliedViolation> {
  const releases = facts.ofKind('HelmRelease');
  const conflicts = releaseConflicts(
    releases.map(({ object }) => object),
    { substitutions: true },
  );
  for (const [index, violation] of conflicts) {
    const applied = releases[index];
    if (applied) yield { facts, applied, violation };
  }
}

const optionsFor = once((facts: ClusterFacts): ValidateOptions => {
  const { version, hasOperator } = fluxInstallation(facts);
  const extraAlertKinds = [...(facts.settings.extraAlertKinds ?? []), ...(hasOperator ? OPERATOR_KINDS : [])];
  return { fluxVersion: version, extraAlertKinds };
});

/**
 * Whether variables may remain in what a Kustomization applies, because their values are secret or not in the
 * repository.
 */
function mayHoldVariables({ build }: GraphNode): boolean {
  return build?.variables !== undefined;
}
