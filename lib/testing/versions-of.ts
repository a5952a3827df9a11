import { listOf, mapOf, textOf } from '../plain/plain-data';
import type { ManifestObject } from '../tree/manifest';

/** The version of a chart, source, policy or image that an object names; one text each, in the order of the object. */
export function versionsOf(object: ManifestObject): readonly string[] {
  const spec = mapOf(object.spec);
  const byKind: Readonly<Record<string, () => readonly string[]>> = {
    HelmRelease: () => chartVersions(spec),
    HelmChart: () => [joined(textOf(spec.chart), textOf(spec.version))],
    GitRepository: () => [joined(textOf(spec.url), refOf(spec.ref))],
    OCIRepository: () => [joined(textOf(spec.url), refOf(spec.ref))],
    Kustomization: () => [joined(textOf(spec.path), textOf(mapOf(spec.sourceRef).name))],
    ImagePolicy: () => [refOf(mapOf(mapOf(spec.policy).semver)) ?? ''],
  };
  return [...(byKind[object.kind]?.() ?? []), ...imagesOf(podSpec(object))].filter((text) => text !== '');
}

function chartVersions(spec: Readonly<Record<string, unknown>>): readonly string[] {
  const { chart, version } = mapOf(mapOf(spec.chart).spec);
  const { kind, name } = mapOf(spec.chartRef);
  return name === undefined
    ? [`chart ${joined(textOf(chart), textOf(version))}`]
    : [`chart of ${String(kind)} ${String(name)}`];
}

/** The field of a reference that sets the version: a tag, a range, a branch, a digest. */
function refOf(ref: unknown): string | undefined {
  const fields = Object.entries(mapOf(ref)).filter(([, value]) => typeof value === 'string');
  return fields.length === 0 ? undefined : fields.map(([key, value]) => `${key} ${String(value)}`).join(', ');
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' ');
}

/** The spec of the Pods that a workload runs. */
function podSpec({ kind, spec }: ManifestObject): Readonly<Record<string, unknown>> {
  if (kind === 'Pod') return mapOf(spec);
  const workload = kind === 'CronJob' ? mapOf(mapOf(mapOf(spec).jobTemplate).spec) : mapOf(spec);
  return mapOf(mapOf(workload.template).spec);
}

function imagesOf({ initContainers, containers }: Readonly<Record<string, unknown>>): readonly string[] {
  const images = [...listOf(initContainers), ...listOf(containers)].flatMap(
    (container) => textOf(mapOf(container).image) ?? [],
  );
  return [...new Set(images)];
}
