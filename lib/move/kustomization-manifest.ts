import { fail } from '../findings/findings-error';
import type { GraphNode } from '../graph/graph';
import type { FoundKustomization } from './find-kustomization';
import type { YamlEdit } from '../yaml/edit/edit-yaml';
import type { WorkingFiles } from './working-files';

/** Where a Kustomization is written. */
export interface Manifest {
  readonly file: string;
  readonly line: number;
}

/**
 * The manifests of a Kustomization in all of its clusters, each once.
 *
 * @throws FindingsError `move-uneditable` where bootstrap or something in the cluster makes it
 */
export function manifestsOf({ places }: Pick<FoundKustomization, 'places'>): Manifest[] {
  const manifests = new Map<string, Manifest>();
  for (const { node, cluster } of places) {
    const { file, line = 1 } = node.location ?? {};
    if (file === undefined || node.state === 'made') refuseMade(node, cluster.name);
    manifests.set(`${file}:${line}`, { file, line });
  }
  return [...manifests.values()];
}

function refuseMade({ id, state }: GraphNode, cluster: string): never {
  const where = state === 'made' ? 'is created in the cluster' : 'is not in any file of the repository';
  return fail({
    code: 'move-uneditable',
    message: `${id} of cluster ${cluster} ${where}`,
    hint: 'change what creates it, for example a ResourceSet or the arguments of flux bootstrap',
  });
}

/** Makes the same edit in all manifests. */
export function editAll(
  files: WorkingFiles,
  manifests: readonly Manifest[],
  edit: YamlEdit,
  advice: string,
): void {
  for (const manifest of manifests) files.edit({ ...manifest, edit, advice });
}

/**
 * Refuses to judge a change of Kustomizations that do not build now: nobody can tell what they would apply.
 *
 * @throws FindingsError `move-unsafe`
 */
export function refuseBroken(nodes: readonly GraphNode[]): void {
  const broken = nodes.find(({ build }) => build?.failure !== undefined);
  if (!broken) return;
  fail({
    code: 'move-unsafe',
    message: `the build of ${broken.id} fails, so the effect of a move is unknown`,
    hint: 'fix it first; cdk8s-flux check shows what is wrong',
  });
}
