import { Chart, type ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../flux/arguments/check-arguments';
import { pathOf } from '../flux/arguments/path-of';
import type { OwnFindingInput } from '../findings/finding';
import { defineDirectory } from '../flux/directory';
import type { KustomizeFields } from '../flux/kustomize-fields';
import { report } from '../flux/side-data';
import { rememberSource, watchSources } from '../flux/source-line';
import { chartObjects } from '../render/chart-objects';
import { relativeName } from '../render/relative-names';
import type { ManifestObject } from '../tree/manifest';
import { requireGitOpsApp } from './gitops-root';

/** The props of a `ManifestDirectory`. */
export interface ManifestDirectoryProps {
  /** The directory, relative to the root of the repository, for example `./infrastructure/controllers`. */
  readonly path: string;
  /**
   * The namespace of the objects inside that do not set one.
   *
   * @default - none; Flux objects without a namespace are in `flux-system`
   */
  readonly namespace?: string;
  /**
   * Labels for all objects inside.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * The content of its `kustomization.yaml` in addition to the list of files: bases, patches, a namespace.
   *
   * @default - nothing
   */
  readonly kustomize?: KustomizeFields;
}

/** The root contains everything else, so synth may not publish to it. */
const ROOT: OwnFindingInput = {
  code: 'path-invalid',
  message: 'the root of the repository cannot be a ManifestDirectory',
  hint: 'use a folder in it, for example path: "./infrastructure"',
};

/**
 * A directory of manifests that does not belong to a cluster: a folder that Kustomizations of several clusters apply, a
 * base, or an overlay. To apply it, set its path in a `Kustomization`, or list it in `kustomize` of another directory.
 *
 * Like a `FluxApp`, it can contain any construct. Each direct child becomes a file `<id>.yaml`.
 */
export class ManifestDirectory extends Chart {
  /** The directory, relative to the root of the repository and without `./`. */
  readonly directory: string;

  constructor(scope: Construct, id: string, props: ManifestDirectoryProps) {
    const checked = checkArguments('ManifestDirectory', scope, id, props);
    const { path, namespace, labels, kustomize } = checked.props;
    super(scope, id, { namespace, labels: { ...labels } });
    requireGitOpsApp(this);
    rememberSource(this);
    watchSources(this);
    reportProblems(this, checked);
    this.directory = pathOf(this, path, `invalid/${id}`);
    if (this.directory === '') report(this, ROOT);
    defineDirectory(this, { construct: this, path: this.directory, kustomize });
  }

  /** Names objects after their ids below the directory, without a hash. */
  override generateObjectName(apiObject: ApiObject): string {
    return relativeName(apiObject, this);
  }

  /**
   * The objects of the directory, in order.
   *
   * @throws FindingsError with all problems of these objects
   */
  override toJson(): ManifestObject[] {
    return chartObjects(this);
  }
}
