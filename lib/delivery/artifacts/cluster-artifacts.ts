import type { Construct } from 'constructs';
import { ArtifactGenerator } from '../../flux/artifact-generator';
import { report, setFile } from '../../flux/side-data';
import { namespaceOf } from '../../flux/references/refer-to';
import { referenceTo, type ObjectReference } from '../../flux/references/reference';
import type { ArtifactGeneratorSources } from '../../flux/generated/artifact-generator';
import { FLUX_NAMESPACE } from '../../kinds/names';
import { addToGroup } from '../../plain/group-by';
import { nameProblem } from '../../schema/kubernetes-names';
import { toLabel } from '../../render/relative-names';
import type { Cluster } from '../cluster';
import type { FluxApp } from '../flux-app';

/**
 * How to split the repository into artifacts: one for each FluxApp (`app`), one for each layer (`layer`), or by a
 * function that returns the name of the artifact of a FluxApp. FluxApps for which the function returns `undefined` keep
 * the source of the cluster.
 */
export type ArtifactSplit = 'app' | 'layer' | ((app: FluxApp) => string | undefined);

const GENERATOR = Symbol.for('cdk8s-flux.ClusterArtifacts');
const ID = 'Artifacts';
/** The alias of the cluster's source. */
const ALIAS = 'repo';

/** An artifact that is cut out for some FluxApps. */
export interface MemberArtifact {
  readonly name: string;
  readonly apps: readonly FluxApp[];
}

/** What the planner finds out of an artifact: from where to where files are copied. */
export interface FilledArtifact {
  readonly name: string;
  readonly originRevision?: string;
  readonly copy: readonly { readonly from: string; readonly to: string }[];
}

/** Cuts the repository of a cluster into the artifacts of its FluxApps. What each holds is found out when all is planned. */
export class ClusterArtifacts extends ArtifactGenerator {
  /** Whether a construct is one, also of another copy of this package. */
  static isClusterArtifacts(value: unknown): value is ClusterArtifacts {
    return typeof value === 'object' && value !== null && GENERATOR in value;
  }

  private readonly members = new Map<string, FluxApp[]>();
  private filled?: readonly FilledArtifact[];

  constructor(cluster: Cluster) {
    const { kind, name } = cluster.sourceRef;
    const namespace = namespaceOf(cluster.sourceRef);
    super(cluster, ID, {
      name,
      namespace: cluster.namespace,
      sources: [
        {
          alias: ALIAS,
          source: referenceTo(kind as ArtifactGeneratorSources['kind'], name, namespace ?? FLUX_NAMESPACE),
        },
      ],
      artifacts: [],
    });
    Object.defineProperty(this, GENERATOR, { value: true });
    setFile(this, 'artifacts.yaml');
  }

  /** The artifacts by their names. */
  get artifacts(): readonly MemberArtifact[] {
    return [...this.members].map(([name, apps]) => ({ name, apps }));
  }

  /** Adds a FluxApp to an artifact. */
  add(name: string, app: FluxApp): void {
    addToGroup(this.members, name, app);
  }

  /** Says what the artifacts hold. */
  fill(artifacts: readonly FilledArtifact[]): void {
    this.filled = artifacts;
  }

  /** Before anything is planned, an artifact is known to hold the directories of its FluxApps. */
  protected override specification(): object {
    const guessed = () => this.artifacts.map(({ name, apps }) => ({ name, copy: apps.map(copyOf) }));
    return { ...super.specification(), artifacts: this.filled ?? guessed() };
  }
}

function copyOf({ directory }: FluxApp): { from: string; to: string } {
  return { from: `@${ALIAS}/${directory}/**`, to: `@artifact/${directory}/` };
}

/**
 * The artifact from which a FluxApp is applied; nothing where it stays on the source of the cluster.
 *
 * @param name - the name of its Kustomization
 */
export function artifactFor(
  cluster: Cluster,
  app: FluxApp,
  name: string,
): ObjectReference<'ExternalArtifact'> | undefined {
  const { artifacts: split } = cluster;
  if (split === undefined) return undefined;
  const artifact = typeof split === 'function' ? split(app) : split === 'layer' ? layerOf(app) : name;
  if (artifact === undefined) return undefined;
  const problem =
    typeof artifact === 'string' ? nameProblem(artifact, 'dns-subdomain') : 'return a string or undefined';
  if (problem !== undefined) {
    // The name of a Kustomization is checked with the Kustomization.
    if (artifact !== name) reportName(app, artifact, problem);
    return undefined;
  }
  const found = cluster.node.tryFindChild(ID);
  const generator = ClusterArtifacts.isClusterArtifacts(found) ? found : new ClusterArtifacts(cluster);
  generator.add(artifact, app);
  return referenceTo('ExternalArtifact', artifact, generator.metadata.namespace);
}

/** The layer of the outermost FluxApp that has one, as a name. */
function layerOf(app: FluxApp): string {
  let layer: string | undefined;
  for (let scope: Construct | undefined = app; scope; scope = scope.node.scope as Construct | undefined)
    layer = (scope as Partial<FluxApp>).layer ?? layer;
  return toLabel(layer ?? app.node.id);
}

function reportName(app: FluxApp, name: unknown, problem: string): void {
  report(app, {
    code: 'argument-invalid',
    message: `the artifacts function of the Cluster returned ${JSON.stringify(name) ?? typeof name}, which cannot be the name of an artifact: ${problem}`,
    hint: 'return a name such as "team-a", or undefined to leave the FluxApp on the source of the cluster',
    field: 'artifacts',
  });
}
