import { distance } from 'fastest-levenshtein';
import { didYouMean, nearestName } from '../../../findings/nearest-name';
import { HELM_GROUP } from '../../../kinds/groups';
import { listOf, mapOf, textOf, type PlainMap } from '../../../plain/plain-data';
import { idOf, originalId, type Resource } from '../resource';
import { resourceFilter } from '../fields/selector';
import type { TransformContext } from '../fields/transform-context';

/** A name without anything that a regular expression reads in another way. */
const PLAIN = /^[\w.-]+$/;

/** The fields of a target that its object may contradict. */
const FIELDS = ['group', 'version', 'namespace'] as const;

/** Kinds of objects that most charts create. */
const CHART_KINDS = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Ingress',
  'Job',
  'Service',
  'ServiceAccount',
  'StatefulSet',
]);

/**
 * Notes each patch whose target matches no object, although there is one that it was most likely meant for: kustomize
 * skips it. A target that only describes objects may be for those of another cluster.
 *
 * @param patched - the resources after the patches, which may change what later targets match
 */
export function noteUnmatchedTargets(
  resources: readonly Resource[],
  patches: unknown,
  { location, log }: Pick<TransformContext, 'location' | 'log'>,
  patched: () => readonly Resource[],
): void {
  const entries = listOf(patches).map(mapOf);
  if (entries.some(({ options }) => renames(mapOf(options)))) return;
  const targets = entries.map(({ target }) => mapOf(target));
  let after: readonly Resource[] | undefined;
  for (const [index, target] of targets.entries()) {
    const hint = isPlain(target) ? hintFor(target, resources, targets) : undefined;
    if (hint === undefined) continue;
    after ??= patched();
    if (after.some(resourceFilter(target))) continue;
    const message = `the target of the patch, ${textOf(target.kind)} ${JSON.stringify(target.name)}, matches no object of the build, so kustomize skips the patch`;
    log.warning('patch-target-unmatched', message, location, { hint, field: `patches[${index}].target` });
  }
}

function renames({ allowNameChange, allowKindChange }: PlainMap): boolean {
  return allowNameChange === true || allowKindChange === true;
}

function isPlain(target: PlainMap): boolean {
  if (target.labelSelector !== undefined || target.annotationSelector !== undefined) return false;
  const isText = (field: string) => PLAIN.test(textOf(target[field]) ?? '');
  return (
    isText('kind') && isText('name') && FIELDS.every((field) => target[field] === undefined || isText(field))
  );
}

/** What to write instead; nothing if the target matches, or if nothing is like it. */
function hintFor(
  target: PlainMap,
  resources: readonly Resource[],
  targets: readonly PlainMap[],
): string | undefined {
  const { kind, name, ...others } = target;
  const alike = resources.filter(resourceFilter({ kind, name }));
  // This target may match, or another one: a list of patches for several versions of an object has one that does.
  const versions = targets.filter((one) => one.name === name && isPlain(one)).map(resourceFilter);
  if (alike.some((resource) => versions.some((matches) => matches(resource)))) return undefined;
  const named = new Set(targets.map((one) => one.name));
  return (
    contradiction(target, alike) ??
    otherName(String(name), resources.filter(resourceFilter({ ...others, kind })), named) ??
    otherKind(String(kind), resources.filter(resourceFilter({ ...others, name }))) ??
    ofChart(target, resources)
  );
}

/** The chart of a HelmRelease in the build creates the object, so that there is nothing to patch yet. */
function ofChart({ kind, name }: PlainMap, resources: readonly Resource[]): string | undefined {
  if (!CHART_KINDS.has(String(kind)) || resources.some(resourceFilter({ kind }))) return undefined;
  const release = resources.find((resource) => {
    const { group, name: own } = idOf(resource);
    return group === HELM_GROUP && `${String(name)}-`.startsWith(`${own}-`);
  });
  if (!release) return undefined;
  return `the chart of HelmRelease ${JSON.stringify(idOf(release).name)} most likely creates it, which kustomize does not see: move the patch to spec.postRenderers of the HelmRelease`;
}

/** An object of the kind and name has another group, version or namespace. */
function contradiction(target: PlainMap, alike: readonly Resource[]): string | undefined {
  const [found] = alike;
  if (!found) return undefined;
  const wrong = FIELDS.filter((field) => !resourceFilter({ [field]: target[field] })(found));
  return wrong
    .map((field) => {
      const actual = idOf(found)[field];
      return actual === '' ? `remove "${field}"` : `write "${field}: ${actual}"`;
    })
    .join(' and ');
}

/** An object of the kind has nearly the same name, or a longer one, and no other patch is for it. */
function otherName(
  name: string,
  alike: readonly Resource[],
  named: ReadonlySet<unknown>,
): string | undefined {
  const names = alike
    .flatMap((resource) => [originalId(resource).name, idOf(resource).name])
    .filter((other) => !named.has(other));
  const longer = names.find((other) => other.startsWith(`${name}-`) || other.endsWith(`-${name}`));
  const meant = longer ?? near(name, names);
  return meant === undefined ? undefined : didYouMean(meant);
}

/** An object of the name has nearly the same kind. */
function otherKind(kind: string, alike: readonly Resource[]): string | undefined {
  const meant = near(
    kind,
    alike.map((resource) => idOf(resource).kind),
  );
  return meant === undefined ? undefined : didYouMean(meant);
}

/** The most similar name if few letters of many differ: short names of different objects are often similar. */
function near(mistyped: string, names: readonly string[]): string | undefined {
  const meant = nearestName(mistyped, names);
  if (meant === undefined) return undefined;
  const letters = distance(mistyped.toLowerCase(), meant.toLowerCase());
  return letters <= Math.floor(mistyped.length / 4) ? meant : undefined;
}
