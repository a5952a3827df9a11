import { FindingsError } from '../../lib/findings/findings-error';
import { buildGraph } from '../../lib/graph/build-graph';
import { findKustomization } from '../../lib/move/find-kustomization';
import type { MovePlan } from '../../lib/move/plan';
import { planRename } from '../../lib/move/plan-rename';
import { planTransfer } from '../../lib/move/plan-transfer';
import type { MoveRepository } from '../../lib/move/repository';
import { resolveMoved } from '../../lib/move/resolve-moved';
import { changesOf, diffOf, settings, type Files } from '../diff/pair-of-trees';
import { bootstrap, fluxKustomization, treeOf } from '../graph/tree-of';

/** The files of a repository. */
export type Texts = Readonly<Record<string, string>>;

/** A bootstrapped cluster with some files, in the form that plans need. */
export function repositoryOf(files: Texts, generated: readonly string[] = []): MoveRepository {
  const tree = treeOf({ ...bootstrap, ...files });
  return {
    tree,
    graph: buildGraph(tree),
    evaluate: (changed) => buildGraph(changed),
    isGenerated: (path) => generated.includes(path),
  };
}

/** The plan of a rename. */
export function renameIn(files: Texts, what: string, name: string): MovePlan {
  const repository = repositoryOf(files);
  return planRename(repository, findKustomization(repository.graph, what), name);
}

/** The plan of a move. */
export function moveIn(files: Texts, what: string, to: string, into?: string): MovePlan {
  const repository = repositoryOf(files);
  const path = resolveMoved(repository.tree, repository.graph, what);
  return planTransfer(repository, { path, to: findKustomization(repository.graph, to), into });
}

/** The files after each commit of a plan, beginning with the first state. */
export function statesOf(files: Texts, { steps }: MovePlan): Texts[] {
  const states: Texts[] = [{ ...bootstrap, ...files }];
  for (const step of steps) {
    const next: Record<string, string> = { ...states.at(-1) };
    for (const { from } of step.files) if (from !== undefined) delete next[from];
    for (const { path, content } of step.files) next[path] = content.toString('utf8');
    states.push(next);
  }
  return states;
}

/** What `diff` reports for each commit: the classes, each once, and for moves whether all objects are adopted. */
export function classesOf(files: Texts, plan: MovePlan): string[][] {
  const states = statesOf(files, plan);
  return plan.steps.map((_, index) => {
    const [before, after] = [states[index], states[index + 1]] as [Texts, Texts];
    const gone = Object.fromEntries(
      Object.keys(before).map((path): [string, string | undefined] => [path, after[path]]),
    );
    const changes = changesOf(diffOf(before, { ...gone, ...after } as Files));
    const named = changes.map(({ class: name, deletesFirst }) => (deletesFirst ? 'moved at risk' : name));
    return [...new Set(named)].sort();
  });
}

/** The Kustomizations apps and infra; apps has more fields. */
export const kustomizations = (...more: string[]): string =>
  fluxKustomization('apps', './apps', more) + fluxKustomization('infra', './infra');
/** A kustomization file. */
export const list = (...resources: string[]): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${resources.map((one) => `  - ${one}\n`).join('')}`;

/** For clusters whose entry path has a kustomization file. */
export const flux: Texts = { 'clusters/prod/flux-system/kustomization.yaml': list('gotk-sync.yaml') };
/** Classes that no plan may cause. */
export const unsafe = /deleted|recreated|reinstalled|refused|orphaned|risk/;

/** Two independent Kustomizations, without any kustomization file. */
export const plain: Texts = {
  'clusters/prod/apps.yaml': kustomizations(),
  'apps/podinfo/map.yaml': settings('podinfo'),
  'apps/other/map.yaml': settings('other'),
  'infra/dns/map.yaml': settings('dns'),
};

/** The message of a refusal. */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (FindingsError.isFindingsError(error))
      return error.findings
        .map(({ code, message, details = [], hint }) => `${code}: ${[message, ...details, hint].join('; ')}`)
        .join('\n');
    throw error;
  }
  throw new Error('nothing was refused');
}
