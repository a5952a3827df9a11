/** What a pipeline was started for. */
export interface Pipeline {
  /** The forge that runs it. */
  readonly forge: 'github' | 'gitlab';
  /** The commit that is looked at. */
  readonly head: string;
  /**
   * What is to be merged.
   *
   * @default - the commit is looked at by itself
   */
  readonly change?: ProposedChange;
  /**
   * Whether the code of the working tree may be run: what is checked out is the change itself, and the job has no rights
   * that its author does not have.
   */
  readonly runsCode: boolean;
  /**
   * Why the report is not posted as a comment, as the end of a sentence.
   *
   * @default - it is posted
   */
  readonly noComment?: string;
  /** Where the pipeline is shown. */
  readonly url?: string;
}

/** A pull request or merge request. */
export interface ProposedChange {
  /** Its number. GitLab calls it IID. */
  readonly number: number;
  /** The commit that it is to be merged into. Its configuration is the policy. */
  readonly base: string;
  /** The reference by which the forge serves its commits, also those of forks. */
  readonly ref: string;
}

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;
