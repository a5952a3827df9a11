import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { finding, type Finding } from '../findings/finding';
import { nearestHint } from '../findings/nearest-name';
import {
  authorView,
  enclosingDirectory,
  remoteAround,
  targetDirectory,
  type Directory,
  type ShardPolicy,
} from '../flux/directory';
import { appliedName, appliedNamespace } from '../flux/applied-identity';
import { orderMetadata } from '../flux/order-fields';
import { givenShard, outermostApp } from '../flux/sharding';
import { walk } from '../flux/walk';
import { isSharded } from '../kinds/sharding';
import { isMap, mapOf, textOf, type PlainMap } from '../plain/plain-data';
import { apiGroup, type ManifestObject } from '../tree/manifest';

/** A directory of a cluster with shards. */
type ShardedDirectory = Directory & { readonly cluster: Directory & { readonly sharding: ShardPolicy } };

/**
 * Labels the Flux objects of clusters with their shards, while they are rendered.
 *
 * @see https://fluxcd.io/flux/installation/configuration/sharding/#assign-resources-to-shards
 */
export class ShardLabels {
  /** The shards of the sources in each cluster, by the sources' identities. */
  private readonly sources = new Map<Directory, ReadonlyMap<string, string | undefined>>();
  private readonly reported = new Set<IConstruct>();

  /** @param findings - gets what is wrong with the shards that authors give */
  constructor(private readonly findings: Finding[]) {}

  /** The object with the label of its shard; as it is where it has none. */
  label(construct: ApiObject, object: ManifestObject): ManifestObject {
    const directory = shardedDirectory(construct);
    if (!directory || !isShardedObject(construct)) return object;
    const { key } = directory.cluster.sharding;
    const own = this.shardOf(construct, directory);
    if (construct.kind === 'HelmChart')
      return withLabel(object, key, this.sourceShard(mapOf(object.spec), construct, own));
    const labelled = withLabel(object, key, own);
    return construct.kind === 'HelmRelease' ? this.withChart(labelled, construct, directory) : labelled;
  }

  /** Only the controller of a release's source finds the chart that Flux creates for the release. */
  private withChart(
    release: ManifestObject,
    construct: ApiObject,
    directory: ShardedDirectory,
  ): ManifestObject {
    const spec = mapOf(release.spec);
    if (!isMap(spec.chart)) return release;
    const { key } = directory.cluster.sharding;
    const shard = this.sourceShard(mapOf(spec.chart.spec), construct);
    const metadata = mapOf(spec.chart.metadata);
    if (shard === undefined || Object.hasOwn(mapOf(metadata.labels), key)) return release;
    const labelled = { ...metadata, labels: { ...mapOf(metadata.labels), [key]: shard } };
    const { metadata: _metadata, ...chart } = spec.chart;
    return { ...release, spec: { ...spec, chart: { metadata: labelled, ...chart } } };
  }

  private sourceShard({ sourceRef }: PlainMap, owner: ApiObject, otherwise?: string): string | undefined {
    const { kind, name, namespace = appliedNamespace(owner) } = mapOf(sourceRef);
    const { cluster } = shardedDirectory(owner) as ShardedDirectory;
    let shards = this.sources.get(cluster);
    if (!shards) {
      shards = this.shardsOfSources(cluster);
      this.sources.set(cluster, shards);
    }
    const key = sourceKey(textOf(kind), textOf(namespace), textOf(name));
    return shards.has(key) ? shards.get(key) : otherwise;
  }

  private shardsOfSources({
    construct,
  }: ShardedDirectory['cluster']): ReadonlyMap<string, string | undefined> {
    const shards = new Map<string, string | undefined>();
    for (const object of walk(construct)) {
      if (!ApiObject.isApiObject(object) || !isShardedObject(object)) continue;
      const directory = shardedDirectory(object);
      const key = sourceKey(object.kind, appliedNamespace(object), appliedName(object));
      if (directory) shards.set(key, this.shardOf(object, directory));
    }
    return shards;
  }

  private shardOf(object: ApiObject, directory: ShardedDirectory): string | undefined {
    const { sharding } = directory.cluster;
    const label: unknown = object.metadata.getLabel(sharding.key);
    if (typeof label === 'string') return label;
    const given = givenShard(object);
    const app = outermostApp(enclosingDirectory(object) ?? directory);
    const shard = given ? (given.shard === false ? undefined : given.shard) : app && sharding.shardOf(app);
    if (shard !== undefined && !sharding.shards.includes(shard)) {
      this.reportUnknown(given?.at ?? app ?? object, shard, sharding.shards);
      return undefined;
    }
    return shard;
  }

  private reportUnknown(construct: IConstruct, shard: unknown, shards: readonly string[]): void {
    if (this.reported.has(construct)) return;
    this.reported.add(construct);
    const known = shards.map((name) => JSON.stringify(name)).join(', ');
    this.findings.push(
      finding({
        code: 'shard-unknown',
        message: `the cluster has no shard ${JSON.stringify(shard)}; its shards: ${known || 'none'}`,
        hint: nearestHint(
          String(shard),
          shards,
          'use one of them, or add it to sharding.shards of the Cluster',
        ),
        locations: [{ constructPath: authorView(construct).node.path }],
        field: 'shard',
      }),
    );
  }
}

/**
 * The directory of an object that Flux applies to a cluster with shards; objects that go to another cluster belong to
 * that one.
 */
function shardedDirectory(object: ApiObject): ShardedDirectory | undefined {
  const directory = targetDirectory(object);
  if (directory?.cluster?.sharding === undefined || remoteAround(directory)) return undefined;
  return directory as ShardedDirectory;
}

function isShardedObject({ apiVersion, kind }: ApiObject): boolean {
  return isSharded(apiGroup(apiVersion), kind);
}

function sourceKey(kind = '', namespace = '', name = ''): string {
  return `${kind}/${namespace}/${name}`;
}

function withLabel(object: ManifestObject, key: string, shard: string | undefined): ManifestObject {
  const metadata = mapOf(object.metadata);
  const labels = mapOf(metadata.labels);
  if (shard === undefined || Object.hasOwn(labels, key)) return object;
  const labelled = orderMetadata({ ...metadata, labels: { ...labels, [key]: shard } });
  return { ...object, metadata: labelled as ManifestObject['metadata'] };
}
