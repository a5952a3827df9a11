import { Masker } from '../../mask/masker';
import { listFiles } from '../../revisions/list-files';
import { loadRevision } from '../../revisions/load-revision';
import { revisionProject } from '../../revisions/revision-project';
import type { Io } from '../io';
import { openRepository, type OpenRepository } from '../open-repository';
import { projectGraph } from '../project-graph';
import { sideSource } from './side-source';
import { pathFromTop } from '../path-from-top';

/** An earlier state of a repository. */
export type EarlierState = Pick<OpenRepository, 'graph' | 'masker' | 'tree' | 'project'>;

/**
 * Opens an earlier state of a repository: a revision, or another folder. What is wrong with it is of no interest, and a
 * cluster may be new.
 *
 * @param name - the revision or the folder
 * @param root - the absolute path of the root of the repository as it is now
 * @throws FindingsError `revision-missing`, and what reading it throws
 */
export function openEarlier(
  name: string,
  root: string,
  entries: readonly string[] | undefined,
  io: Io,
): EarlierState {
  const source = sideSource(name, root, io);
  if (source.kind === 'folder') return openRepository(io, source.dir, { entries, mayBeEmpty: true });
  const { git, revision } = source;
  const folder = pathFromTop(git.top, root);
  const files = listFiles(git, revision.commit);
  const { project } = revisionProject(git, revision, files, folder);
  const { tree } = loadRevision(git, files, folder);
  const graph = projectGraph({ project, tree }, entries);
  return { graph, masker: Masker.of(graph, tree), tree, project };
}
