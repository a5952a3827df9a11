import type { Construct } from 'constructs';
import type { OwnFindingInput } from '../../findings/finding';
import type { ShardPolicy } from '../../flux/directory';
import { SHARD_KEY } from '../../kinds/sharding';
import { qualifiedNameProblem } from '../../schema/kubernetes-names';
import type { FluxApp } from '../flux-app';
import { placeFor } from './rendezvous';

/**
 * How the Flux objects of a cluster are distributed among several instances of the controllers.
 *
 * @see https://fluxcd.io/flux/installation/configuration/sharding/
 */
export interface ClusterSharding {
  /** The names of the shards, for example `['shard1', 'shard2']`. */
  readonly shards: readonly string[];
  /**
   * What stays together in one shard: each outermost FluxApp (`app`), or each layer (`layer`). The id of the FluxApp or
   * the name of the layer determines the shard, so an additional shard moves only the objects that it takes over. A
   * function returns the shard of a FluxApp, or `undefined` for the main controllers.
   *
   * @default 'app'
   */
  readonly by?: 'app' | 'layer' | ((app: FluxApp) => string | undefined);
  /**
   * The label.
   *
   * @default 'sharding.fluxcd.io/key'
   */
  readonly key?: string;
}

/** The policy of a cluster: the same FluxApp gets the same shard in every cluster with the same shards. */
export function shardPolicy({ shards, by = 'app', key = SHARD_KEY }: ClusterSharding): ShardPolicy {
  const known = new Map<string, string | undefined>();
  const placed = (name: string): string | undefined => {
    if (!known.has(name)) known.set(name, placeFor(name, shards));
    return known.get(name);
  };
  const shardOf = (construct: Construct): string | undefined => {
    const app = construct as FluxApp;
    if (typeof by === 'function') return by(app);
    return placed(by === 'layer' ? (app.layer ?? app.node.id) : app.node.id);
  };
  return { key, shards, shardOf };
}

/** A name that is valid as a label, as a folder and at the end of a name. */
const NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** What is wrong with the label and the names of shards. */
export function shardProblems({ shards, key }: ClusterSharding): OwnFindingInput[] {
  return [...keyProblems(key), ...nameProblems(shards)];
}

function keyProblems(key = SHARD_KEY): OwnFindingInput[] {
  const problem = qualifiedNameProblem(key);
  if (problem === undefined) return [];
  const message = `${JSON.stringify(key)} cannot be the key of a label: ${problem}`;
  const hint = `use a key such as ${JSON.stringify(SHARD_KEY)}, or remove it`;
  return [{ code: 'argument-invalid', message, hint, field: 'sharding.key' }];
}

function nameProblems(shards: ClusterSharding['shards']): OwnFindingInput[] {
  return shards.flatMap((name: unknown, index): OwnFindingInput[] => {
    const isText = typeof name === 'string' && NAME.test(name) && name.length <= 30;
    const isFirst = shards.indexOf(name as string) === index;
    if (isText && isFirst) return [];
    const hint = isText
      ? 'name each shard once'
      : 'use lower case letters, digits and "-", for example "shard1"; at most 30 characters';
    const message = isText
      ? `got ${JSON.stringify(name)} twice`
      : `${JSON.stringify(name) ?? typeof name} cannot be the name of a shard`;
    return [{ code: 'argument-invalid', message, hint, field: `sharding.shards[${index}]` }];
  });
}

/** The sharding of a cluster without what cannot be the name of a shard or the key of a label. */
export function validSharding(sharding: ClusterSharding): ClusterSharding {
  const wrong = new Set(shardProblems(sharding).map(({ field }) => field));
  const { key, ...others } = sharding;
  return {
    ...others,
    ...(key !== undefined && !wrong.has('sharding.key') && { key }),
    shards: sharding.shards.filter((_, index) => !wrong.has(`sharding.shards[${index}]`)),
  };
}
