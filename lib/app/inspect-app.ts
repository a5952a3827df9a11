import type { IConstruct } from 'constructs';
import { siftAllowed } from '../config/allowance';
import type { Project } from '../config/project';
import type { Finding } from '../findings/finding';
import type { Plan } from '../plan/plan';
import { findRemoved } from '../publish/publish';
import { checkPlan } from './check-plan';
import { Afterwards } from './projected-repository';
import { publishOptions } from './publish-options';
import { publishedFolders } from './published-folders';
import { withSources } from './with-sources';

/**
 * What a synth would report of the constructs of an app that can be planned: findings of planning, and of the repository
 * as it would leave it. Nothing is written, and no secret is encrypted.
 */
export function inspectApp(app: IConstruct, plan: Plan, project: Project): readonly Finding[] {
  const target = publishedFolders(project, plan.directories);
  const options = publishOptions(plan.tree, plan, {
    project,
    target,
    wishes: { check: true, overwrite: false },
  });
  const removedFiles = (): readonly string[] => findRemoved(options);
  const afterwards = new Afterwards({ project, plan, files: plan.tree, findRemoved: removedFiles });
  // A test may create another app than the one that wrote the repository on disk.
  const checked = checkPlan({ plan, files: plan.tree, project, afterwards }).filter(({ locations }) =>
    locations.some(({ constructPath }) => constructPath !== undefined),
  );
  const kept = siftAllowed(plan.findings, project.allow).kept;
  return withSources([...kept, ...checked], app.node.root, process.cwd());
}
