import { posix } from 'node:path';
import { fail } from '../findings/findings-error';
import type { GraphNode } from '../graph/graph';
import { KUSTOMIZE_GROUP } from '../kinds/groups';
import { valueAt } from '../plain/plain-data';
import { isBelow, joinPath } from '../tree/path';
import { parentsOf, qualified, type FoundKustomization } from './find-kustomization';
import { editAll, manifestsOf, refuseBroken, type Manifest } from './kustomization-manifest';
import { moveFiles, relistBase } from './moved-paths';
import type { MovePlan } from './plan';
import type { MoveRepository } from './repository';
import { firstSafeWay, type Draft } from './steps';
import {
  isParent,
  oneFormer,
  refuseShared,
  transfersOf,
  type Transfer,
  type TransferRequest,
} from './transfers';
import { AGAIN, reconcileCommand, specCommand } from './wait-commands';
import { WorkingFiles } from './working-files';

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
  const isWaiting = steps[0]?.why === waitingWhy(former, owner);
  const afterwards = [
    ...(isWaiting ? [`remove the dependsOn of ${former} on ${owner}, unless it has another reason`] : []),
    ...(transfers.some(({ from }) => isMarked(from))
      ? [`remove the annotation ${PRUNE} from ${former}, unless you want to keep it`]
      : []),
  ];
  return { title, clusters: transfers.map(({ cluster }) => cluster), steps, afterwards };
}

/**
 * Beginning with the smallest: only the move, an order before it, an annotation before it. An order in the commit of
 * the move would be too late: the old owner may apply that commit before it learns what it must wait for.
 */
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
  const order = (files: WorkingFiles) =>
    editAll(files, manifests(), edit, `let ${former} depend on ${owner}`);
  const ordered = () => {
    const files = new WorkingFiles(repository);
    order(files);
    const wait = waitForOrder(placesOf(request, transfers), former, owner);
    const first = { files, title: `Let ${former} wait for ${owner}`, why: waitingWhy(former, owner), wait };
    return [first, move(`${former} waits for ${owner}, which adopts the objects`, order)];
  };
  return [
    () => [move(`Flux does not prune the objects, or ${former} already waits for ${owner}`)],
    ...(isParent(request.to, former) ? [] : [ordered]),
    () => [
      mark(repository, manifests(), former, request.path),
      move(`${owner} adopts the objects; the annotation is removed again`),
    ],
  ];
}

function isMarked({ object }: GraphNode): boolean {
  return valueAt(object?.spec, 'commonMetadata', 'annotations', PRUNE) === 'disabled';
}

function waitingWhy(former: string, owner: string): string {
  return `${former} must wait for ${owner} before it applies the commit of the move, so that ${owner} has adopted the objects when ${former} prunes`;
}

function placesOf({ to }: TransferRequest, transfers: readonly Transfer[]): FoundKustomization['places'] {
  return transfers.flatMap(({ from, cluster: name }) => {
    const place = to.places.find(({ cluster }) => cluster.name === name);
    return place ? [{ cluster: place.cluster, node: from }] : [];
  });
}

/** Files below the path of the old owner go to the new one; a base that the old owner only lists stays where it is. */
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
      message: `the clusters share ${JSON.stringify(path)}, so it cannot move to each of ${targets.join(', ')}`,
      hint: 'choose one folder for all clusters with --into',
    });
  }
  return moveFiles(repository, files, { path, into: target, transfers });
}

function dependencyOn({ to: { name, namespace } }: TransferRequest, former: string): object {
  return former.startsWith(`${namespace}/`) ? { name } : { name, namespace };
}

/** Annotates everything that the old owner applies, so that it prunes nothing. */
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
    title: `Stop Flux from pruning the objects of ${former}`,
    why: `${former} cannot wait for the new owner, but Flux does not prune objects with the annotation ${PRUNE}: disabled`,
    wait: waitForMark(former, moved),
  };
}

function waitForOrder(places: FoundKustomization['places'], former: string, owner: string): string[] {
  const [namespace = '', name = ''] = former.split('/');
  const parents = new Set(places.flatMap(({ cluster, node }) => parentsOf(cluster, node).map(qualified)));
  return [
    'push the commit, and wait in each cluster until Flux has applied it',
    ...[...parents].map(reconcileCommand),
    `${specCommand(namespace, name, 'dependsOn')} must print ${owner.slice(owner.indexOf('/') + 1)}`,
    AGAIN,
  ];
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
