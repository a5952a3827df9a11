import type { IConstruct } from 'constructs';
import { siftAllowed } from '../config/allowance';
import { clusterConfig } from '../config/check-config';
import { repositoryOf } from '../app/repository-of';
import { findProject, type Project } from '../config/project';
import type { Finding } from '../findings/finding';
import { planApp, type Plan } from '../plan/plan';
import { keepSecrets } from '../plan/secrets';

/** What an app comes to, and what is wrong with it and not allowed. */
export interface PlannedScope {
  readonly plan: Plan;
  /** The configuration of the project in which the test runs. */
  readonly project: Project;
  readonly findings: readonly Finding[];
}

/** Plans the app that a construct is in, in memory: nothing is written, and no secret is encrypted. */
export function planScope(scope: IConstruct): PlannedScope {
  const project = findProject(process.cwd());
  const plan = planApp(
    scope.node.root,
    keepSecrets(project.root),
    (names) => clusterConfig(project.check, names),
    repositoryOf(project),
  );
  return { plan, project, findings: siftAllowed(plan.findings, project.allow).kept };
}
