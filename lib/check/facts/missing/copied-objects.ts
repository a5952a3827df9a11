import type { AppliedObject } from '../../../graph/graph';
import { mapOf } from '../../../plain/plain-data';

/** Names in the metadata of objects that a controller copies to other namespaces. */
const COPIED = /replicat|reflect|mirror|sync|copy|clone/i;

/** Whether a controller seems to copy an object to other namespaces. */
export function isCopied({ object }: Pick<AppliedObject, 'object'>): boolean {
  const { annotations, labels } = mapOf(object.metadata);
  return COPIED.test(Object.keys({ ...mapOf(annotations), ...mapOf(labels) }).join(' '));
}
