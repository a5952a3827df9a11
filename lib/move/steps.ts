import { fail } from '../findings/findings-error';
import type { Graph } from '../graph/graph';
import { judgeStep, type Judgement } from './judge-step';
import type { MoveStep } from './plan';
import type { MoveRepository } from './repository';
import { WorkingFiles } from './working-files';

/** A commit before it is judged. */
export interface Draft extends Pick<MoveStep, 'title' | 'why' | 'wait'> {
  /** The files after it. */
  readonly files: WorkingFiles;
}

/** Drafts that were judged together. */
interface Judged {
  readonly judgements: readonly Judgement[];
  readonly problems: readonly string[];
}

/**
 * The first of several ways in which no commit deletes or breaks anything. A later way is made only when all before it
 * fail.
 *
 * @throws FindingsError `move-unsafe` when none is safe
 */
export function firstSafeWay(
  repository: MoveRepository,
  title: string,
  ways: readonly (() => readonly Draft[])[],
): MoveStep[] {
  let least: readonly string[] | undefined;
  for (const way of ways) {
    const drafts = way();
    const judged = judgeAll(repository, drafts);
    if (judged.problems.length === 0) return stepsOf(repository, drafts, judged.judgements);
    if (least === undefined || judged.problems.length < least.length) least = judged.problems;
  }
  return fail({
    code: 'move-unsafe',
    message: `cannot ${title} without a loss`,
    details: least,
    hint: 'first remove the differences between the two, for example in their namespace, or move fewer objects at a time',
  });
}

function judgeAll({ graph, evaluate }: MoveRepository, drafts: readonly Draft[]): Judged {
  let before: Graph = graph;
  const judgements = drafts.map(({ files }) => {
    const after = evaluate(files.tree());
    const judgement = judgeStep(before, after);
    before = after;
    return judgement;
  });
  return { judgements, problems: judgements.flatMap((judgement) => judgement.problems) };
}

function stepsOf(
  repository: MoveRepository,
  drafts: readonly Draft[],
  judgements: readonly Judgement[],
): MoveStep[] {
  return drafts.map(({ files, title, why, wait }, index) => {
    const earlier = drafts[index - 1]?.files ?? new WorkingFiles(repository);
    const effects = judgements[index]?.effects ?? [];
    return { title, why, wait, files: files.changesSince(earlier), code: files.code, effects };
  });
}
