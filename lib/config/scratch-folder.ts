import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { finding, type Finding } from '../findings/finding';
import { CDK8S_FILE, type Cdk8sYaml } from './cdk8s-yaml';
import type { Project } from './project';

/** The absolute path of the folder that cdk8s writes to, and deletes before it runs the app. */
export function scratchFolder(cdk8s: Cdk8sYaml): string {
  return resolve(dirname(cdk8s.file), cdk8s.output);
}

/**
 * Says whether the folder that cdk8s deletes on each run may be deleted. It may not when it holds the repository, the
 * project or the folder that is published to, or when it lies in what is published.
 *
 * @param folder what cdk8s was told to write to; by default the output in `cdk8s.yaml`
 */
export function checkScratchFolder(project: Project, folder?: string): Finding[] {
  const { cdk8s, root, output } = project;
  const named = folder ?? (cdk8s && scratchFolder(cdk8s));
  if (named === undefined) return [];
  const scratch = realPath(named);
  const published = realPath(join(root, output));
  const inPublished = published !== realPath(root) && holds(published, scratch);
  const kept = [published, realPath(cdk8s ? dirname(cdk8s.file) : root)].find((path) => holds(scratch, path));
  if (!inPublished && kept === undefined) return [];
  return [
    finding({
      code: 'output-is-published-folder',
      message:
        `cdk8s deletes its output folder on each run, and ${JSON.stringify(scratch)} ` +
        `${inPublished ? 'is or lies in' : 'is or holds'} what must be kept: ${JSON.stringify(kept ?? published)}`,
      hint: `in ${CDK8S_FILE} write "output: dist/manifests"; what was lost comes back with: git restore -- ${output || '.'}`,
      field: 'output',
      locations: [{ file: CDK8S_FILE }],
    }),
  ];
}

/** Whether `path` is `folder` or lies below it. */
function holds(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** A path without symbolic links, as far as it exists. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  const parent = dirname(path);
  return parent === path ? path : join(realPath(parent), basename(path));
}
