import type { IConstruct } from 'constructs';
import { asDirectory } from '../directory';
import { OrderedObject } from './ordered-object';

/** What Flux reconciles in order of a construct: itself, or the topmost below it. */
export function topmostOrdered(construct: IConstruct): OrderedObject[] {
  const own = asDirectory(construct)?.kustomization ?? construct;
  if (OrderedObject.isOrderedObject(own)) return [own];
  return construct.node.children.flatMap(topmostOrdered);
}
