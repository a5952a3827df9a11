import { HELM_GROUP, KUSTOMIZE_GROUP } from '../../../kinds/groups';
import { namesAnd } from '../../../plain/first-names';
import { listOf, mapOf, textOf, valueAt, type PlainMap } from '../../../plain/plain-data';
import type { ManifestObject } from '../../../tree/manifest';
import type { BuildLog } from '../build-log';
import { partOf } from '../read/entry-place';
import type { Patch } from '../patches/read-patch';
import { idOf, idOfObject, originalId, type Resource, type ResourceId } from '../resource';

/** A kind of which objects have fields of their own. */
interface OwnKind {
  /** What an object deploys: objects that have the same there may also have the rest in common. */
  readonly subject: readonly (readonly string[])[];
  /** Whether a patch sets what only one object has. */
  readonly setsOwn: (spec: PlainMap, name: string) => boolean;
}

const OWN_KINDS: Readonly<Record<string, OwnKind>> = {
  [`${HELM_GROUP}/HelmRelease`]: {
    subject: [['chart', 'spec', 'chart'], ['chartRef']],
    setsOwn: (spec, name) =>
      hasOwnValues(spec) ||
      ['releaseName', 'chart.spec.chart', 'chart.spec.version'].some(
        (field) => valueAt(spec, ...field.split('.')) !== undefined,
      ) ||
      listOf(spec.valuesFrom).some((from) => textOf(mapOf(from).name)?.includes(name)),
  },
  [`${KUSTOMIZE_GROUP}/Kustomization`]: {
    subject: [['path']],
    setsOwn: ({ path }) => path !== undefined,
  },
};

/** Whether there are values of one chart: Helm hands on `global` to all charts. */
function hasOwnValues({ values }: PlainMap): boolean {
  const keys = Object.keys(mapOf(values));
  return values !== undefined && !(keys.length === 1 && keys[0] === 'global');
}

/** How many names a message has. */
const SHOWN = 3;

/**
 * Notes each patch that was most likely meant for the one object of its name, but changes others too: kustomize does not
 * look at the name of a patch that has a target.
 */
export function noteWideTargets(
  resources: readonly Resource[],
  patches: readonly Patch[],
  log: BuildLog,
): void {
  for (const { merges, target, isOpen, entry } of patches) {
    const [merge] = merges;
    if (!isOpen || !target || !merge) continue;
    const meant = idOfObject(merge.object as unknown as ManifestObject);
    const own = OWN_KINDS[`${meant.group}/${meant.kind}`];
    if (!own?.setsOwn(mapOf(merge.object.spec), meant.name)) continue;
    const selected = resources.filter(target);
    const named = selected.filter((resource) => isNamed(resource, meant));
    if (named.length !== 1 || new Set(selected.map((one) => subjectOf(one, own))).size < 2) continue;
    const others = selected.filter((resource) => !named.includes(resource)).map((one) => idOf(one).name);
    const { kind, name } = meant;
    log.warning(
      'patch-target-wide',
      `the patch has the name of ${kind} ${JSON.stringify(name)}, but its target has no name, so it also changes ${listOfNames(others)}`,
      partOf(entry, 'target'),
      {
        hint: `write "name: ${name}" in the target; if the patch is for all of them, give it a name that none of them has`,
      },
    );
  }
}

function subjectOf({ object }: Resource, { subject }: OwnKind): string {
  return JSON.stringify(subject.map((path) => valueAt(object.spec, ...path)));
}

function isNamed(resource: Resource, meant: ResourceId): boolean {
  return [originalId(resource), idOf(resource)].some(
    ({ kind, name, namespace }) =>
      kind === meant.kind &&
      name === meant.name &&
      (meant.namespace === '' || namespace === '' || namespace === meant.namespace),
  );
}

function listOfNames(names: readonly string[]): string {
  const shown = [...names]
    .sort()
    .slice(0, SHOWN)
    .map((name) => JSON.stringify(name));
  return namesAnd(shown, names.length - shown.length);
}
