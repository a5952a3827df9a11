import type { App } from 'cdk8s';
import { Cluster } from '../delivery/cluster';
import { printableLines } from '../findings/printable';
import { completedFinding } from '../findings/finding';
import { throwErrors } from '../findings/findings-error';
import { invalidReportsOf } from '../flux/side-data';
import { checkCluster } from '../graph/unknown-cluster';
import { walk } from '../flux/walk';
import { BOOTSTRAP_FOLDER } from '../kinds/names';
import { joinPath } from '../tree/path';
import { runReport } from './run-report';

/** The file below the entry path that `flux bootstrap` keeps and customizes Flux by. */
const KUSTOMIZATION = `${BOOTSTRAP_FOLDER}/kustomization.yaml`;

/** Prints how Flux is installed in one cluster, or in all. */
export function printBootstrap(app: App, wanted: string | undefined): void {
  const chosen = chosenClusters(app, wanted);
  const lines = chosen.map((cluster) => {
    const name = chosen.length > 1 ? `# ${cluster.node.id}\n` : '';
    return `${name}${cluster.bootstrapCommand()}\n`;
  });
  process.stdout.write(printableLines(lines.join('\n')));
  const open = chosen.filter(({ bootstrap }) => bootstrap?.repository === undefined);
  if (open.length > 0)
    runReport.say(`replace <host>, <owner> and <repository>, or set bootstrap.repository of ${idsOf(open)}`);
  const locked = chosen.filter(({ lockDown }) => lockDown);
  if (locked.length > 0) {
    runReport.say(
      `before you run it, push the ${KUSTOMIZATION} that locks down ${idsOf(locked)}: cdk8s-flux bootstrap --kustomization prints it`,
    );
  }
}

/** Prints what the `flux-system/kustomization.yaml` of one cluster must say, or those of all. */
export function printBootstrapKustomization(app: App, wanted: string | undefined): void {
  const files = chosenClusters(app, wanted).flatMap((cluster) => {
    const text = cluster.bootstrapKustomization();
    return text === undefined ? [] : [`# ${joinPath(cluster.entryPath, KUSTOMIZATION)}\n${text}`];
  });
  process.stdout.write(printableLines(files.join('---\n')));
  if (files.length === 0)
    runReport.say(`nothing to print: lockDown is not set for ${wanted ?? 'any cluster'}`);
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
