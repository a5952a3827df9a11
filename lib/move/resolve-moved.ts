import { fail } from '../findings/findings-error';
import type { Graph } from '../graph/graph';
import { isBelow, repositoryPath } from '../tree/path';
import type { Tree } from '../tree/tree';

/**
 * The file or folder that a user means: a path, or an object as `Kind/namespace/name`.
 *
 * @throws FindingsError `move-unknown`, `move-unclear`, `move-uneditable`
 */
export function resolveMoved(tree: Tree, { clusters }: Pick<Graph, 'clusters'>, text: string): string {
  const path = repositoryPath(text);
  if (path !== '' && [...tree.paths].some((file) => isBelow(file, path))) return path;
  const [kind = '', ...rest] = text.split('/');
  const [name, namespace] = rest.reverse();
  const places = clusters.flatMap(({ nodes }) =>
    nodes.flatMap(({ build }) =>
      (build?.inventory ?? []).flatMap(({ identity, location: { file }, madeBy }) => {
        const isMeant =
          identity.kind.toLowerCase() === kind.toLowerCase() &&
          identity.name === name &&
          (namespace === undefined || identity.namespace === namespace);
        return isMeant && file !== undefined ? [{ file, madeBy }] : [];
      }),
    ),
  );
  const files = [...new Set(places.map(({ file }) => file))];
  const [file] = files;
  if (file === undefined || files.length > 1) return refuse(text, files);
  const [{ madeBy } = {}] = places;
  if (madeBy !== undefined)
    return fail({
      code: 'move-uneditable',
      message: `${text} is created in the cluster from ${madeBy}`,
      hint: `move the ResourceSet with all that it creates: cdk8s-flux move ${file}`,
    });
  const count = tree.get(file)?.documents.length ?? 0;
  if (count === 1) return file;
  return fail({
    code: 'move-unclear',
    message: `${JSON.stringify(file)} contains ${count} objects, and ${text} is one of them`,
    hint: `first move it to its own file, or move all of them: cdk8s-flux move ${file}`,
  });
}

function refuse(text: string, files: readonly string[]): never {
  if (files.length === 0) {
    return fail({
      code: 'move-unknown',
      message: `the repository has neither a file ${JSON.stringify(text)} nor an object of that name`,
      hint: 'use a path from the root of the repository, or an object as Kind/namespace/name',
    });
  }
  return fail({
    code: 'move-unclear',
    message: `${text} comes from several files: ${files.join(', ')}`,
    hint: 'use the path of one of them, or choose one cluster with --cluster',
  });
}
