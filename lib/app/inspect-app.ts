import type { IConstruct } from 'constructs';
import { siftAllowed } from '../config/allowance';
import type { Project } from '../config/project';
import type { Finding } from '../findings/finding';
import type { Plan } from '../plan/plan';
import { findRemoved } from '../publish/publish';
import { clustersOf } from '../plan/plan';
import { checkPlan } from './check-plan';
import { Afterwards } from './projected-repository';
import { publishedFolders } from './published-folders';
import { withSources } from './with-sources';

/**
 * What a synth would report of the constructs of an app that can be planned: findings of planning, and of the repository
 * as it would leave it. Nothing is written, and no secret is encrypted.
 */
export function inspectApp(app: IConstruct, plan: Plan, project: Project): readonly Finding[] {
  const target = publishedFolders(project, plan.directories);
  const removedFiles = (): readonly string[] =>
    findRemoved({
      root: project.root,
      output: project.output,
      ...(project.namesOutput ? {} : target),
      tree: plan.tree,
      complete: true,
      named: [],
      overwrite: false,
      clusters: clustersOf(plan),
    });
  const afterwards = new Afterwards({ project, plan, files: plan.tree, findRemoved: removedFiles });
  // A test may make another app than the one that the repository on disk was made by.
  const checked = checkPlan({ plan, files: plan.tree, project, afterwards }).filter(({ locations }) =>
    locations.some(({ constructPath }) => constructPath !== undefined),
  );
  const kept = siftAllowed(plan.findings, project.allow).kept;
  return withSources([...kept, ...checked], app.node.root, process.cwd());
}
