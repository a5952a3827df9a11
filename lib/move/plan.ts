/** What a step does to a file. */
export interface FileChange {
  /** The path from the root of the repository: where the file is after the step. */
  readonly path: string;
  /**
   * Where the file was before.
   *
   * @default - it stays where it is
   */
  readonly from?: string;
  /** What the file holds after the step. */
  readonly content: Buffer;
  /** The lines that change, as a unified diff without its head; empty for a file that only moves. */
  readonly patch: string;
}

/** A change of the author's code, where synth writes the files. */
export interface CodeChange {
  /** The file that synth writes. */
  readonly file: string;
  /** What to change in the code. */
  readonly advice: string;
}

/** One commit of a plan. */
export interface MoveStep {
  /** What the commit does, in the imperative. */
  readonly title: string;
  /** Why it is needed, in one sentence without a full stop. */
  readonly why: string;
  /** The changes of files, in code-unit order of their paths. */
  readonly files: readonly FileChange[];
  /** The changes of code, where synth writes some of the files. */
  readonly code: readonly CodeChange[];
  /** What Flux does because of it beside what was asked for: a line each. */
  readonly effects: readonly string[];
  /** What to wait for before the next commit: sentences and command lines; empty for the last commit. */
  readonly wait: readonly string[];
}

/** The commits that rename or move something so that Flux deletes nothing. */
export interface MovePlan {
  /** What was asked for, for example `rename Kustomization flux-system/apps to platform`. */
  readonly title: string;
  /** The clusters in which it happens. */
  readonly clusters: readonly string[];
  /** The commits, in their order. */
  readonly steps: readonly MoveStep[];
  /** What can be tidied up afterwards: a line each. */
  readonly afterwards: readonly string[];
}
