import { comparableText } from '../../plain/comparable-text';
import { mapOf, textOf } from '../../plain/plain-data';
import type { KustomizationBuild } from '../graph';
import type { FolderCopy } from './generated-artifact';

/** Where a source is, and which part of the repository it contains. */
export interface SourceState {
  readonly source: KustomizationBuild['source'];
  readonly ignore?: string;
  /** The folder of the repository that is the source's root. */
  readonly root?: string;
  /** The folders of the repository that it contains; all if not set. */
  readonly folders?: readonly string[];
  /** Where folders are in an artifact, if not at the same path as in the repository. */
  readonly copies?: readonly FolderCopy[];
  /** Whether it contains another branch, tag or commit than the sync: what is missing here may exist there. */
  readonly isOtherRevision?: boolean;
}

/** A source with the content of one folder of the repository. */
export function below(root: string, ignore: string | undefined): SourceState {
  const state = { source: 'repository', ignore } as const;
  return root === '' ? state : { ...state, root, folders: [root] };
}

/** What a source follows, as text; without a reference, the controller uses the branch `master`. */
export function revisionText(revision: unknown): string {
  const { branch, name, ...others } = mapOf(revision);
  const followed = textOf(name)?.replace(/^refs\/heads\//, '') ?? textOf(branch);
  return Object.keys(others).length > 0 ? comparableText(revision) : (followed ?? 'master');
}
