import type { Severity } from '../severity';

/** What is known of a finding code. `docs/findings.md` is made of it. */
export interface CodeFacts {
  /** How bad it is, unless the place that reports it or `cdk8s-flux.yaml` says otherwise. */
  readonly severity: Severity;
  /** What is wrong, in one sentence of Markdown without a full stop. */
  readonly summary: string;
  /**
   * What else there is to know, in whole sentences of Markdown.
   *
   * @default - the summary says it all
   */
  readonly details?: string;
  /**
   * What to do about it, in whole sentences of Markdown.
   *
   * @default - the page of the rule says it
   */
  readonly fix?: string;
  /**
   * The hint for who wrote code, where the one of the rule speaks of YAML files.
   *
   * @default - the rule's
   */
  readonly authorHint?: string;
  /**
   * Whether `cdk8s-flux check` may report it, so that `allow` and `check.rules` may name it.
   *
   * @default false
   */
  readonly inCheck?: boolean;
  /**
   * How synth treats what the rules of `check` find in the files that it is about to publish:
   *
   * - `skip`: not at all. Planning reports it with the construct to blame, or it is about other tools' files or the
   *   settings, which is for the command.
   * - `trust`: not in planned files. `fromName` says that what they refer to is elsewhere.
   * - `certain`: at once. Only the objects that Flux applies decide, so no other file can put it right.
   *
   * @default - it is reported when the rest of the repository does not put it right either
   */
  readonly atSynth?: 'skip' | 'trust' | 'certain';
}
