import { buildGraph } from '../../../lib/graph/build-graph';
import { findKustomization } from '../../../lib/move/find-kustomization';
import { formatPlanJson, formatPlanText } from '../../../lib/move/format-plan';
import { planRename } from '../../../lib/move/plan-rename';
import { planTransfer } from '../../../lib/move/plan-transfer';
import type { MoveRepository } from '../../../lib/move/repository';
import { treeOf } from '../../graph/tree-of';
import { checkOutput } from '../check-output';
import { textOf, type Target } from '../target';
import { mutatedRepository } from './repository-input';

/** A rename of the last Kustomization of a repository, and a move of a file that it applies. */
export const move: Target = {
  name: 'move',
  cost: 6,
  input: mutatedRepository,
  run: (input) => {
    const tree = treeOf(Object.fromEntries(Object.keys(input).map((path) => [path, textOf(input, path)])));
    const graph = buildGraph(tree);
    const repository: MoveRepository = {
      tree,
      graph,
      evaluate: (changed) => buildGraph(changed),
      isGenerated: () => false,
    };
    const nodes = graph.clusters
      .flatMap((cluster) => cluster.nodes)
      .filter(({ type, object }) => type === 'kustomization' && object !== undefined);
    const [last, other] = [nodes.at(-1), nodes.at(-2)].map((node) => node?.id);
    if (last === undefined) return;
    const found = findKustomization(graph, last);
    const file = nodes.at(-1)?.build?.inventory[0]?.location.file;
    const plan =
      file === undefined || other === undefined || input[file] === undefined
        ? planRename(repository, found, 'another-name')
        : planTransfer(repository, { path: file, to: findKustomization(graph, other) });
    checkOutput({ text: formatPlanText(plan), isText: true });
    JSON.parse(formatPlanJson(plan));
  },
};
