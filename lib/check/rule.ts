import type { FindingCode } from '../findings/codes';
import type { FindingInput, OwnFindingInput, Severity } from '../findings/finding';
import type { GraphNode } from '../graph/graph';
import type { CheckContext } from './check-context';

/** What a rule says of one defect; its code is the rule's. */
export interface RuleFinding extends Omit<FindingInput, 'code'> {
  /**
   * How bad this one is.
   *
   * @default - as bad as its code; `cdk8s-flux.yaml` may change that
   */
  readonly severity?: Severity;
  /**
   * The names of the clusters in which it is wrong, where it may be right in another that applies the same file.
   *
   * @default - the cluster of `node`; without it, it is wrong wherever it is applied
   */
  readonly cluster?: string | readonly string[];
  /**
   * The node whose field is wrong, so that the patch that sets the field is shown.
   *
   * @default - only the locations are shown
   */
  readonly node?: GraphNode;
}

/** What is said of a defect under one of several codes. */
export type CheckFinding = RuleFinding & Pick<OwnFindingInput, 'code'>;

/** One kind of defect of a repository, and how it is found. */
export interface Rule {
  /** The code of its findings: the name of its file, and of its page `docs/rules/<code>.md`. */
  readonly code: FindingCode;
  /**
   * Whether it judges files and objects by themselves, so that it also holds where nothing says what applies them.
   *
   * @default false
   */
  readonly standsAlone?: boolean;
  /**
   * Whether its messages name what causes the problem, such as what is missing, and not what has it. Findings with the same
   * message are then shown as one, which lists the objects.
   *
   * @default false
   */
  readonly namesCause?: boolean;
  /** Finds the defects. It throws nothing, and takes time linear in the size of the graph. */
  readonly check: (context: CheckContext) => Iterable<RuleFinding>;
}
