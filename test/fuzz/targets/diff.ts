import { checkTree } from '../../../lib/check/check-tree';
import { compareRepositories } from '../../../lib/diff/compare-repositories';
import { formatDiffJson } from '../../../lib/diff/report/json';
import { COMMENT_LIMIT, formatDiffMarkdown } from '../../../lib/diff/report/markdown';
import { formatDiffText } from '../../../lib/diff/report/text';
import type { RepositorySide } from '../../../lib/diff/repository-side';
import { buildGraph } from '../../../lib/graph/build-graph';
import { BuildMemo } from '../../../lib/graph/sources/build-memo';
import { project } from '../../diff/pair-of-trees';
import { treeOf } from '../../graph/tree-of';
import { checkOutput } from '../check-output';
import type { Corpus } from '../corpus';
import { mutate } from '../mutate';
import type { Random } from '../random';
import { CANARY } from '../sandbox';
import { textOf, type Input, type Target } from '../target';

/** A Secret, and an object that contains its value in plain text. */
const secret = (value: string): Buffer =>
  Buffer.from(`apiVersion: v1
kind: Secret
metadata: { name: db, namespace: shop }
stringData: { user: admin, password: ${value} }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: copy, namespace: shop }
data: { text: "password is ${value}" }
`);

/** Two states of a repository, of which one has mutated files of the other, and the report in every text format. */
export const diff: Target = {
  name: 'diff',
  cost: 5,
  input: (random: Random, corpus: Corpus): Input => {
    const files = Object.entries(random.pick(corpus.repositories)).map(
      ([path, text]) => [path, Buffer.from(text)] as const,
    );
    const sides = ['base', 'head'].map((side, index) => {
      const changed = new Map<string, Buffer>(files);
      for (let left = random.below(3); left > 0; left -= 1) {
        const [path, bytes] = random.pick(files);
        if (random.oneIn(4)) changed.delete(path);
        else changed.set(path, mutate(bytes, random, random.pick(corpus.manifests)));
      }
      changed.set('clusters/prod/secret.yaml', secret(`${CANARY}${'x'.repeat(index)}`));
      return [...changed].map(([path, bytes]) => [`${side}/${path}`, bytes] as const);
    });
    return Object.fromEntries(sides.flat());
  },
  run: (input) => {
    const memo = new BuildMemo();
    const [base, head] = ['base', 'head'].map((name) => sideOf(name, input, memo)) as [
      RepositorySide,
      RepositorySide,
    ];
    for (const result of [compareRepositories(base, head), compareRepositories(head, base)]) {
      const markdown = formatDiffMarkdown(result);
      if (markdown.length > COMMENT_LIMIT) throw new Error(`the comment has ${markdown.length} characters`);
      checkOutput({ text: formatDiffText(result), isText: true });
      checkOutput({ text: markdown, isText: false });
      checkOutput({ text: formatDiffJson(result), isText: false });
    }
  },
};

function sideOf(name: string, input: Input, memo: BuildMemo): RepositorySide {
  const paths = Object.keys(input).filter((path) => path.startsWith(`${name}/`));
  const files = paths.map((path) => [path.slice(name.length + 1), textOf(input, path)] as const);
  const tree = treeOf(Object.fromEntries(files));
  const graph = buildGraph(tree, { memo });
  return { side: { name }, project, tree, report: checkTree(tree, { graph }) };
}
