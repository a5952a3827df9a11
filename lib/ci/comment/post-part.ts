import { fail } from '../../findings/findings-error';
import { UNAVAILABLE, type Clock } from '../forge/api';
import type { Comment, Thread } from '../forge/thread';
import { composeComment, isReportComment, partsOf, type CommentPart } from './parts';

/** How often a comment is written until it has the right content. */
const MAX_TRIES = 8;
/**
 * How long to wait before reading a shared comment again after writing it, in milliseconds: longer than another job
 * takes from reading it to writing it.
 */
const SETTLE = 3000;

/** What a part is posted with. */
export interface PostOptions {
  /** How many parts the comment has, one for each job. */
  readonly parts: number;
  /** Whether the part says nothing that is worth a new comment. */
  readonly isQuiet: boolean;
  readonly clock: Clock;
}

/** What became of a part. */
export type Posted =
  /** It is in a new comment, in the one that was there, or was in it already. */
  | 'created'
  | 'edited'
  | 'unchanged'
  /** There is nothing to say, and no comment that said something else. */
  | 'quiet'
  /** Another commit is the head by now: its own run reports. */
  | 'outdated';

/**
 * Puts a part into the one comment of a pull request: it is created where it is missing, and edited where it is there.
 * Only a comment that the token's own account wrote, and whose first line is our marker, is taken for it.
 *
 * Forges have no conditional writes. So jobs that share a comment read it again after a while, and write their part once
 * more where another job has overwritten it; where two created a comment at once, the older one takes all parts.
 *
 * @throws FindingsError `forge-request-failed`, `comment-contended`
 */
export async function postPart(thread: Thread, part: CommentPart, options: PostOptions): Promise<Posted> {
  const self = await thread.self();
  let outcome: Posted = 'unchanged';
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    if ((await thread.headCommit()) !== part.commit) return 'outdated';
    const own = await ownComments(thread, self);
    const written = await writeOnce(thread, own, part, options);
    if (written === 'quiet') return written;
    if (written !== 'unchanged' && outcome !== 'created') outcome = written === 'retry' ? outcome : written;
    if (written === 'unchanged' || (written !== 'retry' && options.parts === 1)) return outcome;
    const pause = options.parts === 1 ? 0 : SETTLE;
    await options.clock.sleep(pause + Math.floor(options.clock.random() * 1000 * tries));
  }
  return fail({
    code: 'comment-contended',
    message: `other jobs overwrote the part of this job ${MAX_TRIES} times`,
    hint: 'give each job its own --key, and set --parts to the number of jobs',
  });
}

async function ownComments(thread: Thread, self: string): Promise<readonly Comment[]> {
  const all = await thread.comments();
  return all
    .filter(({ author, body }) => author === self && isReportComment(body))
    .sort((a, b) => a.id - b.id);
}

/** Writes the comment once. `retry` if the result is not known. */
async function writeOnce(
  thread: Thread,
  own: readonly Comment[],
  part: CommentPart,
  { parts, isQuiet }: PostOptions,
): Promise<Posted | 'retry'> {
  const [kept, ...others] = own;
  if (!kept && isQuiet) return 'quiet';
  const found = own.flatMap(({ body }) => partsOf(body));
  // A run for a commit does not know what an earlier run reported, only that it is outdated.
  const sameRun =
    parts === 1 ? [] : found.filter(({ commit, key }) => commit === part.commit && key !== part.key);
  const byKey = new Map([...sameRun, part].map((one) => [one.key, one]));
  const body = composeComment([...byKey.values()], thread.limit);
  if (!kept) return (await thread.create(body)) === UNAVAILABLE ? 'retry' : 'created';
  const isSame = kept.body.replaceAll('\r\n', '\n') === body;
  if (isSame && others.length === 0) return 'unchanged';
  if (!isSame && !(await thread.update(kept.id, body))) return 'retry';
  for (const { id } of others) await thread.remove(id);
  return 'edited';
}
