import { BOOTSTRAP_FOLDER, COMPONENTS_FILE, SYNC_FILE } from '../../kinds/names';
import { printDocuments } from '../../yaml/print';
import type { ClusterSharding } from '../sharding/cluster-sharding';
import type { KustomizationPatch } from './add-argument';
import { lockDownPatches } from './lock-down';
import { mainControllersPatch, shardKustomization } from './shards';

/** What of a cluster decides how its controllers are started. */
export interface ControllerOptions {
  readonly lockDown: boolean;
  readonly sharding?: ClusterSharding;
}

/** By path from the entry path, what Flux needs beside the files of bootstrap, which keeps them. */
export function bootstrapFiles({ lockDown, sharding }: ControllerOptions): Readonly<Record<string, string>> {
  const shards = sharding?.shards ?? [];
  if (!lockDown && shards.length === 0) return {};
  const patches: readonly KustomizationPatch[] = [
    ...(lockDown ? lockDownPatches() : []),
    ...(sharding && shards.length > 0 ? [mainControllersPatch(sharding)] : []),
  ];
  const main = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [COMPONENTS_FILE, SYNC_FILE, ...shards],
    patches,
  };
  const ofShards = shards.map((shard) => [fileIn(shard), shardKustomization(shard, sharding)]);
  return Object.fromEntries(
    [[fileIn(), main], ...ofShards].map(([path, object]) => [path, printDocuments([{ object }])]),
  ) as Readonly<Record<string, string>>;
}

function fileIn(...folders: readonly string[]): string {
  return [BOOTSTRAP_FOLDER, ...folders, 'kustomization.yaml'].join('/');
}
