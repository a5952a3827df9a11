import { firstNames } from '../plain/first-names';
import { fail } from '../findings/findings-error';
import type { GraphNode } from '../graph/graph';
import { isBelow } from '../tree/path';
import { qualified, type FoundKustomization } from './find-kustomization';
import type { MoveRepository } from './repository';

/** What moves from one Kustomization to another in one cluster. */
export interface Transfer {
  readonly cluster: string;
  /** Who applies it now. */
  readonly from: GraphNode;
  /** Who shall apply it. */
  readonly to: GraphNode;
}

/** What is moved, and where to. */
export interface TransferRequest {
  /** The file or folder from the root of the repository. */
  readonly path: string;
  /** Who shall apply it. */
  readonly to: FoundKustomization;
  /**
   * The folder or file that it becomes, from the root of the repository.
   *
   * @default - the same name below the path of the new owner
   */
  readonly into?: string;
}

/** Who applies the files in each cluster of the new owner. */
export function transfersOf({ path, to }: TransferRequest): Transfer[] {
  if (to.places.some(({ node }) => node.build?.source !== 'repository')) {
    fail({
      code: 'move-unclear',
      message: `${to.namespace}/${to.name} applies another source, not this repository`,
      hint: 'use --to with a Kustomization whose path is in this repository',
    });
  }
  const transfers = to.places.flatMap(({ cluster, node }) =>
    cluster.nodes
      // A Kustomization that moves takes along what it applies.
      .filter(({ build, location }) => applies(build, path) && !isBelow(location?.file ?? '', path))
      .map((from): Transfer => ({ cluster: cluster.name, from, to: node })),
  );
  if (transfers.length === 0) {
    fail({
      code: 'move-unknown',
      message: `no Kustomization of a cluster that has ${to.name} applies anything from ${JSON.stringify(path)}`,
      hint: 'use a file or folder from the root of the repository',
    });
  }
  if (transfers.some(({ from, to: target }) => from === target)) {
    fail({
      code: 'move-unclear',
      message: `${to.namespace}/${to.name} applies ${JSON.stringify(path)} already`,
      hint: 'choose another Kustomization with --to',
    });
  }
  const whole = transfers.find(({ from }) => from.build?.path === path);
  if (whole) {
    fail({
      code: 'move-unclear',
      message: `${JSON.stringify(path)} is the whole path of ${qualified(whole.from)}`,
      hint: 'rename the Kustomization instead (--rename), or move single files and folders from it',
    });
  }
  return transfers;
}

/** The one Kustomization that applies the files in all clusters. */
export function oneFormer(transfers: readonly Transfer[], path: string): string {
  const names = [...new Set(transfers.map(({ from }) => qualified(from)))];
  const [first] = names;
  if (first !== undefined && names.length === 1) return first;
  return fail({
    code: 'move-unclear',
    message: `several Kustomizations apply something from ${JSON.stringify(path)}: ${names.join(', ')}`,
    hint: 'use a path that only one of them applies, or choose one cluster with --cluster',
  });
}

/** Whether the old owner applies the new one, directly or not: a new cluster would wait for ever. */
export function isParent({ places }: FoundKustomization, former: string): boolean {
  return places.some(({ cluster, node }) => {
    const byId = new Map(cluster.nodes.map((one) => [one.id, one]));
    const above = new Set(node.appliedBy);
    // The set grows while it is walked.
    for (const id of above) for (const parent of byId.get(id)?.appliedBy ?? []) above.add(parent);
    return [...above].some((id) => {
      const parent = byId.get(id);
      return parent !== undefined && qualified(parent) === former;
    });
  });
}

/** Files move for all clusters that apply them. */
export function refuseShared({ graph }: MoveRepository, path: string, transfers: readonly Transfer[]): void {
  const planned = new Set(transfers.map(({ cluster }) => cluster));
  const others = graph.clusters.filter(
    ({ name, nodes }) => !planned.has(name) && nodes.some(({ build }) => applies(build, path)),
  );
  if (others.length === 0) return;
  fail({
    code: 'move-unclear',
    message: `${JSON.stringify(path)} is also applied in ${firstNames(others.map(({ name }) => name))}, but the plan covers only the clusters of --cluster`,
    hint: 'run without --cluster to plan for all clusters; the new owner must exist in each of them',
  });
}

function applies(build: GraphNode['build'], path: string): boolean {
  return build?.inventory.some(({ location: { file = '' } }) => isBelow(file, path)) === true;
}
