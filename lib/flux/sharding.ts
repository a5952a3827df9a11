import type { Construct, IConstruct } from 'constructs';
import type { Directory } from './directory';

const SHARD = Symbol.for('cdk8s-flux.Shard');

/** The shard that the author set for a construct and everything in it: `false` for the main controllers. */
type GivenShard = string | false;

/** Puts a construct and all that is in it into a shard; `false` leaves it to the main controllers. */
export function giveShard(construct: IConstruct, shard: GivenShard | undefined): void {
  if (shard !== undefined) Object.defineProperty(construct, SHARD, { value: shard });
}

/** The nearest shard that was given around a construct, and where. */
export function givenShard(
  construct: IConstruct,
): { readonly shard: GivenShard; readonly at: IConstruct } | undefined {
  let scope: IConstruct | undefined = construct;
  while (scope) {
    const shard = (scope as IConstruct & { [SHARD]?: GivenShard })[SHARD];
    if (shard !== undefined) return { shard, at: scope };
    scope = scope.node.scope;
  }
  return undefined;
}

/** The outermost FluxApp around what is in a directory; nothing for the entry path itself. */
export function outermostApp(directory: Directory): Construct | undefined {
  let outer = directory;
  if (outer === outer.cluster) return undefined;
  while (outer.parent && outer.parent !== outer.cluster) outer = outer.parent;
  return outer.construct;
}
