import { OPERATOR_GROUP } from '../../kinds/groups';
import { isFilledByOperator } from '../../kinds/operator-marks';
import { mapOf, textOf, valueAt, withoutEntries } from '../../plain/plain-data';
import type { ManifestObject } from '../../tree/manifest';
import { objectKey } from '../offers';

const COPY_FROM = `${OPERATOR_GROUP}/copyFrom`;

/**
 * The key of the ConfigMap or Secret whose data the operator copies into an object.
 *
 * @see https://fluxoperator.dev/docs/crd/resourceset/#copying-data-from-existing-configmaps-and-secrets
 */
export function copiedKey({ apiVersion, kind, metadata }: ManifestObject): string | undefined {
  if (apiVersion !== 'v1' || (kind !== 'ConfigMap' && kind !== 'Secret')) return undefined;
  const [namespace, name, ...more] = (textOf(valueAt(metadata, 'annotations', COPY_FROM)) ?? '').split('/');
  return namespace && name && more.length === 0 ? objectKey(kind, namespace, name) : undefined;
}

/** An object with the data that the operator copies into it; the same object if the files do not show them all. */
export function withCopiedData(object: ManifestObject, source: ManifestObject | undefined): ManifestObject {
  if (!source || isFilledByOperator(source)) return object;
  const { annotations, ...metadata } = mapOf(object.metadata);
  const kept = {
    ...object,
    metadata: { ...metadata, annotations: withoutEntries(mapOf(annotations), [COPY_FROM]) },
  };
  if (object.kind === 'ConfigMap') return { ...kept, data: source.data } as ManifestObject;
  return { ...kept, stringData: { ...mapOf(source.data), ...mapOf(source.stringData) } } as ManifestObject;
}
