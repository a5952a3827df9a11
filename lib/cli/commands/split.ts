import type { Command } from 'commander';
import { isAssumption } from '../../graph/entries/assumptions';
import { generatorFile, splitCluster, type ClusterSplit } from '../../graph/artifacts/split-cluster';
import { printDocuments } from '../../yaml/print';
import { EXIT } from '../exit-code';
import type { Io } from '../io';
import { openRepository } from '../open-repository';
import { printFindings } from '../print-findings';

interface SplitOptions {
  readonly entry?: readonly string[];
  readonly cluster?: string;
}

/** Adds `cdk8s-flux split`: how the repository can be split, so that a change reconciles only what it touches. */
export function addSplit(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('split')
    .argument('[dir]', 'the root of the repository', '.')
    .summary('print the ArtifactGenerator that splits a repository into an artifact for each Kustomization')
    .description(
      'Prints, from the files of any Flux repository, the ArtifactGenerator of each cluster, and the spec.sourceRef of each Kustomization that then reconciles only when what it builds changes. It changes no file.',
    )
    .option('--entry <paths...>', 'the paths that Flux starts from (default: found from the files)')
    .option('--cluster <name>', 'print the ArtifactGenerator of only one cluster')
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux split                              all clusters of the repository in this folder
  cdk8s-flux split --cluster production > clusters/production/artifacts.yaml
                                                one cluster, as a file for it`,
    )
    .action((dir: string, options: SplitOptions) => exit(split(dir, options, io)));
}

function split(dir: string, options: SplitOptions, io: Io): number {
  const { graph, findings, tree } = openRepository(io, dir, {
    entries: options.entry,
    cluster: options.cluster,
  });
  // What could not be read or built is missing from the artifacts.
  const gaps = findings.filter(({ severity }) => severity !== 'info');
  printFindings([...findings.filter(isAssumption), ...gaps.filter((gap) => !isAssumption(gap))], io);
  const splits = graph.clusters.map((cluster) => splitCluster(cluster, tree));
  io.stdout(
    printDocuments(
      splits.flatMap((one) => (one.generator ? [{ object: one.generator, header: headerOf(one) }] : [])),
    ),
  );
  for (const one of splits) io.stderr(keptText(one));
  return gaps.some(({ severity }) => severity === 'error') ? EXIT.findings : EXIT.clean;
}

/** The instructions for a generator, above it. */
function headerOf(cut: ClusterSplit): string {
  const edits = cut.split
    .filter(({ isSplit }) => !isSplit)
    .map(({ identity, location, sourceRef }) => {
      const { kind = '', name = '', namespace } = sourceRef;
      const place = location?.file === undefined ? '' : `${location.file}: `;
      const where = namespace === undefined ? '' : `, namespace: ${namespace}`;
      return `  ${place}${identity.namespace ?? ''}/${identity.name}: { kind: ${kind}, name: ${name}${where} }`;
    });
  return [
    `cluster ${cut.cluster}: for ${generatorFile(cut)}; Flux needs the component source-watcher`,
    ...(edits.length > 0
      ? ['then set spec.sourceRef of each Kustomization, and leave spec.path as it is:', ...edits]
      : []),
  ]
    .map((line) => line.replace(/[^\x20-\x7e]/g, '?'))
    .join('\n');
}

function keptText({ cluster, kept, generator }: ClusterSplit): string {
  const lines = kept.map(
    ({ identity, reason }) => `  ${identity.namespace ?? ''}/${identity.name}: ${reason}\n`,
  );
  if (lines.length === 0)
    return generator ? '' : `cluster ${cluster}: there is no Kustomization to cut out\n`;
  return `cluster ${cluster}: these keep their source:\n${lines.join('')}`;
}
