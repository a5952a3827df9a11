import { checkTree } from '../../lib/check/check-tree';
import type { Project } from '../../lib/config/project';
import type { Change, Diff } from '../../lib/diff/change';
import { compareRepositories } from '../../lib/diff/compare-repositories';
import type { RepositorySide } from '../../lib/diff/repository-side';
import { bootstrap, treeOf } from '../graph/tree-of';

/** Texts by path; `undefined` for a file of the base that the head lacks. */
export type Files = Readonly<Record<string, string | undefined>>;

export const project: Project = {
  root: '/repository',
  output: '',
  namesOutput: false,
  sopsRules: false,
  pins: 'pins.yaml',
  pictures: [],
  allow: [],
  entries: [],
  check: {},
  rollout: {},
};

/** One side of a diff, with a bootstrapped cluster and some files. */
export function sideOf(name: string, files: Files): RepositorySide {
  const present = Object.entries({ ...bootstrap, ...files }).flatMap(([path, text]) =>
    text === undefined ? [] : [[path, text] as const],
  );
  const tree = treeOf(Object.fromEntries(present));
  return { side: { name }, project, tree, report: checkTree(tree) };
}

/** The diff of a repository when some of its files change. */
export function diffOf(before: Files, changed: Files): Diff {
  return compareRepositories(sideOf('before', before), sideOf('after', { ...before, ...changed }));
}

/** The changes of all clusters. */
export function changesOf(diff: Diff): readonly Change[] {
  return diff.clusters.flatMap(({ changes }) => changes);
}

/** Changes as short texts: `class Kind/namespace/name`. */
export function shortly(diff: Diff): string[] {
  return changesOf(diff).map(({ class: changeClass, object }) =>
    [changeClass, object && [object.kind, object.namespace, object.name].filter(Boolean).join('/')]
      .filter(Boolean)
      .join(' '),
  );
}

/** A ConfigMap with a namespace. */
export function settings(name: string, value = '1', more = ''): string {
  return `---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: shop\n${more}data:\n  key: "${value}"\n`;
}
