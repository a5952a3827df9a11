import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { checkTree } from '../../lib/check/check-tree';
import { CHANGE_CLASSES, type Change, type Diff } from '../../lib/diff/change';
import { compareRepositories } from '../../lib/diff/compare-repositories';
import type { RepositorySide } from '../../lib/diff/repository-side';
import { buildGraph } from '../../lib/graph/build-graph';
import type { Graph } from '../../lib/graph/graph';
import { BuildMemo } from '../../lib/graph/sources/build-memo';
import { loadTree } from '../../lib/tree/load-tree';
import type { Tree } from '../../lib/tree/tree';
import { Random } from '../fuzz/random';
import { project } from './pair-of-trees';
import { changeRandomly } from './random-changes';

const REPOS = process.env['FLUX_REPOS'];
const names = REPOS === undefined ? [] : readdirSync(REPOS).filter((name) => name.includes('__'));
const COUNT = 20;

function sideOf(name: string, tree: Tree, memo: BuildMemo): RepositorySide {
  const graph = buildGraph(tree, { memo });
  return { side: { name }, project, tree, report: checkTree(tree, { graph }) };
}

/** Everything that Flux applies, by cluster, Kustomization and identity. */
function applied({ clusters }: Graph): ReadonlyMap<string, unknown> {
  return new Map(
    clusters.flatMap(({ entry, nodes }) =>
      nodes.flatMap(({ id, build }) =>
        (build?.inventory ?? []).map(
          ({ identity, object }) => [JSON.stringify([entry, id, identity]), object] as const,
        ),
      ),
    ),
  );
}

function isSame(before: Graph, after: Graph): boolean {
  return isDeepStrictEqual(applied(before), applied(after));
}

/** Whether a diff reports anything at all. */
function saysSomething({ clusters, uncompared, findings }: Diff): boolean {
  return clusters.length + uncompared.length + findings.new.length + findings.gone.length > 0;
}

/** Fields for which another class is better than `changed`. */
const BETTER: readonly (readonly [kind: RegExp, path: RegExp])[] = [
  [/^Kustomization$/, /^spec\.(?:path|sourceRef|suspend|wait|healthChecks|dependsOn|timeout)\b/],
  [
    /^HelmRelease$/,
    /^spec\.(?:suspend|releaseName|targetNamespace|storageNamespace|dependsOn|chartRef|chart\.spec\.(?:version|chart|sourceRef))\b/,
  ],
  [/^HelmRelease$/, /^spec\.values\..*\.image\.tag$/],
  [/^(?:Git|OCI|Helm)Repository$/, /^spec\.(?:url|ref|suspend)\b/],
  [/^Secret$/, /^(?:data|stringData|type)\b/],
  [/^(?:PersistentVolumeClaim|Job)$/, /^spec\.(?:accessModes|template)\b/],
  [/^(?:Deployment|StatefulSet|DaemonSet)$/, /^spec\.(?:template|selector)\b/],
];

function isUnderstated({ class: changeClass, object, fields }: Change): boolean {
  return (
    changeClass === 'changed' &&
    fields.some(({ path }) => BETTER.some(([kind, of]) => kind.test(object?.kind ?? '') && of.test(path)))
  );
}

(names.length === 0 ? describe.skip : describe)('twenty changes of real repositories', () => {
  it.each(names)('have the right classes in %s', (name) => {
    const { tree } = loadTree(join(REPOS ?? '', name));
    const memo = new BuildMemo();
    const base = sideOf('base', tree, memo);
    expect(saysSomething(compareRepositories(base, base))).toBe(false);
    const read = base.report.seen.clusters.flatMap(({ nodes }) =>
      nodes.flatMap(({ build }) => build?.reads ?? []),
    );
    const paths = [...new Set(read)].filter((path) => tree.has(path));
    const random = new Random('diff', name);
    for (let count = 0; count < COUNT; count += 1) {
      const changed = changeRandomly(tree, paths, random);
      if (!changed) continue;
      const head = sideOf('head', changed.tree, memo);
      const diff = compareRepositories(base, head);
      const changes = diff.clusters.flatMap((cluster) => cluster.changes);
      const told = { name, what: changed.what, file: changed.file };
      const wrong = changes.filter(
        (change) => !CHANGE_CLASSES.includes(change.class) || isUnderstated(change),
      );
      expect({ ...told, wrong }).toEqual({ ...told, wrong: [] });
      const isSilent = !saysSomething(diff);
      expect({ ...told, isSilent }).toEqual({
        ...told,
        isSilent: isSame(base.report.seen, head.report.seen) && isSilent,
      });
    }
  });
});
