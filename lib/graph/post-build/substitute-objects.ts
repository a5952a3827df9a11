import type { Finding, FindingLocation } from '../../findings/finding';
import { identityOf, type ManifestObject } from '../../tree/manifest';
import type { KnownVariables } from './variable-sources';
import { SubstitutionError, type TextVariable } from './envsubst';
import { changeFindings, failed } from './substitution-findings';
import type { ExpansionLimit } from '../expansion-limit';
import type { VariableUse } from '../graph';
import { withCommonMetadata } from './kustomization-change';
import type { Resource } from '../kustomize/resource';
import { mapOf, type PlainMap } from '../../plain/plain-data';
import { compareText } from '../../plain/compare-text';
import { optsOutOfSubstitution } from '../../tree/substitution';
import { BrokenYamlError, substituteObject } from './substitute-object';
import { asText } from '../../plain/as-text';

/** An object as Flux applies it. */
export interface BuiltObject {
  readonly object: ManifestObject;
  readonly location: FindingLocation;
  /**
   * The node of the ResourceSet from which the operator creates it.
   *
   * @default - Flux applies it itself
   */
  readonly madeBy?: string;
}

/** The objects of a Kustomization after its last steps. */
export interface FinishedObjects {
  readonly objects: readonly BuiltObject[];
  readonly findings: readonly Finding[];
  readonly used: readonly VariableUse[];
  /** Whether variables are put into at least one of them. */
  readonly substitutes: boolean;
}

/**
 * What Flux does after kustomize: it substitutes variables, then sets common labels and annotations.
 *
 * @param limit - counts the text that the variables of all Kustomizations stand for
 */
export function finishObjects(
  resources: readonly Resource[],
  spec: PlainMap,
  known: KnownVariables,
  limit: ExpansionLimit,
): FinishedObjects {
  const findings: Finding[] = [];
  const used = new Map<string, VariableUse>();
  const isActive = spec.postBuild !== undefined && known.active;
  let substitutes = false;
  const objects = resources.map(({ object, location }) => {
    const takesPart = isActive && !optsOutOfSubstitution(object);
    substitutes ||= takesPart;
    const substituted = takesPart ? substitute(object, location, { known, limit, used, findings }) : object;
    return { object: withCommonMetadata(substituted, spec.commonMetadata), location };
  });
  const uses = [...used.values()].sort((a, b) => compareText(a.name, b.name));
  return { objects, findings, used: uses, substitutes };
}

/** The variables of a Kustomization, and what is found while they are used. */
interface Substitution {
  readonly known: KnownVariables;
  readonly limit: ExpansionLimit;
  readonly used: Map<string, VariableUse>;
  readonly findings: Finding[];
}

function substitute(
  object: ManifestObject,
  location: FindingLocation,
  { known, limit, used, findings }: Substitution,
): ManifestObject {
  const use = ({ name, hasDefault }: TextVariable) => {
    const before = used.get(name);
    if (before && (!before.hasDefault || hasDefault)) return;
    const defined = known.values.has(name) || known.secret.has(name);
    const first = before ?? { object: identityOf(object), location };
    used.set(name, { name, hasDefault, defined, object: first.object, location: first.location });
  };
  const lookup = (name: string) => known.values.get(name);
  try {
    const result = substituteObject(object, lookup, use, limit);
    if (result !== object) findings.push(...changeFindings(object, result, lookup, location));
    return result;
  } catch (error) {
    if (!(error instanceof SubstitutionError)) throw error;
    const broken =
      error instanceof BrokenYamlError ? changeFindings(object, undefined, lookup, location) : [];
    if (!broken.some(({ code }) => code === 'substitution-failed'))
      broken.push(failed(object, location, error));
    findings.push(...broken);
    return object;
  }
}

/** The CRDs among objects that make kinds cluster-scoped, as `group/kind`. */
export function clusterScopedKinds(objects: Iterable<BuiltObject>): Set<string> {
  const kinds = new Set<string>();
  for (const { object } of objects) {
    if (object.kind !== 'CustomResourceDefinition') continue;
    const { scope, group, names } = mapOf(object.spec);
    if (scope === 'Cluster') kinds.add(`${asText(group)}/${asText(mapOf(names).kind)}`);
  }
  return kinds;
}
