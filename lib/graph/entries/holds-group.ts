import { isMap } from '../../plain/plain-data';
import { apiGroup } from '../../tree/manifest';
import type { TreeFile } from '../../tree/tree-file';
import { itemsOf } from '../kustomize/read/load-manifests';

/**
 * Whether objects of an API group may be in a file, also inside a List. Of a file that is printed from objects, this is
 * certain; of another one, its text tells whether it is worth parsing.
 */
export function mayHoldGroup(file: TreeFile, group: string): boolean {
  return file.isPrinted
    ? file.documents.some(({ object }) => itemsOf(object).some((item) => isOfGroup(item, group)))
    : file.bytes.includes(`${group}/`);
}

function isOfGroup(item: unknown, group: string): boolean {
  return isMap(item) && typeof item.apiVersion === 'string' && apiGroup(item.apiVersion) === group;
}
