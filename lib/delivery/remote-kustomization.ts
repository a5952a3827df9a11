import { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../flux/arguments/check-arguments';
import type { OmitEach } from '../flux/choice';
import { chartOf } from '../flux/chart-of';
import { GitRepository, type GitRepositoryProps } from '../flux/git-repository';
import type { FluxObjectProps } from '../flux/flux-object';
import { Kustomization, type KustomizationFields, type KustomizationSourceKind } from '../flux/kustomization';
import type { ObjectReference } from '../flux/references/reference';
import { setFile } from '../flux/side-data';
import { setStandIn } from '../flux/dependencies/dependable-object';
import { enclosingDirectory } from '../flux/directory';
import { relativeName } from '../render/relative-names';

/** The source of a `RemoteKustomization`: props that create one, or a construct. */
export type RemoteSource =
  | { /** A Git repository, made here. */ readonly git: OmitEach<GitRepositoryProps, 'file'> }
  | ObjectReference<KustomizationSourceKind>;

/** The props of a `RemoteKustomization`: the source, and every field of the Kustomization that applies it. */
export interface RemoteKustomizationProps
  extends Omit<FluxObjectProps, 'labels' | 'annotations'>, Omit<KustomizationFields, 'sourceRef' | 'prune'> {
  /** The source: `{ git: { url, ref, interval } }` creates one; a construct or `GitRepository.fromName(...)` refers to one. */
  readonly source: RemoteSource;
  /**
   * Whether Flux deletes an object from the cluster when it is removed from the source.
   *
   * @default true
   */
  readonly prune?: boolean;
}

/**
 * Applies a path of another repository: a source and the Kustomization that applies a path of it, in one file.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export class RemoteKustomization extends Construct {
  /** The source construct, or the reference to it. */
  readonly source: ObjectReference<KustomizationSourceKind>;
  /** The Kustomization that applies a path of the source. */
  readonly kustomization: Kustomization;

  constructor(scope: Construct, id: string, props: RemoteKustomizationProps) {
    const checked = checkArguments('RemoteKustomization', scope, id, props);
    super(scope, id);
    reportProblems(this, checked);
    const { source, name: given, namespace, file, prune = true, ...fields } = checked.props;
    const name = given ?? relativeName(this, enclosingDirectory(this)?.construct ?? chartOf(this));
    if (file !== undefined) setFile(this, file);
    this.source =
      'git' in source ? new GitRepository(this, 'Source', { name, namespace, ...source.git }) : source;
    this.kustomization = new Kustomization(this, 'Kustomization', {
      name,
      namespace,
      ...fields,
      prune,
      sourceRef: this.source,
    });
    setStandIn(this, this.kustomization);
  }
}
