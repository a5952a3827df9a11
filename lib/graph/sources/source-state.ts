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
  /** Whether CI makes it of the folder, and may make more files for it before. */
  readonly isPushed?: boolean;
  /** Whether it contains another branch, tag or commit than the sync: what is missing here may exist there. */
  readonly isOtherRevision?: boolean;
}

/** A source with the content of one folder of the repository. */
export function below(root: string, ignore: string | undefined): SourceState {
  if (root === '') return { source: 'repository', ignore };
  return { source: 'repository', ignore: ignore && patternsBelow(root, ignore), root, folders: [root] };
}

/** Patterns of ignored paths for the root of a source, as patterns for the root of the repository. */
function patternsBelow(root: string, patterns: string): string {
  const lines = patterns.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines
    .map((line) => {
      const [sign, pattern] = line.startsWith('!') ? ['!', line.slice(1)] : ['', line];
      const isAnchored = pattern.slice(0, -1).includes('/');
      return `${sign}/${root}/${isAnchored ? '' : '**/'}${pattern.replace(/^\//, '')}`;
    })
    .join('\n');
}

/** What a source follows, as text; without a reference, the controller uses the branch `master`. */
export function revisionText(revision: unknown): string {
  const { branch, name, ...others } = mapOf(revision);
  const followed = textOf(name)?.replace(/^refs\/heads\//, '') ?? textOf(branch);
  return Object.keys(others).length > 0 ? comparableText(revision) : (followed ?? 'master');
}
