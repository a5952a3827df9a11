import { Construct } from 'constructs';
import { checkArguments, reportProblems } from '../flux/arguments/check-arguments';
import type { OmitEach } from '../flux/choice';
import type { FluxDuration } from '../flux/duration';
import { chartOf } from '../flux/chart-of';
import { type FluxObjectProps } from '../flux/flux-object';
import { FLUX_NAMESPACE } from '../kinds/names';
import type {
  ImageUpdateAutomationGitCommitAuthor,
  ImageUpdateAutomationGitCommitSigningKey,
  ImageUpdateAutomationGitPush,
} from '../flux/generated/image-update-automation';
import { ImagePolicy, type ImagePolicyProps } from '../flux/image-policy';
import { ImageRepository, type ImageRepositoryProps } from '../flux/image-repository';
import { ImageUpdateAutomation } from '../flux/image-update-automation';
import { namespaceIn } from '../flux/applied-identity';
import { enclosingDirectory } from '../flux/directory';
import { localReference, type ObjectReference } from '../flux/references/reference';
import { report, setFile } from '../flux/side-data';
import { directoryOf, isBelow } from '../tree/path';
import { Cluster } from './cluster';
import { relativeName } from '../render/relative-names';

/** One line for each change, which `Changed` lists since Flux's image API is v1. */
const MESSAGE = `chore(images): update images

{{ range .Changed.Changes -}}
- {{ .OldValue }} -> {{ .NewValue }}
{{ end -}}
`;

/** The props of an `ImageAutomation`. */
export interface ImageAutomationProps extends OmitEach<FluxObjectProps, 'labels' | 'annotations'> {
  /** The author of the commits. */
  readonly author: ImageUpdateAutomationGitCommitAuthor;
  /**
   * The branch that Flux reads. Flux also pushes to it, unless you set `push`.
   *
   * @default - the ref of the source
   */
  readonly branch?: string;
  /**
   * Where Flux pushes its commits: another branch, for pull requests, or a refspec.
   *
   * @default - the branch that Flux reads
   */
  readonly push?: ImageUpdateAutomationGitPush;
  /**
   * The commit message, as a Go template.
   *
   * @default - `chore(images): update images`, and a line for each change
   * @see https://fluxcd.io/flux/components/image/imageupdateautomations/#message-template
   */
  readonly messageTemplate?: string;
  /**
   * The key that signs commits.
   *
   * @default - none, without a signature
   */
  readonly signingKey?: ImageUpdateAutomationGitCommitSigningKey;
  /**
   * The folder whose files Flux updates, relative to the root of the repository.
   *
   * @default - the innermost folder that contains everything that the cluster runs
   */
  readonly path?: string;
  /**
   * How often Flux checks the files for fields to update.
   *
   * @default '30m'
   */
  readonly interval?: FluxDuration;
  /**
   * The repository to commit to.
   *
   * @default - the cluster's source of this repository
   */
  readonly sourceRef?: ObjectReference<'GitRepository'>;
}

/** An image to follow: where its tags are, and which of them to use. */
export interface FollowedImageProps extends OmitEach<
  ImageRepositoryProps,
  'interval' | 'file' | 'namespace' | 'labels' | 'annotations'
> {
  /** How Flux chooses the newest image. */
  readonly policy: ImagePolicyProps['policy'];
  /**
   * The tags to consider.
   *
   * @default - all
   */
  readonly filterTags?: ImagePolicyProps['filterTags'];
  /**
   * How often Flux scans the registry.
   *
   * @default '5m'
   */
  readonly interval?: FluxDuration;
}

/**
 * Keeps images up to date in Git: the images to follow, and the automation that commits their new tags. All of these
 * objects are in one file and one namespace, because an automation handles only the policies of its own namespace.
 *
 * @see https://fluxcd.io/flux/guides/image-update/
 */
export class ImageAutomation extends Construct {
  /** The ImageUpdateAutomation, which commits to Git. */
  readonly automation: ImageUpdateAutomation;

  private readonly namespace?: string;

  constructor(scope: Construct, id: string, props: ImageAutomationProps) {
    const checked = checkArguments('ImageAutomation', scope, id, props);
    super(scope, id);
    reportProblems(this, checked);
    const cluster = Cluster.of(this);
    const { name, namespace, file, author, branch, signingKey, push, interval = '30m' } = checked.props;
    this.namespace = namespace;
    const here = namespaceIn(
      enclosingDirectory(this),
      namespace ?? chartOf(this).namespace ?? FLUX_NAMESPACE,
    );
    if (file !== undefined) setFile(this, file);
    const { messageTemplate = MESSAGE, sourceRef, path } = checked.props;
    this.automation = new ImageUpdateAutomation(this, 'Automation', {
      name: name ?? relativeName(this, enclosingDirectory(this)?.construct ?? chartOf(this)),
      namespace,
      interval,
      sourceRef: sourceRef ?? localReference(this.gitSource(cluster), here),
      git: {
        ...(branch !== undefined && { checkout: { ref: { branch } } }),
        commit: { author, messageTemplate, ...(signingKey && { signingKey }) },
        ...(push && { push }),
      },
      update: { path: path ?? `./${folderOf(cluster)}`, strategy: 'Setters' },
    });
  }

  /**
   * Follows an image: creates its ImageRepository and its ImagePolicy. To mark the fields that contain the image, use
   * `image()` of the policy.
   *
   * @param id - the id of both constructs
   * @example
   * const podinfo = images.follow('podinfo', { image: 'ghcr.io/stefanprodan/podinfo', policy: { semver: { range: '6.x'
   * } }, }); values: { image: { tag: podinfo.image('6.9.2', 'tag') } }
   */
  follow(id: string, props: FollowedImageProps): ImagePolicy {
    const { policy, filterTags, name = id, interval = '5m', ...fields } = props;
    const { namespace } = this;
    const scope = new Construct(this, id);
    const imageRepositoryRef = new ImageRepository(scope, 'Repository', {
      name,
      namespace,
      ...fields,
      interval,
    });
    return new ImagePolicy(scope, 'Policy', {
      name,
      namespace,
      imageRepositoryRef,
      ...(filterTags && { filterTags }),
      policy,
    });
  }

  private gitSource({ sourceRef }: Cluster): ObjectReference<'GitRepository'> {
    if (sourceRef.kind !== 'GitRepository') {
      report(this, {
        code: 'image-source-invalid',
        message: `the cluster is synced from a ${sourceRef.kind}, but image automation commits to Git`,
        hint: "set the repository: sourceRef: GitRepository.fromName('fleet')",
      });
    }
    return sourceRef as ObjectReference<'GitRepository'>;
  }
}

/** The nearest folder that contains the entry path and the directories of the FluxApps. */
function folderOf({ entryPath, folders }: Cluster): string {
  let folder = folders[0] as string;
  while (folder !== '' && ![entryPath, ...folders].every((path) => isBelow(path, folder)))
    folder = directoryOf(folder);
  return folder;
}
