import type { FluxComponent } from './components';
import { controllerOf } from './flux-kinds';

/** The label by which controllers share the objects of a cluster. */
export const SHARD_KEY = 'sharding.fluxcd.io/key';
/** The annotation by which patches tell the controllers of shards from the main ones. */
export const SHARD_ROLE = 'sharding.fluxcd.io/role';
/** The flag by which a controller watches some objects only. */
export const WATCH_FLAG = '--watch-label-selector';

/**
 * The controllers that Flux's guide gives each shard.
 *
 * @see https://fluxcd.io/flux/installation/configuration/sharding/
 */
export const SHARDED_COMPONENTS = [
  'source-controller',
  'kustomize-controller',
  'helm-controller',
] as const satisfies readonly FluxComponent[];

/** Whether objects of a kind go to the controllers of a shard. Nothing reconciles an ExternalArtifact. */
export function isSharded(group: string, kind: string): boolean {
  const controller = controllerOf(group, kind);
  return kind !== 'ExternalArtifact' && SHARDED_COMPONENTS.some((name) => name === controller);
}
