import { posix } from 'node:path';
import { listText } from '../diff/report/words';
import { fail } from '../findings/findings-error';
import type { GraphNode } from '../graph/graph';
import { KUSTOMIZE_GROUP } from '../kinds/groups';
import { valueAt } from '../plain/plain-data';
import { isBelow, joinPath } from '../tree/path';
import { qualified, type FoundKustomization } from './find-kustomization';
import { editAll, manifestsOf, refuseBroken, type Manifest } from './kustomization-manifest';
import { moveFiles, relistBase, type Transfer } from './moved-paths';
import type { MovePlan } from './plan';
import type { MoveRepository } from './repository';
import { firstSafeWay, type Draft } from './steps';
import { AGAIN, reconcileCommand, specCommand } from './wait-commands';
import { WorkingFiles } from './working-files';

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

const PRUNE = `${KUSTOMIZE_GROUP}/prune`;

/**
 * Plans the commits after which another Kustomization applies some objects, so that Flux deletes none of them.
 *
 * @throws FindingsError `move-unknown`, `move-unclear`, `move-uneditable`, `move-unsafe`
 */
export function planTransfer(repository: MoveRepository, request: TransferRequest): MovePlan {
  const { path, to } = request;
  const transfers = transfersOf(request);
  const former = oneFormer(transfers, path);
  refuseBroken(transfers.flatMap((transfer) => [transfer.from, transfer.to]));
  const owner = `${to.namespace}/${to.name}`;
  const title = `move ${path} from Kustomization ${former} to ${owner}`;
  const steps = firstSafeWay(repository, title, waysOf(repository, request, { transfers, former, owner }));
  const isWaiting = steps.length === 1 && steps[0]?.why === waitingWhy(former, owner);
  const afterwards = [
    ...(isWaiting ? [`remove the dependsOn of ${former} on ${owner}, unless it has another reason`] : []),
    ...(transfers.some(({ from }) => isMarked(from))
      ? [`remove the annotation ${PRUNE} from ${former}, unless it shall stay`]
      : []),
  ];
  return { title, clusters: transfers.map(({ cluster }) => cluster), steps, afterwards };
}

/** From the least to do: nothing beside the move, one commit with an order, two with an annotation. */
function waysOf(
  repository: MoveRepository,
  request: TransferRequest,
  {
    transfers,
    former,
    owner,
  }: { readonly transfers: readonly Transfer[]; readonly former: string; readonly owner: string },
): (() => Draft[])[] {
  const manifests = () => manifestsOf({ places: placesOf(request, transfers) });
  const move = (why: string, edit?: (files: WorkingFiles) => void): Draft => {
    const files = new WorkingFiles(repository);
    edit?.(files);
    transferInto(repository, files, request, transfers);
    return { files, title: `Move ${request.path} to ${owner}`, why, wait: [] };
  };
  const value = dependencyOn(request, former);
  const edit = { type: 'append', path: ['spec', 'dependsOn'], value } as const;
  const wait = (files: WorkingFiles) => editAll(files, manifests(), edit, `let ${former} depend on ${owner}`);
  const ordered = () => [move(waitingWhy(former, owner), wait)];
  return [
    () => [move(`Flux does not prune the objects, or ${former} waits for ${owner} already`)],
    ...(isParent(request.to, former) ? [] : [ordered]),
    () => [
      mark(repository, manifests(), former, request.path),
      move(`${owner} adopts the objects; the annotation goes again`),
    ],
  ];
}

function isMarked({ object }: GraphNode): boolean {
  return valueAt(object?.spec, 'commonMetadata', 'annotations', PRUNE) === 'disabled';
}

function waitingWhy(former: string, owner: string): string {
  return `${former} waits for ${owner}, which has adopted the objects when ${former} prunes`;
}

function placesOf({ to }: TransferRequest, transfers: readonly Transfer[]): FoundKustomization['places'] {
  return transfers.flatMap(({ from, cluster: name }) => {
    const place = to.places.find(({ cluster }) => cluster.name === name);
    return place ? [{ cluster: place.cluster, node: from }] : [];
  });
}

/** Who applies the files in each cluster of the new owner. */
function transfersOf({ path, to }: TransferRequest): Transfer[] {
  if (to.places.some(({ node }) => node.build?.source !== 'repository')) {
    fail({
      code: 'move-unclear',
      message: `${to.namespace}/${to.name} applies another source than this repository`,
      hint: 'name a Kustomization whose path is in this repository with --to',
    });
  }
  const transfers = to.places.flatMap(({ cluster, node }) =>
    cluster.nodes
      // A Kustomization that moves itself takes along what it applies.
      .filter(({ build, location }) => applies(build, path) && !isBelow(location?.file ?? '', path))
      .map((from): Transfer => ({ cluster: cluster.name, from, to: node })),
  );
  if (transfers.length === 0) {
    fail({
      code: 'move-unknown',
      message: `no Kustomization of a cluster that has ${to.name} applies anything from ${JSON.stringify(path)}`,
      hint: 'give a file or folder from the root of the repository',
    });
  }
  if (transfers.some(({ from, to: target }) => from === target)) {
    fail({
      code: 'move-unclear',
      message: `${to.namespace}/${to.name} applies ${JSON.stringify(path)} already`,
      hint: 'name another Kustomization with --to',
    });
  }
  const whole = transfers.find(({ from }) => from.build?.path === path);
  if (whole) {
    fail({
      code: 'move-unclear',
      message: `${JSON.stringify(path)} is the whole path of ${qualified(whole.from)}`,
      hint: 'rename the Kustomization instead (--rename), or move the files and folders in it',
    });
  }
  return transfers;
}

function applies(build: GraphNode['build'], path: string): boolean {
  return build?.inventory.some(({ location: { file = '' } }) => isBelow(file, path)) === true;
}

/** Whether the old owner applies the new one, directly or not: a new cluster would wait for ever. */
function isParent({ places }: FoundKustomization, former: string): boolean {
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

function oneFormer(transfers: readonly Transfer[], path: string): string {
  const names = [...new Set(transfers.map(({ from }) => qualified(from)))];
  const [first] = names;
  if (first !== undefined && names.length === 1) return first;
  return fail({
    code: 'move-unclear',
    message: `several Kustomizations apply something from ${JSON.stringify(path)}: ${names.join(', ')}`,
    hint: 'name what one of them alone applies, or one cluster with --cluster',
  });
}

/** Files below the path of the former owner go to the new one; a base that it only lists stays where it is. */
function transferInto(
  repository: MoveRepository,
  files: WorkingFiles,
  { path, into }: TransferRequest,
  transfers: readonly Transfer[],
): void {
  const isOwn = transfers.every(({ from }) => isBelow(path, from.build?.path ?? ''));
  if (!isOwn) return relistBase(repository, files, { path, transfers });
  refuseShared(repository, path, transfers);
  const targets = [
    ...new Set(transfers.map(({ to }) => into ?? joinPath(to.build?.path ?? '', posix.basename(path)))),
  ];
  const [target] = targets;
  if (target === undefined || targets.length > 1) {
    return fail({
      code: 'move-unclear',
      message: `the clusters share ${JSON.stringify(path)}, and it cannot go to each of ${targets.join(', ')}`,
      hint: 'give one place for all: --into',
    });
  }
  return moveFiles(repository, files, { path, into: target, transfers });
}

/** Files move for all clusters that apply them. */
function refuseShared({ graph }: MoveRepository, path: string, transfers: readonly Transfer[]): void {
  const planned = new Set(transfers.map(({ cluster }) => cluster));
  const others = graph.clusters.filter(
    ({ name, nodes }) => !planned.has(name) && nodes.some(({ build }) => applies(build, path)),
  );
  if (others.length === 0) return;
  fail({
    code: 'move-unclear',
    message: `${JSON.stringify(path)} is also applied in ${listText(others.map(({ name }) => name))}, where the plan would leave everything else as it is`,
    hint: 'leave --cluster out to plan for all clusters, which must all have the new owner',
  });
}

function dependencyOn({ to: { name, namespace } }: TransferRequest, former: string): object {
  return former.startsWith(`${namespace}/`) ? { name } : { name, namespace };
}

/** Marks everything that the former owner applies, so that it prunes nothing. */
function mark(
  repository: MoveRepository,
  manifests: readonly Manifest[],
  former: string,
  moved: string,
): Draft {
  const files = new WorkingFiles(repository);
  const path = ['spec', 'commonMetadata', 'annotations', PRUNE];
  const advice = `set commonMetadata: { annotations: { '${PRUNE}': 'disabled' } } in the props of ${former}`;
  editAll(files, manifests, { type: 'set', path, value: 'disabled' }, advice);
  return {
    files,
    title: `Let Flux prune nothing of ${former}`,
    why: `${former} cannot wait for the new owner, and Flux does not prune what has the annotation ${PRUNE}: disabled`,
    wait: waitForMark(former, moved),
  };
}

function waitForMark(former: string, path: string): string[] {
  const [namespace = '', name = ''] = former.split('/');
  return [
    'push the commit, and wait in each cluster until Flux has applied it',
    reconcileCommand(former),
    `${specCommand(namespace, name, 'commonMetadata')} must print the annotation, and the objects of ${path} must have it`,
    AGAIN,
  ];
}
