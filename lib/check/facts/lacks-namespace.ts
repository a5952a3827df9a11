import { textOf } from '../../plain/plain-data';
import { isNamespaced } from '../../schema/validate-object';
import type { ManifestObject } from '../../tree/manifest';

/** Whether an object has no namespace although its kind lives in one: Flux refuses to apply it. */
export function lacksNamespace({ apiVersion, kind, metadata }: ManifestObject): boolean {
  return isNamespaced(apiVersion, kind) === true && textOf(metadata?.namespace) === undefined;
}
