import { posix } from 'node:path';
import { didYouMean, isMisspelling } from '../../findings/nearest-name';
import { COMPONENTS_FILE } from '../../kinds/names';
import type { FindingLocation } from '../../findings/finding';
import { directoryOf, isBelow, joinPath, resolvePath } from '../../tree/path';
import type { TreeFile } from '../../tree/tree-file';
import { once } from '../../plain/once';
import type { PlainMap } from '../../plain/plain-data';
import type { RepositoryView } from '../sources/repository-view';
import type { Accumulated, UsedPart } from './accumulated';
import type { BuildFinding, BuildLog, PathHelp } from './build-log';
import { fieldNaming, isRemote } from './read/kustomization-file';
import type { Var } from './replacements/vars';
import { mergeConfigs, type FieldConflictError, type TransformerConfig } from './fields/transformer-config';

/** The build of one folder in progress. */
export interface Scope {
  readonly folder: string;
  /** The kustomization as it stands in its file. */
  readonly data: PlainMap;
  readonly location: FindingLocation;
  readonly log: BuildLog;
  readonly remotes: string[];
  readonly reads: string[];
  readonly parts: UsedPart[];
  readonly vars: Var[];
  /** Where it is listed again, for a component that the same kustomization has twice. */
  readonly repeated?: FindingLocation;
  /** Whether it is the path of a Kustomization that changes it. */
  readonly isStart: boolean;
  /** Which fields transformations change: what bases and components added so far is in it. */
  config: TransformerConfig;
}

/** Notes that a folder takes part in a build. */
export function join(part: Accumulated, scope: Scope): void {
  scope.parts.push({ part, after: scope.log.findings.length });
  addConfig(scope, () => mergeConfigs(scope.config, part.config));
  scope.vars.push(...part.vars);
}

/** Takes over a configuration, unless it contradicts what is there. */
export function addConfig(scope: Scope, merged: () => TransformerConfig): void {
  try {
    scope.config = merged();
  } catch (error) {
    scope.log.error('kustomization-invalid', (error as FieldConflictError).message, scope.location, {
      field: 'configurations',
      hint: 'use the same "create" in both entries',
    });
  }
}

/** Whether a build has all objects that it lists, so that what a patch does not find is not there. */
export function isWhole({ log, remotes, parts, isStart }: Scope): boolean {
  if (remotes.length > 0) return false;
  const isLoss = ({ code, severity, atPath }: BuildFinding) =>
    (severity === 'error' && !(isStart && atPath !== undefined)) || code === 'listed-file-missing';
  return parts.every(({ part }) => part.isWhole) && !log.findings.some(isLoss);
}

/** Reads a file that a kustomization names; what stands at a URL is a remote. */
export function readNamed(view: RepositoryView, scope: Scope, path: string): TreeFile | 'remote' | undefined {
  const target = resolvePath(scope.folder, path);
  const file = target === undefined ? undefined : view.file(target);
  if (file) scope.reads.push(file.path);
  if (file || !isUrl(path)) return file;
  scope.remotes.push(path);
  return 'remote';
}

/** Whether kustomize downloads a file: it supports no other forms for files. */
function isUrl(path: string): boolean {
  return /^https?:\/\//i.test(path);
}

/** Notes a file or folder that is listed and not there. What bootstrap generates is often not kept beside the rest. */
export function noteMissing(view: RepositoryView, path: string, scope: Scope): void {
  if (isRemote(path)) {
    scope.remotes.push(path);
    return;
  }
  const message = `${JSON.stringify(path)} is listed but does not exist`;
  if (path.endsWith(COMPONENTS_FILE)) {
    scope.log.info('listed-file-missing', `${message}, so what it installs is not checked`, scope.location, {
      field: fieldNaming(scope.data, path),
    });
    return;
  }
  const target = resolvePath(scope.folder, path);
  const isLeftOut = target !== undefined && view.leavesOut(target);
  const problem = isLeftOut ? `${JSON.stringify(path)} is listed, but the source leaves it out` : message;
  scope.log.error('listed-file-missing', problem, scope.location, {
    ...(isLeftOut ? { hint: LEFT_OUT } : helpWith(view, scope, path)),
    field: fieldNaming(scope.data, path),
  });
}

/** What to do about a path that the source leaves out. */
export const LEFT_OUT = 'change .sourceignore or spec.ignore of the source, or the path';

/** What is known about paths that do not exist. */
export function pathHelp(view: RepositoryView, scope: Scope) {
  return {
    helpWith: (path: string) => helpWith(view, scope, path),
    isUnseen: (path: string) =>
      view.lacksKind(path) && !isMisspelling(path, meantBy(view, scope, path) ?? ''),
  };
}

function helpWith(view: RepositoryView, scope: Scope, path: string): PathHelp {
  const root = view.rootAround(resolvePath(scope.folder, path) ?? '');
  if (root !== undefined) {
    const hint = `the source contains only the folder ${JSON.stringify(root)}: move it there, or correct the path`;
    return { hint, mayBeMade: false };
  }
  const meant = meantBy(view, scope, path);
  if (meant !== undefined) return { hint: didYouMean(meant), mayBeMade: false };
  return startHelp(view, scope, path) ?? { hint: 'correct the path, or remove the entry', mayBeMade: true };
}

/**
 * What to do about a path that starts at the wrong folder: what it names is below another one of those around the
 * kustomization. The entries beside it that start so are wrong for the same reason.
 */
function startHelp(view: RepositoryView, { folder, data }: Scope, path: string): PathHelp | undefined {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  const named = segments.slice(segments.lastIndexOf('..') + 1);
  const [first = ''] = named;
  // The name of one file alone says too little.
  if (named.length + (segments[0] === '..' ? 1 : 0) < 2) return undefined;
  const found = foldersAround(folder).filter((around) => {
    const target = joinPath(around, ...named);
    return !isBelow(folder, target) && (view.hasFolder(target) || view.file(target) !== undefined);
  });
  const [around, other] = found;
  if (around === undefined || other !== undefined) return undefined;
  if (pathsNamedIn(data).has(posix.relative(`/${folder}`, `/${joinPath(around, ...named)}`)))
    return undefined;
  const start = JSON.stringify(segments.slice(0, segments.length - named.length + 1).join('/'));
  const right = JSON.stringify(posix.relative(`/${folder}`, `/${joinPath(around, first)}`));
  return {
    hint: `start the path with ${right} instead of ${start}`,
    cause: `what is listed below ${start} does not exist`,
    mayBeMade: false,
  };
}

/** A folder and those around it, up to the root. */
function foldersAround(folder: string): string[] {
  return folder === '' ? [''] : [folder, ...foldersAround(directoryOf(folder))];
}

/** The path that was most likely meant, from the folder. What the kustomization names already was hardly meant again. */
function meantBy(view: RepositoryView, { folder, data }: Scope, path: string): string | undefined {
  const target = resolvePath(folder, path);
  const likely = target === undefined ? undefined : (view.likely(target) ?? view.likelyFile(target));
  const meant = likely === undefined ? undefined : posix.relative(`/${folder}`, `/${likely}`);
  return meant === undefined || pathsNamedIn(data).has(meant) ? undefined : meant;
}

/** The texts anywhere in a kustomization, as paths: without `./`, and without the key that a file may have in front of it. */
const pathsNamedIn = once((data: PlainMap): ReadonlySet<string> => {
  const paths = new Set<string>();
  const seen = new Set<unknown>([data]);
  // The set grows while it is walked. What anchors repeat is in it once.
  for (const part of seen) {
    if (typeof part === 'string') paths.add(part.replace(/^[^/=]+=/, '').replace(/^\.\//, ''));
    if (typeof part === 'object' && part !== null) for (const one of Object.values(part)) seen.add(one);
  }
  return paths;
});
