import type { GraphNode } from '../../graph/graph';
import { mapOf, textOf, valueAt } from '../../plain/plain-data';
import type { ClusterFacts } from '../facts/cluster-facts';
import { isBefore, isFrom } from './chart-version';
import type { CrdSwitch, CrdValue, KnownChart } from './known-charts/known-chart';
import { areValuesKnown, isOwnChart, releaseValue } from '../facts/releases/release-chart';

/**
 * Whether a release of a well-known chart brings its CRDs. `on`: it does. `unknown`: its values are not all in the
 * repository, or its version is not known. Else it does not: `default`, as they are off unless a value is set; `value`,
 * a value turns them off; `unheeded`, the value that is set comes with a later version of the chart; `skipped`, Flux
 * leaves out the folder `crds`; `left`, the chart leaves them to something else.
 */
export type CrdState = 'on' | 'unknown' | 'default' | 'value' | 'unheeded' | 'skipped' | 'left';

/** Whether a release brings its CRDs, and what would make it do so. */
export interface ChartCrds {
  readonly state: CrdState;
  /** The value that turns them on, or what brings them in its place; empty where they are on. */
  readonly setting: string;
}

/** Tells whether a release of a well-known chart brings the chart's CRDs. */
export function chartCrds(facts: ClusterFacts, node: GraphNode, known: KnownChart): ChartCrds {
  const { gate, folder, leaves } = known;
  const isOwn = isOwnChart(facts, node);
  if (leaves && isOwn) return { state: 'unknown', setting: leaves.to };
  if (leaves) return { state: 'left', setting: leaves.to };
  if (folder && skipsCrds(node)) return { state: 'skipped', setting: 'spec.install.crds' };
  const found = gate ? switched(facts, node, gate) : { state: 'on' as const, setting: '' };
  const isByDefault = found.state === 'default' || found.state === 'unheeded';
  return isOwn && isByDefault ? { ...found, state: 'unknown' } : found;
}

/** Whether Flux leaves out the folder `crds` of a chart. */
export function skipsCrds({ object }: GraphNode): boolean {
  const install = mapOf(mapOf(object?.spec).install);
  return install.crds === 'Skip' || (install.crds === undefined && install.skipCRDs === true);
}

function switched(facts: ClusterFacts, node: GraphNode, gate: CrdSwitch): ChartCrds {
  const version = versionOf(facts, node);
  const heeded = gate.values.filter(({ since }) => since === undefined || !isBefore(version, since));
  const setting = heeded[0]?.path ?? '';
  const set = settingsIn(facts, node, heeded);
  if (set.some(isTrue)) return { state: 'on', setting };
  if (set.length > 0) return { state: set.every(isFalse) ? 'value' : 'unknown', setting };
  if (!areValuesKnown(facts, node, gate.values.map(keysOf))) return { state: 'unknown', setting };
  if (gate.byDefault) return { state: 'on', setting };
  if (settingsIn(facts, node, gate.values).some(isTrue)) return { state: 'unheeded', setting };
  return { state: isFrom(version, gate.from ?? '0.0') ? 'default' : 'unknown', setting };
}

/** The values that a release sets. */
function settingsIn(facts: ClusterFacts, node: GraphNode, values: readonly CrdValue[]): unknown[] {
  return values
    .map((value) => releaseValue(facts, node, keysOf(value)))
    .filter((value) => value !== undefined && value !== null);
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function isFalse(value: unknown): boolean {
  return value === false || value === 'false';
}

function keysOf({ path }: CrdValue): string[] {
  return path.split('.');
}

/**
 * The version of a release's chart as written: a version, a range, or the tag of an artifact. Flux ignores what is written
 * for a chart in a folder.
 */
function versionOf(facts: ClusterFacts, node: GraphNode): string | undefined {
  if (isOwnChart(facts, node)) return undefined;
  const [reference] = facts.edgesFrom(node.id, 'chart');
  if (!reference) return textOf(valueAt(node.object?.spec, 'chart', 'spec', 'version'));
  const target = facts.node(reference.to);
  const spec = mapOf(target?.object?.spec);
  if (target?.identity.kind === 'HelmChart') return textOf(spec.version);
  const { tag, semver, digest } = mapOf(spec.ref);
  // A digest takes precedence over the others, and does not show the version.
  return textOf(semver) ?? textOf(tag) ?? (digest === undefined ? undefined : '?');
}
