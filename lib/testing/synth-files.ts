import type { IConstruct } from 'constructs';
import type { FluxApp } from '../delivery/flux-app';
import { throwErrors } from '../findings/findings-error';
import { asDirectory } from '../flux/directory';
import type { TreeFile } from '../tree/tree-file';
import { isBelow } from '../tree/path';
import { requireConstruct } from './matcher';
import { planScope } from './plan-scope';

/**
 * Synthesizes an app in memory.
 *
 * @param scope - the app, or any construct in it
 * @returns the content of each file by its path relative to the root of the repository, sorted by path
 * @throws FindingsError with all problems
 */
export function synthFiles(scope: IConstruct): Record<string, string> {
  return contents(plannedFiles(requireConstruct(scope, 'synthFiles')));
}

/**
 * The files of one FluxApp, for a snapshot: the files of its directory, by their path in it, and the Flux Kustomization
 * that applies it, by its path relative to the root of the repository. It does not contain nested FluxApps.
 *
 * @throws FindingsError with all problems of the app; TypeError if it is not a FluxApp
 */
export function snapshotOf(app: FluxApp): Record<string, string> {
  const own = asDirectory(requireConstruct(app, 'snapshotOf'))?.path;
  if (own === undefined) throw new TypeError(`snapshotOf got ${app.node.path || 'an app'}; pass a FluxApp`);
  const files = plannedFiles(app).filter((file) => file.owner === own);
  return Object.fromEntries(
    files.map((file) => [
      isBelow(file.path, own) ? file.path.slice(own.length + 1) : file.path,
      file.bytes.toString('utf8'),
    ]),
  );
}

function plannedFiles(scope: IConstruct): readonly TreeFile[] {
  const { plan, findings } = planScope(scope);
  throwErrors(findings);
  return plan.tree.files;
}

function contents(files: readonly TreeFile[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file.path, file.bytes.toString('utf8')]));
}
