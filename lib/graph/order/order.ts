/** The order in which Flux reconciles a cluster. Plain data that can be printed as JSON. */
export interface Order {
  /** The cluster's name. */
  readonly cluster: string;
  /** The steps by wave: what stands in one wave may run in parallel; wave 0 starts at once. */
  readonly waves: readonly (readonly OrderStep[])[];
  /** The chain that takes longest until it is ready, in the worst case; empty where there are only cycles. */
  readonly longestChain: OrderChain;
  /** Loops that never start, each as the nodes of the loop alone, the smallest name first. */
  readonly cycles: readonly OrderCycle[];
  /** Nodes in no loop that never start, as they wait for one, or for what does not exist or never becomes ready. */
  readonly blocked: readonly BlockedStep[];
  /** Nodes that never become ready by themselves, where a `suspended` one stands only if something waits for it in vain. */
  readonly neverReady: readonly FailingStep[];
}

/** A Kustomization or HelmRelease and what it waits for. */
export interface OrderStep {
  /** The node. */
  readonly id: string;
  /** The wave in which it starts, from 0. */
  readonly wave: number;
  /** What it waits for before it starts. */
  readonly waits: readonly OrderWait[];
  /**
   * When it counts as ready: `wait`, all it applies is ready; `health-checks`, what these name is; `release`, its
   * Helm release is installed and ready; `applied`, as soon as its objects are applied.
   */
  readonly ready: 'wait' | 'health-checks' | 'release' | 'applied';
  /** The nodes whose readiness is part of its own, as it waits for the objects that it applies. */
  readonly includes: readonly string[];
  /** How long one attempt takes at most, in seconds. */
  readonly timeoutSeconds: number;
  /** After how many seconds a failed attempt is repeated. */
  readonly retrySeconds: number;
}

/** One reason to wait. */
export interface OrderWait {
  /** The node for which it waits. */
  readonly on: string;
  /** Why: `parent`, the other applies it; `depends-on`. */
  readonly why: 'parent' | 'depends-on';
  /** Until when: the other has applied its objects, or these are ready too. */
  readonly until: 'applied' | 'ready';
  /** Whether the other must also be ready on the same revision, as both have one source. */
  readonly sameRevision: boolean;
  /**
   * Whether the repository does not show what applies the other, so that its wave is not known.
   *
   * @default false
   */
  readonly isUnseen?: boolean;
}

/** A chain of steps, each of which waits for the one before. */
export interface OrderChain {
  /** The nodes, the first to start first. */
  readonly steps: readonly string[];
  /**
   * How long the chain takes at most where every first attempt succeeds at its last moment, in seconds. Steps that
   * are ready as soon as they are applied count nothing; each dependency adds the 30 seconds after which the
   * controllers look again.
   */
  readonly seconds: number;
  /** The same if each step fails once, and is repeated after its retry interval, in seconds. */
  readonly secondsWithRetry: number;
}

/** A loop of waits. */
export interface OrderCycle {
  /** The nodes, each of which waits for the next, the last for the first. */
  readonly nodes: readonly string[];
  /** Whether it needs a parent that waits for what it applies: a deadlock although `dependsOn` alone has no loop. */
  readonly throughParent: boolean;
}

/** A step that never becomes ready. */
export interface FailingStep {
  /** The node. */
  readonly id: string;
  /**
   * Why: its path or source is not there, kustomize refuses its build, nothing brings the CRD of an object that it
   * applies, or it is suspended.
   */
  readonly reason: 'path-missing' | 'source-missing' | 'build-refused' | 'crd-missing' | 'suspended';
}

/** A step that never starts. */
export interface BlockedStep {
  /** The node. */
  readonly id: string;
  /** The nodes for which it waits in vain. */
  readonly on: readonly string[];
}
