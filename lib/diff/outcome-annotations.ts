import { KUSTOMIZE_GROUP } from '../kinds/groups';
import { mapOf } from '../plain/plain-data';
import type { SideObject } from './classifier';

/**
 * Whether an object has a marker of kustomize-controller, such as `ssa: Ignore`: as an annotation or a label, its own or
 * one that its Kustomization adds to all objects.
 */
export function hasMarker({ object, owner }: SideObject, name: string, value: string): boolean {
  const key = `${KUSTOMIZE_GROUP}/${name}`;
  const common = mapOf(mapOf(owner.object?.spec).commonMetadata);
  return [object.metadata, common].some((metadata) =>
    ['annotations', 'labels'].some((section) => mapOf(mapOf(metadata)[section])[key] === value),
  );
}

/** Whether Flux leaves an object alone once it exists; then no change of it has an effect. */
export function isLeftAlone(side: SideObject): boolean {
  return isIgnored(side) || hasMarker(side, 'ssa', 'IfNotPresent');
}

/** Whether Flux neither applies an object nor deletes it. */
export function isIgnored(side: SideObject): boolean {
  return hasMarker(side, 'reconcile', 'disabled') || hasMarker(side, 'ssa', 'Ignore');
}

/**
 * Whether Flux deletes an object and creates it again where the API server refuses a change of it. What is in the cluster
 * counts too, so that the base may say so.
 */
export function isForced({ before, after }: { readonly before: SideObject; readonly after: SideObject }) {
  return (
    mapOf(after.owner.object?.spec).force === true ||
    [before, after].some((side) => hasMarker(side, 'force', 'enabled'))
  );
}
