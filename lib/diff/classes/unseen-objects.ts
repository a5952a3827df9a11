import { isSuspended } from '../../graph/is-suspended';
import { nodeId } from '../../graph/node-id';
import { prunes } from '../../graph/prunes';
import { KUSTOMIZE_GROUP } from '../../kinds/groups';
import type { FieldChange } from '../change';
import { changedFields, fieldsChange, isOfKind } from '../changed-fields';
import type { ChangedObject, ClassifyContext, ObjectClassifier } from '../classifier';

/**
 * A Kustomization whose files are not in this repository gives its objects another name or namespace. If they are, each
 * object is told by itself.
 */
export const unseenObjects: ObjectClassifier = (changed, context) => {
  if (!isOfKind(changed, KUSTOMIZE_GROUP, 'Kustomization') || !isUnseen(changed, context)) return [];
  const fields = changedFields(changed, 'spec.targetNamespace', 'spec.namePrefix', 'spec.nameSuffix');
  if (fields.length === 0 || isSuspended(changed.after)) return [];
  const told = `${fieldsChange(fields)}: ${whatMoves(fields)}`;
  if (!prunes(changed.after)) {
    const message = `${told}, and leaves the old ones in the cluster, as prune is off`;
    return [{ class: 'orphaned', fields, message }];
  }
  return [
    {
      class: 'recreated',
      fields,
      message: `${told}, and deletes the old ones`,
      hint: 'back up the data of the old objects, which are not part of this diff',
    },
  ];
};

function whatMoves(fields: readonly FieldChange[]): string {
  const [first] = fields;
  if (first?.path !== 'spec.targetNamespace') return 'Flux creates its objects under other names';
  // The files may name the same namespace.
  return first.before === undefined || first.after === undefined
    ? 'Flux creates those of its objects again that get another namespace'
    : `Flux creates its objects in namespace ${JSON.stringify(first.after)}`;
}

function isUnseen({ identity }: ChangedObject, { base, head }: ClassifyContext): boolean {
  const id = nodeId(identity);
  const sources = [base, head].map((facts) => facts?.node(id)?.build?.source);
  return sources.every((source) => source !== undefined && source !== 'repository');
}
