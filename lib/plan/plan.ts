import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { checkBootstrap } from '../delivery/bootstrap/check-bootstrap';
import { checkLayout } from '../delivery/check-layout';
import { inAuthorsOrder, renderObject } from '../render/render';
import { inDependencyOrder } from '../render/dependency-order';
import { RelativeNames } from '../render/relative-names';
import { ShardLabels } from '../render/shard-labels';
import { substituteVariables, type RenderedObject } from '../render/variables/substitute-variables';
import { finding, type Finding } from '../findings/finding';
import { FindingsError } from '../findings/findings-error';
import { compileOrdering, type Ordering } from '../flux/dependencies/compile-dependencies';
import { takeMarkers } from '../flux/variables/image-marker';
import { authorView, isEntryPath, type Directory } from '../flux/directory';
import { commentsOf, headerOf } from '../flux/side-data';
import { findPlaintextSecrets } from '../sops/plaintext-guard';
import { compareText } from '../plain/compare-text';
import type { ManifestDocument, ManifestObject } from '../tree/manifest';
import { isBelow, joinPath, repositoryPath } from '../tree/path';
import { Tree } from '../tree/tree';
import { TreeFile } from '../tree/tree-file';
import { inAuthorsWords } from './authors-words';
import { ClusterArtifacts } from '../delivery/artifacts/cluster-artifacts';
import { collect, type FileRequest } from './collect';
import { findUndecrypted } from './decryption';
import { findDuplicates } from './duplicates';
import { filesByDirectory } from './files-by-directory';
import { kustomizationFile } from './kustomization-file';
import type { PrintedRelease } from './printed-release';
import { checkReleases, hasValuesSchema } from './releases';
import { shareDirectories } from './share-directories';
import { planElsewhere, type ScratchFile } from './scratch';
import { validateDirectories, type KnowledgeOf } from './validate';
import { withoutFollowing } from './without-following';
import type { LoadRepository } from './artifacts';
import { keepSecrets, type Encryption, type PlannedSecret } from './secrets';

/** What an app comes to before anything is checked or written. */
export interface Plan {
  /** The files to publish. */
  readonly tree: Tree;
  /** The files with a directory for each cluster: the same as `tree` where clusters share none. */
  readonly rendered: Tree;
  /** By name, what goes to the folder that cdk8s knows: all objects of a cluster or of a chart in one file. */
  readonly scratch: readonly ScratchFile[];
  /** The directories of the clusters and FluxApps that files are written to. */
  readonly directories: readonly Directory[];
  /** The secrets and the files that they became. */
  readonly secrets: readonly PlannedSecret[];
  /** Everything that was found wrong while planning. */
  readonly findings: readonly Finding[];
}

/** A cluster of an app. */
export interface PlannedCluster {
  /** The id of its construct. */
  readonly name: string;
  /** Its entry path from the root of the repository. */
  readonly path: string;
}

/** The clusters of an app by the directories of all that belongs to them, their entry paths among these. */
export function clustersOf({ directories }: Plan): ReadonlyMap<string, PlannedCluster> {
  return new Map(
    directories.flatMap(({ path, cluster }) =>
      cluster ? [[path, { name: cluster.construct.node.id, path: cluster.path }]] : [],
    ),
  );
}

/** A file with rendered objects. */
interface PlannedFile {
  readonly directory: Directory;
  readonly path: string;
  readonly request: FileRequest;
  readonly rendered: readonly RenderedObject[];
}

/** What planning collects. */
interface Work {
  readonly secrets: (PlannedSecret & { readonly directory: Directory })[];
  readonly files: PlannedFile[];
  readonly releases: PrintedRelease[];
  readonly ordering: Ordering;
  readonly shards: ShardLabels;
  readonly tree: Tree;
  readonly findings: Finding[];
  /** Whether clusters have conflicting folders: their files then collide, which is reported once. */
  readonly collides: boolean;
  /** The generators of artifacts, whose contents depend on all other files. */
  readonly generators: ClusterArtifacts[];
}

/**
 * Plans the files of an app. Costs are linear in the number of constructs; nothing is written.
 *
 * @param root - the app: ours, or a stock cdk8s one
 * @param encryption - what becomes of secrets; by default what is committed is kept, and nothing is encrypted
 * @param knowledgeOf - what is known of each cluster beside its objects
 * @param repository - loads the files that are not planned, for apps that are cut into artifacts
 */
export function planApp(
  root: IConstruct,
  encryption: Encryption = keepSecrets(),
  knowledgeOf?: KnowledgeOf,
  repository?: LoadRepository,
): Plan {
  const { files, elsewhere, findings, invalid } = collect(root);
  const ordering = compileOrdering(root);
  const layout = checkLayout(files.keys());
  const ownFindings = [...findings, ...ordering.findings, ...checkBootstrap(root), ...layout];
  const work: Work = {
    ordering,
    shards: new ShardLabels(ownFindings),
    tree: new Tree(),
    findings: ownFindings,
    collides: layout.length > 0,
    secrets: [],
    files: [],
    releases: [],
    generators: [],
  };
  const directories = [...files.keys()].sort((a, b) =>
    compareText(a.construct.node.path, b.construct.node.path),
  );
  const scratch = inAuthorsOrder(() => {
    for (const directory of directories)
      renderDirectory(directory, [...(files.get(directory)?.values() ?? [])], work);
    return planElsewhere(elsewhere, work.findings);
  });
  const substituting = addFiles(directories, work);
  for (const file of encryption(work.secrets, work.findings)) addFile(file, work);
  if (work.generators.length > 0) cutArtifacts(work, repository);
  const placed = filesByDirectory(work.tree, directories);
  work.findings.push(
    ...findDuplicates(placed),
    ...findPlaintext(work.tree),
    ...checkReleases(work.releases),
    ...findUndecrypted(placed),
    ...validateDirectories(placed, substituting, knowledgeOf),
  );
  const tree = shareDirectories(work.tree, directories, work.findings);
  return {
    tree,
    rendered: work.tree,
    scratch,
    directories,
    secrets: work.secrets,
    findings: withoutFollowing(work.findings, invalid, findings).map((found) => inAuthorsWords(found, root)),
  };
}

/** Secrets that everyone could read in git. */
function findPlaintext(tree: Tree): Finding[] {
  const secretive = tree.files.filter((file) => file.isPrinted);
  return secretive.flatMap((file) =>
    file.documents.flatMap(({ object, constructPath }) =>
      findPlaintextSecrets(object, { file: file.path, constructPath }),
    ),
  );
}

/** Renders the contents of a directory. */
function renderDirectory(directory: Directory, requests: readonly FileRequest[], work: Work): void {
  const names = new RelativeNames(directory.construct);
  for (const request of inFileOrder(requests, work.ordering)) {
    const path = pathOf(directory, request, work.findings);
    if (path === undefined) continue;
    const rendered = inDependencyOrder(request.objects, work.ordering.before).flatMap((construct) => {
      const object = renderObject(construct, names, work.findings, true);
      return object ? [{ construct, object: work.shards.label(construct, object), directory }] : [];
    });
    work.files.push({ directory, path, request, rendered });
    if (request.secret)
      work.secrets.push({ secret: request.secret, path, owner: request.owner.path, directory });
  }
}

/** Adds the files of all directories to the tree; returns the directories in which Flux substitutes variables. */
function addFiles(directories: readonly Directory[], work: Work): ReadonlySet<Directory> {
  const secrets = work.secrets.filter(({ secret }) => secret.takenFrom === undefined);
  const { objects, substituting } = substituteVariables(
    work.files.flatMap(({ rendered }) => rendered),
    secrets.map(({ secret, directory }) => ({
      directory,
      metadata: secret.metadata,
      keys: Object.keys(secret.props.values),
    })),
    work.findings,
  );
  const byDirectory = new Map<Directory, PlannedFile[]>(directories.map((directory) => [directory, []]));
  for (const file of work.files) byDirectory.get(file.directory)?.push(file);
  for (const [directory, files] of byDirectory) {
    for (const { path, request, rendered } of files) {
      if (request.secret) continue;
      const generators = rendered.flatMap(({ construct }) =>
        ClusterArtifacts.isClusterArtifacts(construct) ? [construct] : [],
      );
      work.generators.push(...generators);
      if (generators.length > 0) continue;
      const documents = rendered.map(({ construct }) =>
        toDocument(construct, objects.get(construct) as ManifestObject),
      );
      addFile(TreeFile.fromDocuments(path, documents, ownership(request)), work);
      rendered.forEach(({ construct }, index) => {
        const document = documents[index] as ManifestDocument;
        if (!hasValuesSchema(construct)) return;
        work.releases.push({
          release: construct,
          document,
          file: path,
          substitutes: substituting.has(directory),
        });
      });
    }
    const names = files.map(({ path }) => path.slice(directory.path.length + 1));
    if (!isEntryPath(directory))
      addFile(kustomizationFile(directory, [...new Set(names)], work.findings), work);
  }
  return substituting;
}

/**
 * Writes the generators, once the contents of all artifacts are known. Few apps have generators, and only they load the
 * code for that.
 */
function cutArtifacts(work: Work, repository: LoadRepository | undefined): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it for every app
  const { fillArtifacts } = require('./artifacts') as typeof import('./artifacts');
  fillArtifacts(work.generators, work.files, work.tree, repository);
  for (const { path, request, rendered } of work.files) {
    if (!rendered.some(({ construct }) => ClusterArtifacts.isClusterArtifacts(construct))) continue;
    const documents = rendered.flatMap(({ construct }) => {
      const object = renderObject(construct, undefined, work.findings);
      return object ? [toDocument(construct, object)] : [];
    });
    addFile(TreeFile.fromDocuments(path, documents, ownership(request)), work);
  }
}

function ownership(request: FileRequest): { owner: string; constructPath: string } {
  return { owner: request.owner.path, constructPath: request.child.node.path };
}

function addFile(file: TreeFile | undefined, work: Work): void {
  const clash = file && work.tree.add(file);
  if (clash && !work.collides) work.findings.push(clash);
}

/** Files by name, except that files which others of the same directory wait for come first. */
function inFileOrder(requests: readonly FileRequest[], ordering: Ordering): FileRequest[] {
  const sorted = [...requests].sort((a, b) => compareText(a.name, b.name));
  if (ordering.before.size === 0) return sorted;
  const requestOf = new Map<ApiObject, FileRequest>();
  for (const request of sorted) for (const object of request.objects) requestOf.set(object, request);
  const before = new Map<FileRequest, Set<FileRequest>>();
  for (const [object, request] of requestOf) {
    for (const earlier of ordering.before.get(object) ?? []) {
      const other = requestOf.get(earlier);
      if (other && other !== request) before.set(request, (before.get(request) ?? new Set()).add(other));
    }
  }
  return inDependencyOrder(sorted, before);
}

function pathOf(directory: Directory, request: FileRequest, findings: Finding[]): string | undefined {
  const here = { constructPath: request.child.node.path };
  try {
    const path = repositoryPath(joinPath(directory.path, request.name), here);
    if (path !== directory.path && isBelow(path, directory.path) && /\.ya?ml$/.test(path)) return path;
  } catch (error) {
    if (!FindingsError.isFindingsError(error)) throw error;
    findings.push(...error.findings);
    return undefined;
  }
  findings.push(
    finding({
      code: 'file-name-invalid',
      message: `got the file name ${JSON.stringify(request.name)} in ${JSON.stringify(directory.path)}; must end with .yaml or .yml, and stay in the directory`,
      hint: 'use a name such as "config.yaml"',
      locations: [here],
    }),
  );
  return undefined;
}

function toDocument(construct: ApiObject, object: ManifestObject): ManifestDocument {
  const document: ManifestDocument = { object, constructPath: authorView(construct).node.path };
  const comments = new Map([...(commentsOf(construct) ?? []), ...takeMarkers(object)]);
  const header = headerOf(construct);
  return header === undefined && comments.size === 0 ? document : { ...document, header, comments };
}
