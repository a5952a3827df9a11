import { isMap, mapOf } from '../plain/plain-data';
import type { ManifestObject } from '../tree/manifest';

/** Stands for a value that is not to be shown. */
const HIDDEN = '(hidden)';
/** Where kubectl keeps a copy of the whole object, and so of its values. */
const COPY = 'kubectl.kubernetes.io/last-applied-configuration';

/** An object without what is secret in it: of a Secret the keys stay, and no value does, encrypted or not. */
export function redact(object: ManifestObject): ManifestObject {
  if (object.kind !== 'Secret' || object.apiVersion !== 'v1') return object;
  const { data, stringData, metadata, type } = object;
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: withoutCopy(metadata),
    ...(type !== undefined && { type }),
    ...(data !== undefined && { data: hideValues(data) }),
    ...(stringData !== undefined && { stringData: hideValues(stringData) }),
  };
}

function withoutCopy(metadata: ManifestObject['metadata']): ManifestObject['metadata'] {
  const { annotations, ...rest } = metadata ?? {};
  const kept = Object.entries(mapOf(annotations)).filter(([key]) => key !== COPY);
  return kept.length > 0 ? { ...rest, annotations: Object.fromEntries(kept) } : rest;
}

function hideValues(values: unknown): Record<string, string> {
  return isMap(values) ? Object.fromEntries(Object.keys(values).map((key) => [key, HIDDEN])) : {};
}
