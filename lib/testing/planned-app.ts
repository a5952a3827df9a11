import type { IConstruct } from 'constructs';
import { withSources } from '../app/with-sources';
import type { Project } from '../config/project';
import type { Finding, ObjectIdentity } from '../findings/finding';
import { FindingsError, throwErrors } from '../findings/findings-error';
import { authorView, enclosingDirectory, type Directory } from '../flux/directory';
import { sourceOf } from '../flux/source-line';
import { buildGraph } from '../graph/build-graph';
import type { ClusterGraph } from '../graph/graph';
import { compareText } from '../plain/compare-text';
import { clustersOf, type Plan } from '../plan/plan';
import { identityOf, type ManifestObject } from '../tree/manifest';
import { planScope } from './plan-scope';

/** An object that an app comes to. */
export interface PlannedObject {
  readonly object: ManifestObject;
  readonly identity: ObjectIdentity;
  /** The file, from the repository's root. */
  readonly file: string;
  /** The directory that it belongs to, from the repository's root. */
  readonly owner: string;
  /** The path of the construct that made it. */
  readonly constructPath: string;
}

/** What an app comes to, for tests: planned in memory, nothing is written. */
export class PlannedApp {
  /**
   * Plans the app that a construct is in.
   *
   * @throws FindingsError with all problems
   */
  static of(scope: IConstruct): PlannedApp {
    const { plan, project, findings } = planScope(scope);
    throwErrors(withSources(findings, scope.node.root, process.cwd()));
    return new PlannedApp(scope, plan, project);
  }

  /** Like `of`, and gives the error where it would be thrown. */
  static tryOf(scope: IConstruct): PlannedApp | FindingsError {
    try {
      return PlannedApp.of(scope);
    } catch (error) {
      if (FindingsError.isFindingsError(error)) return error;
      throw error;
    }
  }

  private all?: readonly PlannedObject[];

  private constructor(
    private readonly scope: IConstruct,
    /** What was planned for the whole app. */
    readonly plan: Plan,
    /** The configuration of the project in which the test runs. */
    readonly project: Project,
  ) {}

  /** The objects in the scope, in the order of their files. */
  get objects(): readonly PlannedObject[] {
    return this.documents.filter(({ constructPath }) => isWithin(constructPath, this.scope.node.path));
  }

  /** The objects of the whole app, in the order of their files; kustomization files are none. */
  get documents(): readonly PlannedObject[] {
    this.all ??= this.plan.rendered.files
      .filter(({ path }) => /\.ya?ml$/.test(path))
      .flatMap((file) =>
        file.documents
          .filter(({ object }) => !object.apiVersion.startsWith('kustomize.config.k8s.io/'))
          .map(({ object, constructPath = file.constructPath ?? '' }) => ({
            object,
            identity: identityOf(object),
            file: file.path,
            owner: file.owner ?? '',
            constructPath,
          })),
      );
    return this.all;
  }

  /** What a synth would report. */
  inspect(): readonly Finding[] {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- few tests ask, and it loads all rules
    const { inspectApp } = require('../app/inspect-app') as typeof import('../app/inspect-app');
    return inspectApp(this.scope.node.root, this.plan, this.project);
  }

  /** What the committed files of some secrets show. */
  inspectSecrets(secrets: ReadonlySet<unknown>): readonly Finding[] {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- few tests ask, and it loads all of sops
    const { inspectSecrets } = require('../app/encrypt-secrets') as typeof import('../app/encrypt-secrets');
    const planned = this.plan.secrets.filter(({ secret }) => secrets.has(secret));
    return withSources(inspectSecrets(planned, this.project.root), this.scope.node.root, process.cwd());
  }

  /** The directories in the scope or around it, each after the one that it is in, in the order of their constructs. */
  get directories(): readonly Directory[] {
    const { path } = this.scope.node;
    const inOrder = (one: Directory): string => one.construct.node.path.replaceAll('/', '\0');
    return this.plan.directories
      .filter(({ construct }) => isWithin(construct.node.path, path) || isWithin(path, construct.node.path))
      .sort((a, b) => compareText(inOrder(a), inOrder(b)));
  }

  /** What Flux does in the clusters of the scope. */
  get clusters(): readonly ClusterGraph[] {
    const entries = new Map([...clustersOf(this.plan)].map(([, cluster]) => [cluster.path, cluster]));
    const graph = buildGraph(this.plan.tree, {
      entries: [...entries.keys()],
      clusters: [...entries.values()],
    });
    const own = enclosingDirectory(this.scope)?.cluster?.path;
    return graph.clusters.filter(({ entry }) => own === undefined || entry === own);
  }

  /** Where a construct was made, for messages: its path, and the line of the author's code. */
  where(constructPath: string): string {
    const construct = constructPath
      .split('/')
      .reduce<IConstruct>((scope, id) => scope.node.tryFindChild(id) ?? scope, this.scope.node.root);
    const found = sourceOf(authorView(construct), process.cwd());
    return found ? `${constructPath} (${found.source})` : constructPath;
  }
}

function isWithin(path: string, scope: string): boolean {
  return scope === '' || path === scope || path.startsWith(`${scope}/`);
}
