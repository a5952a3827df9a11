import { isBelow } from '../../../tree/path';
import { identityOf } from '../../../tree/manifest';
import type { TreeFile } from '../../../tree/tree-file';
import { nodeId } from '../../../graph/node-id';
import type { CheckContext } from '../../check-context';

const GENERATED: ReadonlySet<string> = new Set(['ConfigMap', 'Secret']);
const HASH = /-[a-z0-9]{10}$/;

/**
 * Whether a file is what `kustomize build` printed: every object in it comes from the other files of the folder, and from
 * several of them. A single object is more likely a patch that nobody listed.
 */
export function isRenderedCopy({ clusters }: CheckContext, { documents }: TreeFile, folder: string): boolean {
  // What a generator made has another name as soon as its contents change.
  const ids = documents
    .map(({ object }) => identityOf(object))
    .filter(({ kind, name }) => !GENERATED.has(kind) || !HASH.test(name))
    .map(nodeId);
  return clusters.some(({ objects }) => {
    const origins = ids.map((id) =>
      (objects.get(id) ?? [])
        .flatMap(({ location: { file } }) => file ?? [])
        .find((file) => isBelow(file, folder)),
    );
    return origins.every((file) => file !== undefined) && new Set(origins).size > 1;
  });
}
