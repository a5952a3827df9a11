import type { Command } from 'commander';
import { fail } from '../../findings/findings-error';
import { checkCluster } from '../../graph/unknown-cluster';
import type { Graph } from '../../graph/graph';
import type { Masker } from '../../mask/masker';
import { findKustomization } from '../../move/find-kustomization';
import { formatPlanJson, formatPlanText } from '../../move/format-plan';
import type { MovePlan } from '../../move/plan';
import { planRename } from '../../move/plan-rename';
import { planTransfer } from '../../move/plan-transfer';
import type { MoveRepository } from '../../move/repository';
import { resolveMoved } from '../../move/resolve-moved';
import { repositoryPath } from '../../tree/path';
import { EXIT } from '../exit-code';
import { formatOption } from '../format-option';
import type { Io } from '../io';
import { recordedFiles } from '../move/recorded-files';
import { uncommittedFiles, writeStep, type WorkingTree } from '../move/write-step';
import { openRepository } from '../open-repository';
import { projectGraph } from '../project-graph';

interface MoveOptions {
  readonly rename?: string;
  readonly to?: string;
  readonly into?: string;
  readonly entry?: readonly string[];
  readonly cluster?: string;
  readonly format: 'text' | 'json';
  readonly write?: boolean;
}

/** Adds `cdk8s-flux move`: renames and moves of which Flux deletes nothing. */
export function addMove(program: Command, io: Io, exit: (code: number) => void): void {
  program
    .command('move')
    .argument(
      '<what>',
      'a Kustomization to rename; a file, a folder or an object (Kind/namespace/name) to move',
    )
    .argument('[dir]', 'the root of the repository', '.')
    .summary('plan a rename or a move so that Flux deletes nothing')
    .description(
      'Plans the commits that rename a Kustomization, or move objects from one Kustomization to another, so that Flux adopts everything and deletes nothing. Each commit is evaluated as Flux would before it is proposed.',
    )
    .option('--rename <name>', 'the new name of the Kustomization')
    .option('--to <kustomization>', 'the Kustomization that will apply what you move')
    .option('--into <path>', 'the folder to move to (default: below the path of the new Kustomization)')
    .option('--cluster <name>', 'change only one cluster')
    .option('--entry <paths...>', 'the paths that Flux starts from (default: found from the files)')
    .option('--write', 'make the changes of the first commit in the working tree')
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      `
Examples:
  cdk8s-flux move apps --rename platform                rename the Kustomization apps
  cdk8s-flux move apps/podinfo --to infra               make infra apply the folder apps/podinfo
  cdk8s-flux move Deployment/shop/web --to infra        the file of one object
  cdk8s-flux move apps/podinfo --to infra --write       make the changes of the first commit`,
    )
    .action((what: string, dir: string, options: MoveOptions) => exit(move(what, dir, options, io)));
}

function move(what: string, dir: string, options: MoveOptions, io: Io): number {
  const { project, tree, graph, masker } = openRepository(io, dir, { entries: options.entry });
  const generated = recordedFiles(tree);
  const repository: MoveRepository = {
    tree,
    graph,
    isGenerated: (path) => generated.has(path),
    evaluate: (changed) => projectGraph({ project, tree: changed }, options.entry),
  };
  const plan = planOf(repository, what, options);
  const shown = masked(plan, masker);
  if (options.format === 'json') io.stdout(formatPlanJson(shown), 'data');
  else io.stdout(formatPlanText(shown));
  if (options.write) writeFirst({ root: project.root, tree }, plan, io);
  return EXIT.clean;
}

function planOf(repository: MoveRepository, what: string, options: MoveOptions): MovePlan {
  const { rename, to, into, cluster } = options;
  const clusters = selectedClusters(repository.graph, cluster);
  if (rename !== undefined && to === undefined && into === undefined) {
    return planRename(repository, findKustomization({ clusters }, what), rename);
  }
  if (to === undefined || rename !== undefined) {
    return fail({
      code: 'option-invalid',
      message: 'move needs either --rename or --to',
      hint: 'use --rename platform for a Kustomization, or --to infra for a file, a folder or an object',
    });
  }
  const path = resolveMoved(repository.tree, { clusters }, what);
  const target = into === undefined ? undefined : repositoryPath(into);
  return planTransfer(repository, { path, to: findKustomization({ clusters }, to), into: target });
}

function selectedClusters({ clusters }: Graph, wanted: string | undefined): Graph['clusters'] {
  checkCluster(
    wanted,
    clusters.map(({ name }) => name),
  );
  return clusters.filter(({ name }) => wanted === undefined || name === wanted);
}

/** A plan without the values that must not be shown. */
function masked(plan: MovePlan, masker: Masker): MovePlan {
  const steps = plan.steps.map((step) => ({
    ...step,
    effects: step.effects.map((line) => masker.text(line)),
    files: step.files.map((file) => ({
      ...file,
      patch: file.patch
        .split('\n')
        .map((line) => masker.value(line))
        .join('\n'),
    })),
  }));
  return { ...plan, steps };
}

function writeFirst(working: WorkingTree, { steps: [step] }: MovePlan, io: Io): void {
  if (!step) return;
  const [generated] = step.code;
  if (generated) {
    fail({
      code: 'move-uneditable',
      message: `synth writes ${JSON.stringify(generated.file)}, so it would undo a change of this file`,
      hint: `in the code, ${generated.advice}`,
      locations: [{ file: generated.file }],
    });
  }
  const uncommitted = uncommittedFiles(working.root, step, io.env);
  writeStep(working, step);
  for (const file of uncommitted) io.stderr(`cdk8s-flux: ${file} has other uncommitted changes\n`);
  io.stderr(`cdk8s-flux: wrote the changes of commit 1: ${step.title}\n`);
}
