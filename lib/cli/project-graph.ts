import { relative } from 'node:path';
import type { Project } from '../config/project';
import type { Finding } from '../findings/finding';
import { fail, FindingsError } from '../findings/findings-error';
import { buildGraph } from '../graph/build-graph';
import type { ClusterGraph, Graph } from '../graph/graph';
import type { BuildMemo } from '../graph/sources/build-memo';
import type { Tree } from '../tree/tree';
import { checkCluster } from '../graph/unknown-cluster';
import { recordedClusters } from './recorded-clusters';
import { withSlashes } from '../plain/with-slashes';

/** A repository with its configuration. */
interface Repository {
  readonly project: Project;
  readonly tree: Tree;
}

/**
 * What Flux does with a repository: from the entry paths of the command line, else those of `cdk8s-flux.yaml`, else those
 * that are found. Clusters have the names that records of synth give them.
 */
export function projectGraph(
  { project, tree }: Repository,
  entries?: readonly string[],
  memo?: BuildMemo,
): Graph {
  const graph = buildGraph(tree, {
    entries: entries ?? project.entries,
    clusters: recordedClusters(tree),
    memo,
  });
  return entries === undefined
    ? { ...graph, findings: graph.findings.map((found) => atSetting(found, project)) }
    : graph;
}

/**
 * What Flux does with one cluster of a repository, or with all of it where none is named.
 *
 * @throws FindingsError `cluster-unknown`
 */
export function clusterGraph(
  repository: Repository,
  wanted: { readonly entries?: readonly string[]; readonly cluster?: string },
): Graph {
  const { entries, cluster: name } = wanted;
  const whole = projectGraph(repository, entries);
  if (name === undefined) return whole;
  checkCluster(
    name,
    whole.clusters.map((cluster) => cluster.name),
  );
  const paths = whole.clusters.filter((cluster) => cluster.name === name).map(({ entry }) => entry);
  // Findings do not say which cluster they belong to, so the cluster is evaluated separately.
  const { clusters, findings } = projectGraph(repository, paths);
  return { findings, clusters: clusters.map((cluster) => ({ ...cluster, name })) };
}

/** If a path in the configuration does not exist, the user must correct it there. */
function atSetting(found: Finding, { configFile, entries, root }: Project): Finding {
  const path = found.locations[0]?.file;
  if (found.code !== 'entry-missing' || configFile === undefined || !entries.some((entry) => entry === path))
    return found;
  return {
    ...found,
    locations: [{ file: withSlashes(relative(root, configFile)) }],
    field: 'entries',
  };
}

/**
 * Refuses a graph that shows nothing of what Flux does.
 *
 * @throws FindingsError `repositories-several` and `entry-missing`
 */
export function refuseUseless({ clusters, findings }: Graph): void {
  const refused = findings.filter(({ code }) => code === 'repositories-several' || code === 'entry-missing');
  if (refused.length > 0) throw new FindingsError(refused);
  const empty = clusters.find((cluster) => isEmpty(cluster) && !findings.some(isError));
  if (empty) {
    fail({
      code: 'entry-missing',
      message: `the entry path ${JSON.stringify(empty.entry || '.')} contains no objects, so Flux applies nothing`,
      hint: 'use the path that you gave to flux bootstrap with --path, either with --entry or as entries in cdk8s-flux.yaml',
      locations: [{ file: empty.entry }],
    });
  }
}

function isEmpty({ nodes, root }: ClusterGraph): boolean {
  const build = nodes.find(({ id }) => id === root)?.build;
  return build?.source === 'repository' && build.complete && build.inventory.length === 0;
}

function isError({ severity }: Graph['findings'][number]): boolean {
  return severity === 'error';
}
