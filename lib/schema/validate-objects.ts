import { identityText } from '../findings/object-name';
import { comparableText } from '../plain/comparable-text';
import { HELM_GROUP } from '../kinds/groups';
import { apiGroup, identityOf, type ManifestObject } from '../tree/manifest';
import { validateObject } from './validate-object';
import type { ValidateOptions } from './validate-options';
import type { Violation } from './violation';

/** The violations of one object among several. */
export interface ObjectViolations {
  readonly object: unknown;
  /** The place of the object in what was given. */
  readonly index: number;
  readonly violations: readonly Violation[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks objects that are applied to one cluster: each on its own, and that no two are the same object, or Helm
 * releases of one name. Objects without violations are left out.
 */
export function validateObjects(
  objects: readonly unknown[],
  options: ValidateOptions = {},
): ObjectViolations[] {
  const all = objects.map((object) => validateObject(object, options));
  const identities = new Set<string>();
  objects.forEach((object, index) => {
    if (!isManifest(object)) return;
    const key = identityText(identityOf(object));
    if (identities.has(key)) all[index]!.push(duplicate(object));
    else identities.add(key);
  });
  for (const [index, violation] of releaseConflicts(objects, options)) all[index]!.push(violation);
  return all.flatMap((violations, index) =>
    violations.length > 0 ? [{ object: objects[index], index, violations }] : [],
  );
}

/** HelmReleases of one cluster that install the release of an earlier one, by their place among the objects. */
export function* releaseConflicts(
  objects: readonly unknown[],
  options: ValidateOptions = {},
): Iterable<[number, Violation]> {
  const releases = new Map<string, ManifestObject>();
  for (const [index, object] of objects.entries()) {
    if (!isManifest(object) || object.kind !== 'HelmRelease') continue;
    const release = apiGroup(object.apiVersion) === HELM_GROUP ? releaseOf(object) : undefined;
    const key = comparableText(release);
    if (release === undefined || (options.substitutions && key.includes('${'))) continue;
    const first = releases.get(key);
    if (!first) releases.set(key, object);
    else if (identityText(identityOf(first)) !== identityText(identityOf(object)))
      yield [index, conflict(release)];
  }
}

function duplicate({ kind, metadata }: ManifestObject): Violation {
  const place = metadata?.namespace ? ` in the namespace ${JSON.stringify(metadata.namespace)}` : '';
  return {
    code: 'object-duplicate',
    severity: 'error',
    field: 'metadata.name',
    got: JSON.stringify(metadata?.name),
    message: `there is another ${kind} ${JSON.stringify(metadata?.name)}${place}`,
    hint: 'remove one of them, or give it another name',
  };
}

function conflict({ name, namespace }: { name: string; namespace: string }): Violation {
  return {
    code: 'release-name-conflict',
    severity: 'error',
    field: 'spec.releaseName',
    got: JSON.stringify(name),
    message: `another HelmRelease installs the release ${JSON.stringify(name)} in ${JSON.stringify(namespace)}: each undoes the other's changes, and both report ready`,
    hint: 'give one of them another spec.releaseName or spec.targetNamespace',
  };
}

/** The release as Helm sees it: https://fluxcd.io/flux/components/helm/helmreleases/#release-name. */
function releaseOf({
  metadata,
  spec,
}: ManifestObject): { name: string; namespace: string; target: unknown } | undefined {
  const { releaseName, targetNamespace, kubeConfig } = (spec ?? {}) as Fields;
  if (typeof metadata?.name !== 'string') return undefined;
  const implied = typeof targetNamespace === 'string' ? `${targetNamespace}-${metadata.name}` : metadata.name;
  const name = typeof releaseName === 'string' && releaseName !== '' ? releaseName : implied;
  const namespace = typeof targetNamespace === 'string' ? targetNamespace : (metadata.namespace ?? '');
  // The Secret with another cluster's address is in the namespace of the HelmRelease.
  const target = kubeConfig === undefined ? null : { kubeConfig, namespace: metadata.namespace ?? '' };
  return { name, namespace, target };
}

function isManifest(object: unknown): object is ManifestObject {
  if (typeof object !== 'object' || object === null) return false;
  const { apiVersion, kind, metadata } = object as Fields;
  return (
    typeof apiVersion === 'string' &&
    typeof kind === 'string' &&
    typeof metadata === 'object' &&
    metadata !== null
  );
}
