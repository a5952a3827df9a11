import { comparableText } from '../../../plain/comparable-text';
import { referencesOf } from '../../../graph/references';
import { sameAddress } from '../../../graph/sources/address';
import { nodeId } from '../../../graph/node-id';
import type { GraphNode } from '../../../graph/graph';
import { once } from '../../../plain/once';
import { mapOf, textOf, valueAt, type PlainMap } from '../../../plain/plain-data';
import type { CheckContext } from '../../check-context';
import type { ClusterFacts } from '../cluster-facts';
import { imageMovers } from './image-movers';
import type { VersionMover } from './version-mover';

/** What moves in all clusters: ranges of charts and sources, branches, tags that are written again, and images. */
export const versionMovers = once((context: CheckContext): readonly VersionMover[] => [
  ...context.clusters.flatMap((facts) => facts.nodes.flatMap((node) => moversOf(facts, node))),
  ...imageMovers(context),
]);

type Found = Pick<VersionMover, 'field' | 'what' | 'isOpen' | 'hint'> & { readonly of: readonly unknown[] };

function moversOf(facts: ClusterFacts, node: GraphNode): VersionMover[] {
  const spec = mapOf(node.object?.spec);
  const found = node.object ? foundIn(facts, node, spec) : undefined;
  if (!found) return [];
  const { of, ...mover } = found;
  return [{ ...mover, node, clusters: [facts.cluster.name], key: comparableText(of) }];
}

function foundIn(facts: ClusterFacts, node: GraphNode, spec: PlainMap): Found | undefined {
  switch (node.identity.kind) {
    case 'HelmRelease':
      return chartRange(facts, node, spec);
    case 'OCIRepository':
      return artifact(spec);
    case 'GitRepository':
      return isOwn(facts, node) ? undefined : branch(spec);
    case 'Bucket':
      return {
        field: 'spec.bucketName',
        what: `the content of the bucket ${comparableText(spec.bucketName)}`,
        isOpen: false,
        hint: 'use a source that has versions, such as an OCIRepository',
        of: ['bucket', spec.endpoint, spec.bucketName, spec.prefix],
      };
    default:
      return undefined;
  }
}

const EXACT =
  'set an exact version, and change it in some clusters first, then in the others once these are healthy';

/** A chart in a Helm repository with a version range, or without a version. */
function chartRange(facts: ClusterFacts, { object }: GraphNode, spec: PlainMap): Found | undefined {
  const chart = mapOf(valueAt(spec, 'chart', 'spec'));
  const version = textOf(chart.version);
  // A chart in a Git repository or bucket has the version in its files.
  const isCharts = mapOf(chart.sourceRef).kind === 'HelmRepository';
  if (!isCharts || !object || isExactVersion(version)) return undefined;
  const source = referencesOf(object).find(({ field }) => field === 'spec.chart.spec.sourceRef')?.target;
  const url = source && mapOf(facts.node(nodeId(source))?.object?.spec).url;
  return {
    field: 'spec.chart.spec.version',
    what: `the chart ${comparableText(chart.chart)} in the range ${JSON.stringify(version ?? '*')}`,
    isOpen: isOpenRange(version),
    hint: EXACT,
    of: ['chart', url ?? source, chart.chart, version ?? '*'],
  };
}

/** Tags that usually move; others may move too, but most do not. */
const MOVING_TAG =
  /(?:^|[-_.])(?:latest|main|master|dev|develop|edge|nightly|stable|canary|staging|prod|production)$|^v?\d+(?:\.\d+)?$/;

function artifact(spec: PlainMap): Found | undefined {
  const ref = mapOf(spec.ref);
  if (ref.digest !== undefined) return undefined;
  const [range, tag] = [textOf(ref.semver), textOf(ref.tag) ?? 'latest'];
  const of = ['artifact', spec.url, range ?? tag, ref.semverFilter];
  const name = `the artifact ${comparableText(spec.url)}`;
  if (range !== undefined) {
    if (isExactVersion(range)) return undefined;
    const what = `${name} in the range ${JSON.stringify(range)}`;
    return { field: 'spec.ref.semver', what, isOpen: isOpenRange(range), hint: EXACT, of };
  }
  if (!MOVING_TAG.test(tag)) return undefined;
  const what = `${name} at the tag ${JSON.stringify(tag)}`;
  return { field: 'spec.ref', what, isOpen: false, hint: EXACT, of };
}

function branch(spec: PlainMap): Found | undefined {
  const ref = mapOf(spec.ref);
  if (ref.commit !== undefined) return undefined;
  const name = `the repository ${comparableText(spec.url)}`;
  const range = textOf(ref.semver);
  if (range !== undefined) {
    if (isExactVersion(range)) return undefined;
    const what = `${name} in the range ${JSON.stringify(range)}`;
    const of = ['git', spec.url, 'range', range];
    return { field: 'spec.ref.semver', what, isOpen: isOpenRange(range), hint: EXACT, of };
  }
  if (ref.tag !== undefined) return undefined;
  const full = textOf(ref.name);
  if (full !== undefined && !full.startsWith('refs/heads/')) return undefined;
  const wanted = full?.replace('refs/heads/', '') ?? textOf(ref.branch) ?? 'master';
  return {
    field: 'spec.ref',
    what: `${name} at the branch ${JSON.stringify(wanted)}`,
    isOpen: false,
    hint: 'set a tag or a commit, and change it in some clusters first; or give each ring its own branch',
    of: ['git', spec.url, 'branch', wanted],
  };
}

/** Whether a source is the repository that the cluster is synced from, whose commits are reviewed here. */
function isOwn(facts: ClusterFacts, { id, object }: GraphNode): boolean {
  const sync = nodeId(facts.cluster.syncSource);
  if (id === sync) return true;
  const [url, own] = [object, facts.node(sync)?.object].map((one) => textOf(mapOf(one?.spec).url));
  return url !== undefined && own !== undefined && sameAddress(url, own);
}

/** Whether a version names one release alone. */
export function isExactVersion(version: string | undefined): boolean {
  return (
    version !== undefined &&
    /^=?\s*v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.test(version.trim())
  );
}

/** Whether a range has no upper end. Without a version Flux takes `*`. */
export function isOpenRange(range: string | undefined): boolean {
  if (range === undefined) return true;
  return range.split('||').some((part) => {
    const text = part.trim();
    return /^(?:\*|[xX]|)$/.test(text) || (/^>=?\s*v?\d/.test(text) && !/<|\s-\s/.test(text));
  });
}
