import { fluxNodeType } from '../../../graph/kinds';
import { textOf } from '../../../plain/plain-data';
import { isNamespaced } from '../../../schema/validate-object';
import { apiGroup, type ManifestObject } from '../../../tree/manifest';

/** Whether an object has no namespace although its kind lives in one: Flux refuses to apply it. */
export function lacksNamespace({ apiVersion, kind, metadata }: ManifestObject): boolean {
  return isInNamespace(apiVersion, kind) && textOf(metadata?.namespace) === undefined;
}

/** Of the API versions of Flux that the schema no longer has, every kind lives in a namespace. */
function isInNamespace(apiVersion: string, kind: string): boolean {
  return isNamespaced(apiVersion, kind) ?? fluxNodeType(apiGroup(apiVersion), kind) !== undefined;
}
