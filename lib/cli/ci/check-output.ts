import { basename } from 'node:path/posix';
import type { OutputCheck } from '../../ci/report/pipeline-report';
import type { Pipeline } from '../../ci/pipeline/pipeline';
import { findProject } from '../../config/project';
import { fail, FindingsError } from '../../findings/findings-error';
import { RECORD_FILE } from '../../publish/names';
import { EXIT } from '../exit-code';
import type { Io } from '../io';
import { printFindings } from '../print-findings';
import { synthOnce } from '../synth-once';
import { environmentForCode } from './find-pipeline';

/** When the code is run to see whether the published files are what it makes. */
export const SYNTH_WISHES = ['auto', 'always', 'never'] as const;

/** When the code is run to see whether the published files are what it makes. */
export type SynthWish = (typeof SYNTH_WISHES)[number];

/**
 * Asks synth whether the published files are what the code makes. This runs the code of the working tree; so a job that has
 * more rights than the author of the change never does it.
 *
 * @returns undefined where it is not asked
 * @throws FindingsError `untrusted-synth`
 */
export async function checkOutput(
  wish: SynthWish,
  { runsCode }: Pipeline,
  io: Io,
): Promise<OutputCheck | undefined> {
  if (!runsCode) {
    if (wish !== 'always') return undefined;
    fail({
      code: 'untrusted-synth',
      message: 'synth would run code in a job that has more rights than the author of the change',
      hint: 'run synth in a job for the event pull_request, see docs/ci.md; here, use --synth never',
    });
  }
  if (wish === 'never' || (wish === 'auto' && findProject(io.cwd).cdk8s === undefined)) return undefined;
  const nothing = { written: [], removed: [], kept: [], findings: [] };
  try {
    const { code, result } = await synthOnce({ check: true }, { ...io, env: environmentForCode(io.env) });
    const { written, removed, ...others } = { ...nothing, ...result };
    return { ...others, code, written: withoutRecords(written), removed: withoutRecords(removed) };
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    printFindings(error.findings, io);
    return { ...nothing, code: EXIT.failed, findings: error.findings };
  }
}

/** Files without our records, which follow from them; only the records if nothing else differs. */
function withoutRecords(files: readonly string[]): readonly string[] {
  const others = files.filter((file) => basename(file) !== RECORD_FILE);
  return others.length > 0 ? others : files;
}
