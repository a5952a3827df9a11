import { isDeepStrictEqual } from 'node:util';
import type { ClusterFacts } from '../../check/facts/cluster-facts';
import { chartFolders, localChart } from '../../check/facts/releases/local-charts';
import type { GraphNode } from '../../graph/graph';
import { isSuspended } from '../../graph/is-suspended';
import { compareText } from '../../plain/compare-text';
import { mapOf, textOf, valueAt } from '../../plain/plain-data';
import { versionStep } from '../../plain/version-step';
import { isBelow, joinPath } from '../../tree/path';
import type { Tree } from '../../tree/tree';
import type { Change } from '../change';
import { listed } from '../changed-fields';
import { hintFor, stepText } from '../classes/upgraded';
import type { ClassifyContext } from '../classifier';
import { isSameFile, valuesOf } from '../compare/same-file';
import { changeOf, type ChangeText } from './change-of';
import type { ClusterComparison } from './cluster-comparison';

/**
 * HelmReleases whose chart is a folder of this repository in which files change: the objects of the release are the same
 * on both sides. What the chart makes is not rendered.
 */
export function changedCharts({ base, head }: ClusterComparison, context: ClassifyContext): Change[] {
  const { base: known, head: found } = context;
  if (!known || !found || known.tree === found.tree) return [];
  const cache = new Map<string, ChartChange | undefined>();
  const releases = [...head.nodes.values()].filter(({ type }) => type === 'helm-release');
  return releases.flatMap((node) => {
    const [former, owned] = [base.nodes.get(node.id), head.ownObjectOf(node)];
    const folder = former && owned && sharedFolder([known, former], [found, node]);
    if (!former || !owned || folder === undefined) return [];
    if (!cache.has(folder)) cache.set(folder, chartChange(folder, known.tree, found.tree));
    const text = releaseText(cache.get(folder), former, node);
    return text ? [changeOf(owned, text)] : [];
  });
}

/** The folder of a release's chart, if it is the same on both sides and is a chart there. */
function sharedFolder(...sides: readonly (readonly [ClusterFacts, GraphNode])[]): string | undefined {
  const folders = sides.map(([facts, node]) => {
    const folder = localChart(facts, node);
    return folder !== undefined && chartFolders(facts.tree).has(folder) ? folder : undefined;
  });
  return folders[0] === folders[1] ? folders[0] : undefined;
}

/** How the chart in a folder differs. */
interface ChartChange {
  readonly folder: string;
  /** The names and versions that its Chart.yaml gives, in the base and in the head. */
  readonly names: readonly [string, string];
  readonly versions: readonly [string, string];
  /** The files that differ in more than their form. */
  readonly files: readonly string[];
}

function chartChange(folder: string, before: Tree, after: Tree): ChartChange | undefined {
  const paths = [before, after].flatMap((tree) => [...tree.paths].filter((path) => isPart(path, folder)));
  const files = [...new Set(paths)].filter((path) => !isSameFile(before, after, path)).sort(compareText);
  const file = joinPath(folder, 'Chart.yaml');
  const [name, version, newName, newVersion] = [before, after].flatMap((tree) => {
    const chart = mapOf(valuesOf(tree, file)?.[0]);
    return [textOf(chart.name), textOf(chart.version)];
  });
  if (files.length === 0 || !name || !version || !newName || !newVersion) return undefined;
  return { folder, names: [name, newName], versions: [version, newVersion], files };
}

/** Files of a chart that make no difference in a cluster. */
const FOR_READERS = /(?:^|\/)(?:[^/]*\.md(?:\.gotmpl)?|LICENSE|OWNERS|NOTES\.txt|\.helmignore)$/;

/** What belongs to a chart at the root of a repository, which has other files there, too. */
const OF_ROOT = /^(?:Chart\.(?:yaml|lock)|values[^/]*|(?:templates|crds|files)\/.*)$/;

function isPart(path: string, folder: string): boolean {
  return isBelow(path, folder) && !FOR_READERS.test(path) && (folder !== '' || OF_ROOT.test(path));
}

/** What a chart's change does to a release. Source-controller packs the chart again for a new name or version. */
function releaseText(
  chart: ChartChange | undefined,
  former: GraphNode,
  release: GraphNode,
): ChangeText | undefined {
  if (!chart) return undefined;
  const { folder, names, versions, files } = chart;
  const spec = mapOf(release.object?.spec);
  const later = isSuspended(release) ? ', once the suspended release is resumed' : '';
  const [known, found] = names;
  if (known !== found)
    return {
      class: 'reinstalled',
      message: `Flux uninstalls the release and installs it again${later}: the name of its chart changes from ${JSON.stringify(known)} to ${JSON.stringify(found)}`,
      hint: 'back up the data of the release: Helm deletes its objects, and the volumes whose claims are part of the chart',
    };
  const [before, after] = versions;
  if (before !== after) {
    const version = { of: 'chart', name: found, before, after, step: versionStep(before, after) } as const;
    return {
      class: 'upgraded',
      message: `${stepText(version)}${later}`,
      hint: hintFor([version]),
      versions: [version],
    };
  }
  const told = `${listed(
    files.map((file) => JSON.stringify(file)),
    3,
  )} of its chart ${files.length === 1 ? 'changes' : 'change'}`;
  if (valueAt(spec, 'chart', 'spec', 'reconcileStrategy') === 'Revision')
    return { class: 'upgraded', message: `Flux upgrades the release${later}: ${told}` };
  // Another specification of the chart lets Flux pack it again, too.
  if (!isDeepStrictEqual(mapOf(former.object?.spec).chart, spec.chart)) return undefined;
  return {
    class: 'changed',
    message: `nothing changes in the cluster: ${told}, but its version stays ${after}, and Flux packs it again only for a new one`,
    hint: `raise version in ${JSON.stringify(joinPath(folder, 'Chart.yaml'))}, or set spec.chart.spec.reconcileStrategy: Revision`,
  };
}
