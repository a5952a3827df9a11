import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { finding, type Finding } from '../findings/finding';
import { isGitName } from '../tree/path';
import { CDK8S_FILE, type Cdk8sYaml } from './cdk8s-yaml';
import type { Project } from './project';
import { holds, realPath } from './real-path';
import { withSlashes } from '../plain/with-slashes';

/** The absolute path of the folder that cdk8s writes to, and deletes before it runs the app. */
export function scratchFolder(cdk8s: Cdk8sYaml): string {
  return resolve(dirname(cdk8s.file), cdk8s.output);
}

/** The path of that folder from the repository's root; `undefined` where there is no `cdk8s.yaml`. */
export function scratchPath({ root, cdk8s }: Project): string | undefined {
  return cdk8s && withSlashes(relative(root, scratchFolder(cdk8s)));
}

/**
 * Says whether a folder may be the one that cdk8s deletes on each run. It may not when it holds the repository, the
 * project or the folder that is published to, or when it lies in what is published or in git's own folder.
 *
 * @param project - the project
 * @param folder - the absolute path of the folder; by default the one that `cdk8s.yaml` names
 * @param published - a folder that is published to, from the root; by default `output`
 */
export function checkScratchFolder(
  project: Project,
  folder?: string,
  published: string = project.output,
): Finding[] {
  const given = folder ?? (project.cdk8s && scratchFolder(project.cdk8s));
  if (given === undefined) return [];
  const scratch = realPath(given);
  const root = realPath(project.root);
  const kept = realPath(join(project.root, published));
  if (relative(root, scratch).split(sep).some(isGitName)) return [gitScratch(given)];
  const inPublished = kept !== root && holds(kept, scratch);
  const around = project.cdk8s ? [kept, realPath(dirname(project.cdk8s.file))] : [kept];
  if (!inPublished && !around.some((path) => holds(scratch, path))) return [];
  return [
    finding({
      code: 'scratch-folder-unsafe',
      message:
        `cdk8s deletes its output ${JSON.stringify(given)} on each run, ` +
        `but it ${inPublished ? 'is inside' : 'contains'} files that must be kept: ${JSON.stringify(kept)}`,
      hint:
        `in ${CDK8S_FILE} write "output: dist/manifests"; ` +
        `if cdk8s has already deleted files, restore them with: git restore -- ${published || '.'}`,
      field: 'output',
      locations: project.cdk8s ? [{ file: basename(project.cdk8s.file) }] : [],
    }),
  ];
}

function gitScratch(folder: string): Finding {
  return finding({
    code: 'scratch-folder-unsafe',
    message: `cdk8s deletes its output ${JSON.stringify(folder)} on each run, but git keeps its own files there`,
    hint: `in ${CDK8S_FILE} write "output: dist/manifests"`,
    field: 'output',
    locations: [{ file: CDK8S_FILE }],
  });
}
