import type { Pipeline } from '../../ci/pipeline/pipeline';
import { compareRepositories } from '../../diff/compare-repositories';
import { repositoryDecryptor } from '../../diff/repository-decryptor';
import type { Diff } from '../../diff/change';
import { checkCluster } from '../../graph/unknown-cluster';
import { Git } from '../../revisions/git';
import { mergeBase, type Revision } from '../../revisions/resolve-revision';
import { GpgKeyring } from '../../sops/keys/gpg-keyring';
import { findPrivateKeys } from '../../sops/keys/private-keys';
import { openSides, type OpenedSides } from '../diff/open-sides';
import type { SideSource } from '../diff/side-source';
import type { Io } from '../io';

/** What of a repository is looked at. */
export interface CompareWish {
  /** The paths that Flux starts from. */
  readonly entry?: readonly string[];
  /** The only cluster. */
  readonly cluster?: string;
}

/** Both sides of a pipeline, and what lies between. */
export interface ComparedPipeline {
  readonly sides: OpenedSides;
  /** Undefined where a commit is looked at by itself. */
  readonly diff?: Diff;
}

/**
 * Compares the head of a pipeline with the commit at which it left the base. Both are read from git's objects, nothing of them
 * is run or checked out. The policy is that of the base as it is now: the author of a change chooses where it branches off.
 *
 * @throws FindingsError what reading the sides throws, `cluster-unknown`
 */
export function comparePipeline(pipeline: Pipeline, wish: CompareWish, io: Io): ComparedPipeline {
  const git = Git.of(io.cwd, io.env);
  const { change } = pipeline;
  const of = (revision: Revision): SideSource => ({ kind: 'revision', git, revision });
  const head: Revision = {
    name: change && change.number > 0 ? `#${change.number}` : 'head',
    commit: pipeline.head,
  };
  const target: Revision = { name: 'base', commit: change?.base ?? pipeline.head };
  const base = change ? { ...mergeBase(git, target, head), name: 'merge base' } : head;
  const sources = { base: of(base), head: of(head) };
  const open = (entries: readonly string[] | undefined) =>
    openSides(sources, { entries, policy: of(target) }, io);
  const all = open(wish.entry);
  const sides = wish.cluster === undefined ? all : open(entriesOf(all, wish.cluster));
  return { sides, diff: change && diffOf(sides, io) };
}

/**
 * The entry paths of a cluster. Findings do not say which cluster they belong to, so the cluster is evaluated
 * separately.
 */
function entriesOf({ base, head }: OpenedSides, cluster: string): string[] {
  const clusters = [head, base].flatMap(({ report }) => report.seen.clusters);
  checkCluster(cluster, [...new Set(clusters.map(({ name }) => name))]);
  return [...new Set(clusters.filter(({ name }) => name === cluster).map(({ entry }) => entry))];
}

function diffOf({ base, head }: OpenedSides, io: Io): Diff {
  const decrypt = repositoryDecryptor(
    [base.report.seen, head.report.seen],
    () => findPrivateKeys({ env: io.env, gpg: new GpgKeyring({ env: io.env, asks: false }) }).keys,
  );
  return compareRepositories(base, head, { decrypt });
}
