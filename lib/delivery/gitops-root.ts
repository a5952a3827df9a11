import type { IConstruct } from 'constructs';
import { fail } from '../findings/findings-error';

const GITOPS_APP = Symbol.for('cdk8s-flux.GitOpsApp');

/** Whether our own planner is asking: then the kind of app does not matter. */
// eslint-disable-next-line no-restricted-syntax -- `validate` of constructs takes no argument
let planning = false;

/** Validates a construct for our own planner. */
export function validateForPlan(construct: IConstruct): string[] {
  planning = true;
  try {
    return construct.node.validate();
  } finally {
    planning = false;
  }
}

/** Marks an app as one that publishes. */
export function markGitOpsApp(app: IConstruct): void {
  Object.defineProperty(app, GITOPS_APP, { value: true });
}

/**
 * Makes synth fail when a cluster is in an app that publishes nothing. It looks when the app is synthesized: the tests of a
 * chart often have no other app.
 */
export function requireGitOpsApp(cluster: IConstruct): void {
  cluster.node.addValidation({
    validate: () => {
      const { root } = cluster.node;
      const isApp = typeof (root as { synth?: unknown }).synth === 'function';
      return !planning && isApp && !(GITOPS_APP in root) ? refuse(cluster) : [];
    },
  });
}

function refuse(cluster: IConstruct): never {
  fail({
    code: 'gitops-app-missing',
    message: `the Cluster ${JSON.stringify(cluster.node.path)} is in an App of cdk8s, which publishes nothing for Flux`,
    hint: "use GitOpsApp instead of App: import { GitOpsApp } from 'cdk8s-flux'; const app = new GitOpsApp()",
    locations: [{ constructPath: cluster.node.path }],
  });
}
