import type { App } from 'cdk8s';
import { Cluster } from '../delivery/cluster';
import { printableLines } from '../findings/printable';
import { completedFinding } from '../findings/finding';
import { throwErrors } from '../findings/findings-error';
import { invalidReportsOf } from '../flux/side-data';
import { checkCluster } from '../graph/unknown-cluster';
import { walk } from '../flux/walk';
import { runReport } from './run-report';

/** Prints how Flux is installed in one cluster, or in all. */
export function printBootstrap(app: App, wanted: string | undefined): void {
  const constructs = [...walk(app)];
  throwErrors(constructs.flatMap(invalidReportsOf).map(completedFinding));
  const clusters = constructs.filter((construct) => Cluster.isCluster(construct));
  checkCluster(
    wanted,
    clusters.map(({ node }) => node.id),
  );
  const chosen = clusters.filter(({ node }) => wanted === undefined || node.id === wanted);
  const lines = chosen.map((cluster) => {
    const name = chosen.length > 1 ? `# ${cluster.node.id}\n` : '';
    return `${name}${cluster.bootstrapCommand()}\n`;
  });
  process.stdout.write(printableLines(lines.join('\n')));
  const open = chosen.filter(({ bootstrap }) => bootstrap?.repository === undefined);
  if (open.length > 0) {
    runReport.say(
      `replace <host>, <owner> and <repository>, or set bootstrap.repository of ${open.map(({ node }) => node.id).join(', ')}`,
    );
  }
}
