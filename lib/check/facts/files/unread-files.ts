import { once } from '../../../plain/once';
import type { ObjectIdentity } from '../../../findings/finding';
import { pushedFolders } from '../../../graph/entries/pushed-artifacts';
import type { Graph } from '../../../graph/graph';
import { isKustomizationFile } from '../../../graph/sources/folder-listing';
import { gitFilter } from '../../../graph/sources/git-ignore';
import { artifactFilter } from '../../../graph/sources/source-ignore';
import { KUSTOMIZE_FILE_GROUP, OPERATOR_GROUP } from '../../../kinds/groups';
import { SYNC_FILE } from '../../../kinds/names';
import { apiGroup, type ManifestObject } from '../../../tree/manifest';
import { baseName, directoryOf, isBelow, joinPath } from '../../../tree/path';
import type { Tree } from '../../../tree/tree';
import { objectsOf } from '../../../tree/readable-documents';
import type { TreeFile } from '../../../tree/tree-file';
import { groupBy } from '../../../plain/group-by';
import type { CheckContext } from '../../check-context';
import { programTexts, type ProgramText } from './program-texts';
import { foldersPutAside } from './put-aside';
import { remoteFolders } from './remote-folders';
import { encryptedOriginal } from './unencrypted-copies';
import { filesOfKustomizations, filesOfPrograms, isNamedByPrograms, valuesFiles } from './used-files';

/** A manifest that no Kustomization reads. */
export interface UnreadFile {
  readonly file: TreeFile;
  /**
   * The kustomization file that could list it: the nearest one at or above its folder.
   *
   * @default - there is none
   */
  readonly kustomization?: string;
  /** Whether a Kustomization builds that kustomization. */
  readonly isBuilt: boolean;
}

/** The manifests that no Kustomization reads; empty where the graph has some of the clusters only. */
export const unreadFiles = once((context: CheckContext): readonly UnreadFile[] => {
  const { tree, graph, options } = context;
  return options.partial ? [] : findUnreadFiles(tree, graph, () => programTexts(context));
});

/**
 * The manifests of a repository that neither a Kustomization of any cluster nor another program reads, in the order of
 * their paths.
 *
 * @param programs - what is run beside Flux
 */
export function findUnreadFiles(
  tree: Tree,
  graph: Graph,
  programs: () => readonly ProgramText[],
): UnreadFile[] {
  const read = readPaths(graph);
  const unread = tree.files.filter(
    (file) => !read.has(file.path) && isCandidate(file, tree, read) && isManifest(file),
  );
  if (unread.length === 0) return [];
  const aside = foldersPutAside(tree).filter((folder) => !read.has(folder));
  const used = new Set([...filesOfKustomizations(tree, new Set([...read, ...aside])), ...valuesFiles(graph)]);
  const named = new Set([
    ...filesOfPrograms(programs()),
    ...otherArtifacts(tree, read),
    ...aside,
    ...remoteFolders(tree, graph),
  ]);
  const awaited = awaitedSecrets(graph);
  const folders = kustomizationFolders(tree);
  const refused = new Set([...refusedKustomizations(graph), ...appliedKustomizations(graph)]);
  const byHand = foldersAppliedByHand(graph);
  const sources = new StartFiles(graph, folders);
  // What a .sourceignore leaves out is not for Flux, and what a .gitignore leaves out does not reach it.
  const isInSource = artifactFilter(tree);
  return unread
    .filter(({ path }) => isInSource(path) && gitFilter(tree)(path))
    .filter(
      ({ path }) => !used.has(path) && !isNamedByPrograms(path, named) && !byHand.has(directoryOf(path)),
    )
    .filter((file) => !isAwaited(file, awaited) && !sources.startsWith(file))
    .map((file) => {
      const kustomization = nearestKustomization(file.path, folders);
      const isBuilt = kustomization !== undefined && read.has(directoryOf(kustomization));
      return { file, kustomization, isBuilt };
    })
    .filter(({ kustomization = '' }) => !refused.has(kustomization));
}

/** The folders that CI pushes as artifacts, and of which no cluster of this repository reads anything. */
function otherArtifacts(tree: Tree, read: ReadonlySet<string>): string[] {
  const folders = pushedFolders(tree, undefined).map(({ folder }) => folder);
  return folders.filter((folder) => ![...read].some((path) => isBelow(path, folder)));
}

/** What is wrong with a kustomization file whose list is unknown; the last one with one that is listed like a manifest. */
const REFUSALS = ['kustomization-invalid', 'listed-file-missing', 'yaml-invalid', 'manifest-invalid'];

/** The kustomization files whose lists are unknown: another finding reports what is wrong with them. */
function refusedKustomizations({ findings }: Graph): ReadonlySet<string> {
  const refusals = findings.filter(({ code, severity }) => severity === 'error' && REFUSALS.includes(code));
  return new Set(refusals.flatMap(({ locations }) => locations.flatMap(({ file }) => file ?? [])));
}

/** The kustomization files that are listed where their folders should be: Flux would apply them as objects, and `kind-unknown` reports it. */
function appliedKustomizations({ clusters }: Graph): string[] {
  const applied = clusters.flatMap(({ nodes }) => nodes.flatMap(({ build }) => build?.inventory ?? []));
  return applied
    .filter(({ identity }) => identity.group === KUSTOMIZE_FILE_GROUP)
    .flatMap(({ location }) => location.file ?? []);
}

/** The folders in which the root Kustomization of a cluster is called `kustomization.yaml`, so that Flux cannot build them. */
function foldersAppliedByHand({ clusters }: Graph): ReadonlySet<string> {
  const files = clusters.flatMap(
    ({ nodes, root }) => nodes.find(({ id }) => id === root)?.location?.file ?? [],
  );
  return new Set(files.filter(isKustomizationFile).map(directoryOf));
}

/** What someone applies by hand together with the Kustomizations that start clusters. */
class StartFiles {
  private readonly sources: readonly ObjectIdentity[];
  /** The folders of the files with these Kustomizations. */
  private readonly folders: ReadonlySet<string>;

  /** @param listing - the kustomization files by their folders */
  constructor(
    { clusters }: Graph,
    private readonly listing: ReadonlyMap<string, string>,
  ) {
    const starts = clusters.flatMap(({ nodes, root, syncSource }) => {
      const file = nodes.find(({ id }) => id === root)?.location?.file;
      return file === undefined ? [] : [{ folder: directoryOf(file), syncSource }];
    });
    this.sources = starts.map(({ syncSource }) => syncSource);
    this.folders = new Set(starts.map(({ folder }) => folder));
  }

  /** Whether a file has only such objects, and stands beside a start, or where no kustomization file could list it. */
  startsWith({ path, documents }: TreeFile): boolean {
    const folder = directoryOf(path);
    if (!this.folders.has(folder) && this.listing.has(folder)) return false;
    return documents.every(({ object }) => this.isOfStart(object));
  }

  private isOfStart({ apiVersion, kind, metadata }: ManifestObject): boolean {
    if (kind === 'FluxInstance') return apiGroup(apiVersion) === OPERATOR_GROUP;
    return this.sources.some((source) => source.kind === kind && source.name === metadata?.name);
  }
}

/** The files and folders that builds read, and the files that start clusters, which bootstrap applies. */
const readPaths = once(({ clusters }: Graph): ReadonlySet<string> => {
  const read = new Set<string>();
  for (const { nodes, root } of clusters) {
    for (const { id, build, location } of nodes) {
      for (const path of build?.reads ?? []) read.add(path);
      if (id === root && location?.file !== undefined) read.add(location.file);
    }
  }
  return read;
});

/** The Secrets that Flux itself needs before it can apply anything: for decryption, and for its sources. */
function awaitedSecrets({ clusters }: Graph): ReadonlySet<string> {
  const secrets = clusters.flatMap(({ nodes, edges }) => {
    const wanted = new Set(edges.flatMap(({ kind, to }) => (kind === 'secret' ? [to] : [])));
    return nodes.filter(({ id, state }) => state === 'missing' && wanted.has(id));
  });
  return new Set(secrets.map(({ identity: { name } }) => name));
}

function isAwaited({ documents }: TreeFile, awaited: ReadonlySet<string>): boolean {
  return documents.every(
    ({ object: { kind, metadata } }) => kind === 'Secret' && awaited.has(metadata?.name ?? ''),
  );
}

/** Unread files by the topmost folder around them below which nothing is read, else by themselves. */
export function byTopFolder(unread: readonly UnreadFile[], graph: Graph): Map<string, UnreadFile[]> {
  if (unread.length === 0) return new Map();
  const live = new Set(['']);
  for (const path of readPaths(graph)) {
    for (let folder = path; !live.has(folder); folder = directoryOf(folder)) live.add(folder);
  }
  return groupBy(unread, ({ file }) => {
    let top = file.path;
    while (!live.has(directoryOf(top))) top = directoryOf(top);
    return top;
  });
}

function kustomizationFolders(tree: Tree): Map<string, string> {
  const files = tree.files.filter(({ path }) => isKustomizationFile(path));
  return new Map(files.map(({ path }) => [directoryOf(path), path]));
}

function nearestKustomization(path: string, folders: ReadonlyMap<string, string>): string | undefined {
  for (let folder = directoryOf(path); ; folder = directoryOf(folder)) {
    const found = folders.get(folder);
    if (found !== undefined || folder === '') return found;
  }
}

/** Folders whose names show that their contents are for readers, tests or other programs. */
const OTHER_USE =
  /^(?:\..*|_.*|bootstrap|examples?|samples?|docs?|documentation|tests?|e2e|testdata|fixtures|hack|scripts?|templates?|ansible|terraform|tofu|talos|packer|schemas?|charts?|helmfile|taskfiles?|deprecated|archived?|disabled|unused|attic)$/i;

/** Files whose names show that they are for readers or for other programs, or are put aside. */
const OTHER_FILE =
  /^[_.]|[._-](?:examples?|samples?|disabled|unused|deprecated|bak|orig|decrypted|unencrypted)\.ya?ml$|\.(?:templates?|tmpl|tpl|dec)\.ya?ml$/i;

/**
 * Whether a file is where bootstrap writes, so that bootstrap or a person may apply it; this does not include Flux's
 * own objects.
 */
function isBesideSync(path: string, tree: Tree): boolean {
  if (!tree.has(joinPath(directoryOf(path), SYNC_FILE))) return false;
  return /\/?gotk-[^/]*$/.test(path) || tree.get(path)?.bytes.includes('.toolkit.fluxcd.io/') !== true;
}

/** Files in hidden folders, of charts, of bootstrap and for the first start of a cluster are for other programs. */
function isCandidate({ path }: TreeFile, tree: Tree, read: ReadonlySet<string>): boolean {
  if (!/\.ya?ml$/.test(path) || isKustomizationFile(path)) return false;
  if (isBesideSync(path, tree) || OTHER_FILE.test(baseName(path))) return false;
  if (encryptedOriginal(tree, path) !== undefined) return false;
  for (let folder = directoryOf(path); folder !== '' && !read.has(folder); folder = directoryOf(folder)) {
    const name = baseName(folder);
    if (OTHER_USE.test(name) || tree.has(`${folder}/Chart.yaml`)) return false;
  }
  return true;
}

/** Whether a file contains Kubernetes objects and nothing else. */
const isManifest = once((file: TreeFile): boolean => {
  if (!file.bytes.includes('apiVersion') || !file.bytes.includes('kind')) return false;
  const objects = objectsOf(file);
  return objects.length > 0 && objects.every(isObject);
});

/** Files that programs on somebody's machine or in CI read, and no cluster. */
const LOCAL_API =
  /^(?:builtin|(?:[\w.-]+\.)?(?:config\.kubernetes\.io|kustomize\.config\.k8s\.io|backstage\.io|eksctl\.io|kind\.x-k8s\.io|k3d\.io|k0sctl\.k0sproject\.io|kops\.k8s\.io|kuttl\.dev|chainsaw\.kyverno\.io|cli\.kyverno\.io|minikube\.sigs\.k8s\.io|kpt\.dev|testkube\.io|kots\.io|skaffold)\/.+|skaffold\/.+)$/;

/** Files that kustomize and other programs read locally also look like an object, but without a name. */
function isObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { apiVersion, kind, metadata } = value as Record<string, unknown>;
  const isNamed = typeof metadata === 'object' && metadata !== null && 'name' in metadata;
  return typeof apiVersion === 'string' && typeof kind === 'string' && isNamed && !LOCAL_API.test(apiVersion);
}
