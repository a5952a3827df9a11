import { isDeepStrictEqual } from 'node:util';
import { FindingsError } from '../findings/findings-error';
import { TreeFile } from '../tree/tree-file';
import type { PlannedFile } from './change';
import { conflictSides } from './conflict';
import { fingerprint, isFingerprint, normalised, sameContent } from './content';
import type { Known } from './ownership';
import { sameMarkers, withCommittedMarks } from './marks';
import type { KeptReason } from './problems';
import { sectionOf } from './section';

/** What is to be done with a file on disk, and what to write if it is to be written. */
export type Verdict =
  | { readonly action: 'same' }
  | { readonly action: 'write'; readonly bytes: Buffer }
  | { readonly action: 'keep'; readonly reason: KeptReason; readonly bytes: Buffer };

/** Judges the content of a file that the code makes, other bytes than the planned ones. */
export function compare(found: Buffer, planned: PlannedFile, known: Known | undefined): Verdict {
  const { file, marks } = planned;
  const content = normalised(found);
  if (sameContent(content, file.bytes)) return { action: 'same' };
  const bytes =
    marks.size > 0 && known
      ? withCommittedMarks(file.bytes, content, known.marks, known.written)
      : file.bytes;
  if (sameContent(content, bytes)) return { action: 'same' };
  if (known && (isOurs(content, file.path, known, planned) || file.madeFrom?.equals(found)))
    return { action: 'write', bytes };
  if (isWaiting(content, file.path)) return { action: 'write', bytes };
  if (marks.size > 0 && known && sameMarkers(content, bytes) && sameObjects(content, bytes, file.path)) {
    return { action: 'same' }; // kyaml has changed the layout of the file.
  }
  return { action: 'keep', reason: keptReason(content, known), bytes };
}

/** Why a file that is not as we left it is kept. */
export function keptReason(content: Buffer, known: Known | undefined): KeptReason {
  if (conflictSides(content)) return 'merge-conflict';
  return known ? 'file-edited' : 'file-not-ours';
}

/**
 * Whether a content is one that we wrote, and nothing in it is a person's: what a record or a journal knows, both sides
 * of a merge conflict known, or an empty file that is to be written anew or was about to be: nothing in it can be lost,
 * and a crash of the system leaves such.
 *
 * @param planned - what the code makes of the file now, if it does
 */
export function isOurs(content: Buffer, path: string, known: Known, planned?: PlannedFile): boolean {
  if (content.length === 0) return planned !== undefined || known.isJournaled === true;
  const isKnown = (bytes: Buffer): boolean => {
    const found = fingerprint(bytes, path);
    return found === planned?.hash || known.hashes.some((hash) => isFingerprint(hash, found));
  };
  if (isKnown(content)) return true;
  const sides = conflictSides(content);
  return sides !== undefined && sides.length > 0 && sides.every(isKnown);
}

/** Whether a person has put the marker lines into a Markdown file for us to fill: there is nothing between them yet. */
function isWaiting(content: Buffer, path: string): boolean {
  return sectionOf(content, path)?.toString().trim() === '';
}

function sameObjects(content: Buffer, bytes: Buffer, path: string): boolean {
  try {
    const [a, b] = [content, bytes].map((data) =>
      TreeFile.fromBytes(path, data).documents.map(({ object }) => object),
    );
    return isDeepStrictEqual(a, b);
  } catch (error) {
    if (FindingsError.isFindingsError(error)) return false; // A file that is no longer valid YAML was edited.
    throw error;
  }
}
