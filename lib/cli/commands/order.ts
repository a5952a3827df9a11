import type { Command } from 'commander';
import { CheckContext } from '../../check/check-context';
import { failingKustomizations } from '../../check/failing-kustomizations';
import { unseenReferences } from '../../check/unseen-references';
import { computeOrder } from '../../graph/order/compute-order';
import { isAssumption } from '../../graph/entries/assumptions';
import { formatOrder } from '../../graph/order/format-order';
import { EXIT } from '../exit-code';
import type { Io } from '../io';
import { openRepository } from '../open-repository';
import { printFindings } from '../print-findings';
import { printableJson } from '../../findings/printable';
import { formatOption } from '../format-option';

interface OrderOptions {
  readonly entry?: readonly string[];
  readonly cluster?: string;
  readonly format: 'text' | 'json';
}

/** Adds `cdk8s-flux order`: what Flux reconciles when, told from the files of any repository. */
export function addOrder(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('order')
    .argument('[dir]', 'the root of the repository', '.')
    .summary('print the order in which Flux reconciles a repository')
    .description(
      'Reads the files of any Flux repository, and prints the waves in which Flux reconciles it, what waits for what, and the longest chain.',
    )
    .option('--entry <paths...>', 'the paths that Flux starts from (default: found from the files)')
    .option('--cluster <name>', 'print the order of only one cluster')
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux order                                the repository in this folder
  cdk8s-flux order ../fleet --entry clusters/eu   one cluster of another`,
    )
    .action((dir: string, options: OrderOptions) => exit(order(dir, options, io)));
}

function order(dir: string, options: OrderOptions, io: Io): number {
  const { graph, findings, masker, project, tree } = openRepository(io, dir, {
    entries: options.entry,
    cluster: options.cluster,
  });
  // What could not be read or built is missing from the order.
  const gaps = findings.filter(({ severity }) => severity !== 'info');
  const told = [...findings.filter(isAssumption), ...gaps.filter((gap) => !isAssumption(gap))];
  printFindings(told, io);
  const context = new CheckContext(tree, graph, project.check);
  const unseen = unseenReferences(context);
  const orders = masker.data(
    graph.clusters.map((cluster) =>
      computeOrder(graph, cluster, {
        failing: failingKustomizations(context, cluster),
        unseen: unseen.get(cluster.name),
      }),
    ),
  );
  if (options.format === 'json') io.stdout(printableJson({ orders, findings: told }), 'data');
  else io.stdout(orders.map(formatOrder).join('\n'));
  const stuck = orders.some(({ cycles, blocked }) => cycles.length + blocked.length > 0);
  const incomplete = gaps.some(({ severity }) => severity === 'error');
  return stuck || incomplete ? EXIT.findings : EXIT.clean;
}
