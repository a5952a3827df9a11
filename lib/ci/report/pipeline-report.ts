import type { CheckReport } from '../../check/check-tree';
import type { Diff } from '../../diff/change';
import type { Finding } from '../../findings/finding';
import type { Pipeline } from '../pipeline/pipeline';

/** What `synth --check` says of the published files. */
export interface OutputCheck {
  /** Its exit code. */
  readonly code: number;
  /** The files that are missing or have another content. */
  readonly written: readonly string[];
  /** The files that the code no longer makes. */
  readonly removed: readonly string[];
  /** The files that were edited by hand. */
  readonly kept: readonly string[];
  /** What is wrong with the code. */
  readonly findings: readonly Finding[];
}

/** Everything that a pipeline tells. */
export interface PipelineReport {
  readonly pipeline: Pipeline;
  /** What the part of the comment is called; undefined where it is the only one. */
  readonly title?: string;
  /** The version of this package. */
  readonly version: string;
  /**
   * What the change does.
   *
   * @default - the commit is looked at by itself
   */
  readonly diff?: Diff;
  /**
   * What a check finds at the head.
   *
   * @default - it could not be read
   */
  readonly check?: Pick<CheckReport, 'findings' | 'allowed' | 'graph'>;
  /**
   * Whether the published files are what the code makes.
   *
   * @default - not looked at
   */
  readonly output?: OutputCheck;
  /** Why the job fails, one line a reason. */
  readonly failures: readonly string[];
  /** Why the change could not be compared; empty where it was. */
  readonly trouble: readonly Finding[];
}

/** The files that are not what the code makes. */
export function staleFiles(output: OutputCheck | undefined): readonly string[] {
  return output ? [...output.written, ...output.removed].sort() : [];
}

/** Whether there is nothing to tell: the change does nothing, and nothing is newly wrong. */
export function isQuiet(report: PipelineReport): boolean {
  const { diff, failures, trouble } = report;
  if (failures.length > 0 || trouble.length > 0 || diff === undefined) return false;
  const { clusters, policy, findings } = diff;
  return [clusters, policy, findings.new, findings.gone].every(({ length }) => length === 0);
}
