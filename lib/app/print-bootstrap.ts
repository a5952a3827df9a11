import type { App } from 'cdk8s';
import { Cluster } from '../delivery/cluster';
import { printableLines } from '../findings/printable';
import { completedFinding } from '../findings/finding';
import { nearestHint } from '../findings/nearest-name';
import { fail, throwErrors } from '../findings/findings-error';
import { invalidReportsOf } from '../flux/side-data';
import { checkCluster } from '../graph/unknown-cluster';
import { walk } from '../flux/walk';
import { groupBy } from '../plain/group-by';
import { BOOTSTRAP_FOLDER } from '../kinds/names';
import { joinPath } from '../tree/path';
import { runReport } from './run-report';

/** The file below the entry path that customizes Flux and that `flux bootstrap` keeps. */
const KUSTOMIZATION = `${BOOTSTRAP_FOLDER}/kustomization.yaml`;

/** Prints how Flux is installed in one cluster, or in all. */
export function printBootstrap(app: App, wanted: string | undefined): void {
  const chosen = chosenClusters(app, wanted);
  const lines = chosen.map((cluster) => {
    const name = chosen.length > 1 ? `# ${cluster.node.id}\n` : '';
    return `${name}${cluster.bootstrapCommand()}\n`;
  });
  process.stdout.write(printableLines(lines.join('\n')));
  sayWhatIsOpen(chosen);
}

/** Prints what must exist before the lines are run. */
function sayWhatIsOpen(chosen: readonly Cluster[]): void {
  const open = chosen.filter(
    ({ bootstrap, sync, isOperated }) => bootstrap?.repository === undefined && !sync && !isOperated,
  );
  if (open.length > 0)
    runReport.say(`replace <host>, <owner> and <repository>, or set bootstrap.repository of ${idsOf(open)}`);
  const locked = chosen.filter(({ lockDown, isOperated }) => lockDown && !isOperated);
  if (locked.length > 0) {
    runReport.say(
      `before you run it, push the ${KUSTOMIZATION} that locks down ${idsOf(locked)}: cdk8s-flux bootstrap --kustomization prints it`,
    );
  }
  for (const cluster of chosen) {
    const shards = cluster.isOperated ? [] : (cluster.sharding?.shards ?? []);
    if (shards.length > 0) runReport.say(shardNote(cluster, shards));
  }
  const synced = chosen.filter(({ sync }) => sync !== undefined);
  for (const [address, clusters] of groupBy(synced, addressOf))
    runReport.say(`before the last line, ${beforeSync(address, clusters)}`);
}

/** The address that a cluster follows, with a tag to push to. */
function addressOf({ sync }: Cluster): string {
  return `${sync?.url ?? ''}:${sync?.ref?.tag ?? (sync?.ref === undefined ? 'latest' : '<tag>')}`;
}

function beforeSync(address: string, clusters: readonly Cluster[]): string {
  const push = `push what ${idsOf(clusters)} will run: cdk8s-flux artifact push ${address}`;
  const secrets = new Set(clusters.flatMap(({ sync }) => sync?.secretRef?.name ?? []));
  const named = [...secrets].map((name) => JSON.stringify(name)).join(', ');
  return secrets.size === 0
    ? push
    : `${push}, and create the Secret ${named} in flux-system: flux create secret oci`;
}

function shardNote({ node }: Cluster, shards: readonly string[]): string {
  const files = [
    KUSTOMIZATION,
    ...shards.map((shard) => joinPath(BOOTSTRAP_FOLDER, shard, 'kustomization.yaml')),
  ];
  return `before you run it, push ${files.join(', ')} of ${node.id}: cdk8s-flux bootstrap ${node.id} --kustomization and --shard print them`;
}

/**
 * Prints what the `flux-system/kustomization.yaml` of one cluster must say, or those of all.
 *
 * @param shard - the shard whose kustomization is printed instead
 */
export function printBootstrapKustomization(app: App, wanted: string | undefined, shard?: string): void {
  const clusters = chosenClusters(app, wanted);
  if (shard !== undefined) checkShard(clusters, shard);
  const name = shard === undefined ? KUSTOMIZATION : joinPath(BOOTSTRAP_FOLDER, shard, 'kustomization.yaml');
  const files = clusters.flatMap((cluster) => {
    const text = cluster.bootstrapFiles()[name];
    return text === undefined ? [] : [`# ${joinPath(cluster.entryPath, name)}\n${text}`];
  });
  process.stdout.write(printableLines(files.join('---\n')));
  if (files.length === 0)
    runReport.say(`nothing to print: lockDown and sharding are not set for ${wanted ?? 'any cluster'}`);
}

function checkShard(clusters: readonly Cluster[], shard: string): void {
  const known = [...new Set(clusters.flatMap(({ sharding }) => sharding?.shards ?? []))];
  if (known.includes(shard)) return;
  fail({
    code: 'shard-unknown',
    message: `unknown shard ${JSON.stringify(shard)}; known shards: ${known.map((name) => JSON.stringify(name)).join(', ') || 'none'}`,
    hint: nearestHint(shard, known, 'name a shard in sharding.shards of a Cluster'),
  });
}

function chosenClusters(app: App, wanted: string | undefined): Cluster[] {
  const constructs = [...walk(app)];
  throwErrors(constructs.flatMap(invalidReportsOf).map(completedFinding));
  const clusters = constructs.filter((construct) => Cluster.isCluster(construct));
  checkCluster(
    wanted,
    clusters.map(({ node }) => node.id),
  );
  return clusters.filter(({ node }) => wanted === undefined || node.id === wanted);
}

function idsOf(clusters: readonly Cluster[]): string {
  return clusters.map(({ node }) => node.id).join(', ');
}
