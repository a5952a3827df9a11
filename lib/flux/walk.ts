import type { IConstruct } from 'constructs';

/** A construct and everything below it, scopes before what is in them. Needs no stack, however deep the tree is. */
export function* walk(root: IConstruct): Generator<IConstruct> {
  const waiting: IConstruct[] = [root];
  for (let construct = waiting.pop(); construct; construct = waiting.pop()) {
    yield construct;
    const children = construct.node.children;
    for (let index = children.length - 1; index >= 0; index--) waiting.push(children[index] as IConstruct);
  }
}
