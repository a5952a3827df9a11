import { SUBSTITUTE_KEY } from '../../kinds/names';
import { finding, type Finding, type FindingLocation } from '../../findings/finding';
import { identityOf, type ManifestObject } from '../../tree/manifest';
import type { KnownVariables } from './variable-sources';
import { SubstitutionError, type TextVariable } from './envsubst';
import { ExpansionError, type ExpansionLimit } from '../expansion-limit';
import type { VariableUse } from '../graph';
import { withCommonMetadata } from './kustomization-change';
import type { Resource } from '../kustomize/resource';
import { mapOf, type PlainMap } from '../../plain/plain-data';
import { compareText } from '../../plain/compare-text';
import { optsOutOfSubstitution } from '../../tree/substitution';
import { substituteObject } from './substitute-object';

/** An object as Flux applies it. */
export interface BuiltObject {
  readonly object: ManifestObject;
  readonly location: FindingLocation;
}

/** The objects of a Kustomization after its last steps. */
export interface FinishedObjects {
  readonly objects: readonly BuiltObject[];
  readonly findings: readonly Finding[];
  readonly used: readonly VariableUse[];
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
  const substitutes = spec.postBuild !== undefined && known.active;
  const objects = resources.map(({ object, location }) => {
    const substituted =
      substitutes && !optsOutOfSubstitution(object)
        ? substitute(object, location, { known, limit, used, findings })
        : object;
    return { object: withCommonMetadata(substituted, spec.commonMetadata), location };
  });
  return { objects, findings, used: [...used.values()].sort((a, b) => compareText(a.name, b.name)) };
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
  try {
    return substituteObject(object, (name) => known.values.get(name), use, limit);
  } catch (error) {
    if (!(error instanceof SubstitutionError)) throw error;
    // What was too much quotes nothing of the object.
    const isTooMuch = error instanceof ExpansionError;
    findings.push(
      finding({
        code: 'substitution-failed',
        message: `variables cannot be substituted: ${isTooMuch || object.kind !== 'Secret' ? error.message : 'an expression is not valid'}`,
        hint: isTooMuch
          ? 'shorten the values, or use them less often'
          : `write "$\${" for a "\${" that stays, or label the object ${SUBSTITUTE_KEY}: disabled`,
        locations: [location],
        object: identityOf(object),
      }),
    );
    return object;
  }
}

/** The CRDs among objects that make kinds cluster-scoped, as `group/kind`. */
export function clusterScopedKinds(objects: Iterable<BuiltObject>): Set<string> {
  const kinds = new Set<string>();
  for (const { object } of objects) {
    if (object.kind !== 'CustomResourceDefinition') continue;
    const { scope, group, names } = mapOf(object.spec);
    if (scope === 'Cluster') kinds.add(`${String(group)}/${String(mapOf(names).kind)}`);
  }
  return kinds;
}
