import type { IConstruct } from 'constructs';
import { asDirectory } from '../directory';
import { OrderedObject } from './ordered-object';

/** What Flux reconciles in order of a construct: itself, or the topmost below it. */
export function topmostOrdered(construct: IConstruct): OrderedObject[] {
  const own = asDirectory(construct)?.kustomization;
  if (own) return [own];
  if (OrderedObject.isOrderedObject(construct)) return [construct];
  return construct.node.children.flatMap(topmostOrdered);
}
