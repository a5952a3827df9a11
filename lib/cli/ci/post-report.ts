import { partLimit, type CommentPart } from '../../ci/comment/parts';
import { postPart, type Posted } from '../../ci/comment/post-part';
import { systemClock } from '../../ci/forge/api';
import { isQuiet, type PipelineReport } from '../../ci/report/pipeline-report';
import { reportMarkdown } from '../../ci/report/report-markdown';
import type { Io } from '../io';
import { note } from '../print-findings';
import { threadOf } from './find-pipeline';

/** How a report is posted. */
export interface PostWish {
  /** The part of the comment. */
  readonly key: string;
  /** How many parts it has. */
  readonly parts: number;
  /** Where the whole report is when the comment is cut. */
  readonly fullReport?: string;
}

const WORDS: Readonly<Record<Posted, string>> = {
  created: 'wrote the comment',
  edited: 'edited the comment',
  unchanged: 'the comment is up to date',
  quiet: 'nothing changes, so there is no comment to write',
  outdated: 'the pull request has a newer commit, so this run writes no comment',
};

/**
 * Posts a report as the one comment of its pull request, or as a part of it.
 *
 * @throws FindingsError `forge-token-missing`, `forge-request-failed`, `comment-contended`
 */
export async function postReport(report: PipelineReport, wish: PostWish, io: Io): Promise<void> {
  const { change, head, noComment, forge } = report.pipeline;
  if (noComment !== undefined || !change) {
    note(`no comment is written: ${noComment ?? 'there is no pull request'}`, io);
    return;
  }
  const thread = threadOf(report.pipeline, change.number, io.env);
  const limit = partLimit(thread.limit, wish.parts, wish.key);
  const fullReport = wish.fullReport ?? (forge === 'github' ? 'the summary of the job' : undefined);
  const text = reportMarkdown(report, { limit, fullReport, listsFindings: false });
  const part: CommentPart = { key: wish.key, commit: head, text: text.trimEnd() };
  const options = { parts: wish.parts, isQuiet: isQuiet(report), clock: systemClock };
  note(WORDS[await postPart(thread, part, options)], io);
}
