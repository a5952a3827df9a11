import { posix } from 'node:path';
import { isKustomizationFile, kustomizationFileIn } from '../graph/sources/folder-listing';
import { fail } from '../findings/findings-error';
import type { GraphNode } from '../graph/graph';
import { mapOf, textOf } from '../plain/plain-data';
import { compareText } from '../plain/compare-text';
import { directoryOf, isBelow, joinPath } from '../tree/path';
import {
  dataOf,
  kustomizationAbove,
  LISTS,
  listedPaths,
  relativePath,
  type ListedPath,
} from './kustomization-lists';
import type { MoveRepository } from './repository';
import type { Transfer } from './transfers';
import type { WorkingFiles } from './working-files';

/** A kustomization file has one document. */
const FIRST = 0;

const pathOf = (node: GraphNode): string => node.build?.path ?? '';

/**
 * Moves files from below the path of one Kustomization to below that of another, and changes the kustomization files that
 * name them.
 */
export function moveFiles(
  repository: MoveRepository,
  files: WorkingFiles,
  {
    path,
    into,
    transfers,
  }: { readonly path: string; readonly into: string; readonly transfers: readonly Transfer[] },
): void {
  const { tree } = repository;
  const target = (old: string): string => joinPath(into, old.slice(path.length + 1)) || into;
  const advice = `create the objects of ${path} in the construct of ${transfers[0]?.to.identity.name}`;
  const paths = [...tree.paths].sort(compareText);
  const taken = paths.find((file) => isBelow(file, into));
  if (taken) {
    fail({
      code: 'move-unclear',
      message: `${JSON.stringify(taken)} already exists`,
      hint: 'choose another folder with --into',
    });
  }
  const listed = listedPaths(tree);
  const former = transfers.map(({ from }) => from);
  for (const entry of listed
    .filter((one) => !isBelow(one.file, path) && isBelow(one.target, path))
    .reverse()) {
    if (isReadBy(former, entry)) removeEntry(files, entry, advice);
    else setEntry(files, entry, relativePath(tree, entry.file, target(entry.target)), advice);
  }
  for (const entry of listed.filter((one) => isBelow(one.file, path) && !isBelow(one.target, path))) {
    setEntry(files, entry, posix.relative(directoryOf(target(entry.file)), entry.target), advice);
  }
  const moved = paths.filter((file) => isBelow(file, path));
  for (const file of moved) files.move(file, target(file), advice);
  followPaths(repository, files, { path, target, advice });
  const owner = transfers[0]?.to as GraphNode;
  const list = kustomizationAbove(tree, directoryOf(into), pathOf(owner));
  if (list === undefined) return;
  const isListed = path !== '' && (tree.has(path) || kustomizationFileIn(tree, path) !== undefined);
  const entries = isListed ? [into] : moved.filter(isManifest).map(target);
  for (const entry of entries)
    appendEntry(repository, files, list, { target: entry, field: 'resources', advice });
}

/** Changes the paths of Kustomizations that build the moved folder. */
function followPaths(
  { graph }: MoveRepository,
  files: WorkingFiles,
  {
    path,
    target,
    advice,
  }: { readonly path: string; readonly target: (old: string) => string; readonly advice: string },
): void {
  const seen = new Set<string>();
  for (const { location, build, object } of graph.clusters.flatMap(({ nodes }) => nodes)) {
    const { file, line = 1 } = location ?? {};
    const isMoved = build?.source === 'repository' && isBelow(build.path, path);
    if (!isMoved || file === undefined || seen.size === seen.add(`${file}:${line}`).size) continue;
    const written = textOf(mapOf(object?.spec).path) ?? '';
    const value = `${written.startsWith('./') ? './' : ''}${target(build.path)}`;
    files.edit({ file, line, edit: { type: 'set', path: ['spec', 'path'], value }, advice });
  }
}

function isManifest(path: string): boolean {
  return /\.ya?ml$/.test(path) && !isKustomizationFile(path);
}

/** Takes a base out of the lists of one Kustomization, and adds it to those of another. The files stay. */
export function relistBase(
  repository: MoveRepository,
  files: WorkingFiles,
  { path, transfers }: { readonly path: string; readonly transfers: readonly Transfer[] },
): void {
  const { tree } = repository;
  const advice = `use ${path} in the construct of ${transfers[0]?.to.identity.name}`;
  const entries = listedPaths(tree).filter(
    ({ target, at, file }) => target === path && LISTS.some((list) => list === at[0]) && !isBelow(file, path),
  );
  const removed = entries
    .filter((entry) =>
      isReadBy(
        transfers.map(({ from }) => from),
        entry,
      ),
    )
    .reverse();
  if (removed.length === 0) {
    fail({
      code: 'move-unknown',
      message: `no kustomization file of ${transfers[0]?.from.identity.name} lists ${JSON.stringify(path)} itself`,
      hint: 'use a file or folder that is listed under resources',
    });
  }
  for (const entry of removed) removeEntry(files, entry, advice);
  const field = removed[0]?.at[0] === 'components' ? 'components' : 'resources';
  const lists = new Set(transfers.map(({ to }) => listOfOwner(repository, to)));
  for (const list of lists) appendEntry(repository, files, list, { target: path, field, advice });
}

function listOfOwner({ tree }: MoveRepository, node: GraphNode): string {
  const list = kustomizationFileIn(tree, pathOf(node));
  if (list !== undefined) return list;
  return fail({
    code: 'move-uneditable',
    message: `${JSON.stringify(pathOf(node))}, the path of ${node.identity.name}, needs a kustomization.yaml to list something outside it`,
    hint: 'create one there first: kustomize create --autodetect --recursive',
  });
}

function isReadBy(nodes: readonly GraphNode[], { file }: ListedPath): boolean {
  const folder = directoryOf(file);
  return nodes.some(({ build }) => build?.reads.some((read) => read === file || read === folder) === true);
}

function removeEntry(files: WorkingFiles, { file, at }: ListedPath, advice: string): void {
  const index = at.at(-1);
  if (typeof index !== 'number') return;
  files.edit({ file, line: FIRST, edit: { type: 'remove', path: at.slice(0, -1), index }, advice });
}

function setEntry(
  files: WorkingFiles,
  { file, at, prefix }: ListedPath,
  value: string,
  advice: string,
): void {
  files.edit({ file, line: FIRST, edit: { type: 'set', path: at, value: prefix + value }, advice });
}

function appendEntry(
  { tree }: MoveRepository,
  files: WorkingFiles,
  file: string,
  { target, field, advice }: { readonly target: string; readonly field: string; readonly advice: string },
): void {
  const value = relativePath(tree, file, target);
  const edit = { type: 'append', path: [field], value } as const;
  if (Array.isArray(dataOf(tree, file)[field]) || dataOf(tree, file)[field] === undefined)
    files.edit({ file, line: FIRST, edit, advice });
}
