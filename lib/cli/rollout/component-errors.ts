import { identityText } from '../../findings/object-name';
import { checkTree } from '../../check/check-tree';
import { finding, type Finding } from '../../findings/finding';
import type { ClusterGraph, GraphNode } from '../../graph/graph';
import { firstNames } from '../../plain/first-names';
import type { FleetComponent, FleetRing } from '../../rollout/fleet-file';
import type { Io } from '../io';
import { loadProject } from '../load-project';
import { announceStep } from '../progress';
import { projectGraph } from '../project-graph';

/** The files and objects of components in a cluster. */
interface Extent {
  readonly files: Set<string>;
  readonly objects: Set<string>;
}

/**
 * The errors that `check` finds in the objects of components in the clusters of a ring. Only these clusters are
 * evaluated.
 */
export function componentErrors(
  io: Io,
  dir: string,
  components: readonly FleetComponent[],
  ring: FleetRing,
): Finding[] {
  const names = new Set(
    components.flatMap(({ kustomizations }) => kustomizations.flatMap((one) => one.clusters)),
  );
  const entries = [...ring.clusters].flatMap(([name, path]) => (names.has(name) ? [path] : []));
  if (entries.length === 0) return [];
  const { project, tree, findings: found } = loadProject(io.cwd, dir);
  announceStep(`checking ${entries.length} ${entries.length === 1 ? 'cluster' : 'clusters'}`, io);
  const graph = projectGraph({ project, tree }, entries);
  const { allow, check: settings } = project;
  const report = checkTree(tree, { graph, allow, settings, found, partial: true });
  const extent: Extent = { files: new Set(), objects: new Set() };
  const byEntry = new Map(graph.clusters.map((cluster) => [cluster.entry, cluster]));
  const missing = [...ring.clusters].filter(([name, path]) => {
    if (!names.has(name)) return false;
    const wanted = components.flatMap(({ kustomizations }) =>
      kustomizations.filter(({ clusters }) => clusters.includes(name)),
    );
    const cluster = byEntry.get(path);
    return !cluster || wanted.some((one) => !addTo(extent, cluster, one));
  });
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  return [...notThere(missing.map(([name]) => name)), ...errors.filter((error) => concerns(error, extent))];
}

/**
 * Adds what a Kustomization applies, directly or through others; false if the cluster does not have the Kustomization.
 */
function addTo(
  { files, objects }: Extent,
  { nodes }: ClusterGraph,
  wanted: { readonly namespace: string; readonly name: string },
): boolean {
  const isWanted = ({ type, identity }: GraphNode) =>
    type === 'kustomization' && identity.namespace === wanted.namespace && identity.name === wanted.name;
  const start = nodes.find(isWanted);
  if (!start) return false;
  const taken = new Set([start.id]);
  // Nodes are in the order in which they are found, from the root down.
  for (const node of nodes) {
    if (!taken.has(node.id) && !node.appliedBy.some((id) => taken.has(id))) continue;
    taken.add(node.id);
    objects.add(identityText(node.identity));
    for (const path of node.build?.reads ?? []) files.add(path);
    for (const { identity, location } of node.build?.inventory ?? []) {
      objects.add(identityText(identity));
      if (location.file !== undefined) files.add(location.file);
    }
  }
  return true;
}

/** Whether an error is about the object or, if it is about no object, about a file. */
function concerns({ object, locations }: Finding, { files, objects }: Extent): boolean {
  if (object && objects.has(identityText(object))) return true;
  return object === undefined && locations.some(({ file }) => file !== undefined && files.has(file));
}

function notThere(clusters: readonly string[]): Finding[] {
  if (clusters.length === 0) return [];
  return [
    finding({
      code: 'fleet-file-invalid',
      message: `the files of ${firstNames(clusters, 5)} do not match fleet.json`,
      hint: 'run npx cdk8s-flux synth',
    }),
  ];
}
