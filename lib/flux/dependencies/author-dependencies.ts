import { Dependable, type Construct, type IConstruct } from 'constructs';

/** Whether our own planner is asking for dependencies. */
// eslint-disable-next-line no-restricted-syntax -- `dependencyRoots` of constructs takes no argument
let collecting = false;

/**
 * Hides who depends on a construct from everyone but our own planner. Flux takes care of that order by `dependsOn`,
 * which we write; cdk8s would order the objects by it too, following each dependency without remembering where it
 * has been, in time that grows exponentially.
 */
export function hideDependencies(construct: Construct): void {
  Dependable.implement(construct, new HiddenDependable(construct));
}

class HiddenDependable extends Dependable {
  constructor(private readonly construct: Construct) {
    super();
  }

  get dependencyRoots(): IConstruct[] {
    return collecting ? [this.construct] : [];
  }
}

/** What an author made a construct depend on with `node.addDependency`. */
export function authorDependencies(construct: IConstruct): IConstruct[] {
  collecting = true;
  try {
    return construct.node.dependencies;
  } finally {
    collecting = false;
  }
}
