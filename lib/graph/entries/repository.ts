import { once } from '../../plain/once';
import { KUSTOMIZE_GROUP, SOURCE_GROUP } from '../../kinds/groups';
import { mapOf, textOf, type PlainMap } from '../../plain/plain-data';
import type { ObjectIdentity } from '../../findings/finding';
import { addToGroup, groupBy } from '../../plain/group-by';
import { apiGroup } from '../../tree/manifest';
import type { Tree } from '../../tree/tree';
import type { TreeFile } from '../../tree/tree-file';
import { isFluxKustomization } from '../kinds';
import { BuildLog } from '../kustomize/build-log';
import { itemsOf, loadManifests } from '../kustomize/read/load-manifests';
import type { Resource } from '../kustomize/resource';
import { sourcePath } from '../post-build/kustomization-change';
import { sameAddress } from '../sources/address';
import type { SourceView, SourceViews } from '../kustomize/source-views';
import { sourceOfObject } from './entry';
import { isExampleFolder } from './example-folders';
import { mayHoldGroup } from './holds-group';
import { KustomizationUses } from './kustomization-uses';

/** A path that a Kustomization builds. */
export interface BuiltPath {
  readonly file: string;
  readonly path: string;
}

/** A Flux Kustomization as it stands in its file. */
export interface FoundKustomization extends BuiltPath {
  readonly resource: Resource;
  /** All objects of its file. */
  readonly beside: readonly Resource[];
  readonly source: ObjectIdentity;
}

/** What the search for entries asks of a repository. Everything is gathered once, when it is first asked for. */
export class Repository {
  private knownUses?: KustomizationUses;
  private knownKustomizations?: readonly FoundKustomization[];
  private knownByPath?: ReadonlyMap<string, readonly TreeFile[]>;
  private knownFolders?: readonly string[];
  private knownSources?: readonly FoundSource[];
  private knownUrls?: ReadonlyMap<string, string>;
  private knownUrl?: string;

  constructor(
    readonly tree: Tree,
    private readonly views: SourceViews,
  ) {}

  /** The whole repository, and the builds from it. */
  get whole(): SourceView {
    return this.views.get();
  }

  /** Which kustomizations list what. */
  get uses(): KustomizationUses {
    return (this.knownUses ??= new KustomizationUses(this.tree));
  }

  /** The address of the repository, if something names it: a source with another one is another repository. */
  get url(): string | undefined {
    return this.knownUrl;
  }

  set url(url: string | undefined) {
    if (url !== undefined && isPlain(url)) this.knownUrl = url;
  }

  /** The Flux Kustomizations of all files, but for patches and examples. */
  get kustomizations(): readonly FoundKustomization[] {
    return (this.knownKustomizations ??= this.kustomizationsOf(this.tree.files));
  }

  /** Those that build a path. Of the files that are printed from objects, only the ones that hold such are looked into. */
  kustomizationsAt(path: string): readonly FoundKustomization[] {
    this.knownByPath ??= filesByPath(this.tree.files, (file) => this.kustomizationsOf([file]));
    return this.kustomizationsOf(this.knownByPath.get(path) ?? []).filter((one) => one.path === path);
  }

  private kustomizationsOf(files: readonly TreeFile[]): readonly FoundKustomization[] {
    return files
      .filter(mayHoldKustomization)
      .filter(({ path }) => !this.uses.isPatch(path) && !this.uses.isExample(path))
      .flatMap((file) => kustomizationsOfFile(file));
  }

  /** The folders with manifests, without examples. */
  readonly folders = (): readonly string[] =>
    (this.knownFolders ??= this.whole.view.allFolders().filter((folder) => !isExampleFolder(folder)));

  /** Whether there is a folder with manifests at a path, or a file below it. */
  readonly has = (path: string): boolean => this.whole.view.hasFolder(path);

  /**
   * Whether most Kustomizations that build a folder build it from a source: then it is the repository's own. The root of
   * another source, as of the one with Flux's own manifests, is not the root of this repository.
   */
  isMainSource(source: ObjectIdentity): boolean {
    const built = this.kustomizations.filter(({ path }) => path !== '');
    const counts = [...groupBy(built, ({ source: { kind, name } }) => `${kind}/${name}`)];
    const most = Math.max(0, ...counts.map(([, { length }]) => length));
    const own = counts.find(([name]) => name === `${source.kind}/${source.name}`)?.[1].length ?? 0;
    return own === most;
  }

  /**
   * Whether a source holds another repository: the tree has it, with another address than that of this repository, or, if
   * that is unknown, than that of the main source.
   */
  isForeign(source: ObjectIdentity): boolean {
    const url = this.urls.get(sourceKey(source));
    if (this.url !== undefined) return this.isAtOtherAddress(source);
    if (url === undefined || this.isMainSource(source)) return false;
    const main = this.kustomizations.find((one) => this.isMainSource(one.source));
    const own = main && this.urls.get(sourceKey(main.source));
    return own === undefined || !sameAddress(own, url);
  }

  /** Whether the tree has a source with another address than that of the repository. */
  isAtOtherAddress(source: ObjectIdentity): boolean {
    const url = this.urls.get(sourceKey(source));
    return this.url !== undefined && url !== undefined && !sameAddress(this.url, url);
  }

  /** The namespace of a source, where the tree has it in a single one. */
  namespaceOf(source: ObjectIdentity): string | undefined {
    const key = sourceKey(source);
    const namespaces = new Set(
      this.sources.filter((one) => one.key === key).map(({ namespace }) => namespace),
    );
    return namespaces.size === 1 ? [...namespaces][0] : undefined;
  }

  /** The files that have a source. */
  filesOf(source: ObjectIdentity): readonly string[] {
    const key = sourceKey(source);
    return this.sources.filter((one) => one.key === key).map(({ file }) => file);
  }

  /** The addresses of the sources in the tree. */
  private get urls(): ReadonlyMap<string, string> {
    return (this.knownUrls ??= new Map(this.sources.map(({ key, url }) => [key, url])));
  }

  /** The sources in the tree. */
  private get sources(): readonly FoundSource[] {
    return (this.knownSources ??= this.tree.files
      .filter((file) => mayHoldGroup(file, SOURCE_GROUP))
      .filter(({ path }) => !this.uses.isPatch(path) && !this.uses.isExample(path))
      .flatMap((file) => sourcesOfFile(file)));
  }

  /** The paths that Kustomizations build from a source. */
  builtFrom(source: ObjectIdentity): FoundKustomization[] {
    return this.kustomizations.filter(
      (one) => one.source.kind === source.kind && one.source.name === source.name && isPlain(one.path),
    );
  }
}

/** A source as Kustomizations name it. Namespaces are often set elsewhere. */
function sourceKey({ kind, name }: Pick<ObjectIdentity, 'kind' | 'name'>): string {
  return `${kind}/${name}`;
}

/** A source as it stands in its file. */
interface FoundSource {
  readonly key: string;
  readonly file: string;
  readonly url: string;
  readonly namespace?: string;
}

const sourcesOfFile = once((file: TreeFile): readonly FoundSource[] =>
  loadManifests(file, new BuildLog()).flatMap(({ object: { apiVersion, kind, metadata, spec } }) => {
    const url = textOf(mapOf(spec).url);
    if (apiGroup(apiVersion) !== SOURCE_GROUP || url === undefined) return [];
    const key = sourceKey({ kind, name: textOf(metadata?.name) ?? '' });
    return [{ key, file: file.path, url, namespace: textOf(metadata?.namespace) }];
  }),
);

/** Whether a path has no variable in it, which only the cluster knows. */
export function isPlain(path: string): boolean {
  return !/[$*{}]/.test(path);
}

/** The files with Flux Kustomizations by the paths that these build, in the order of the tree. */
function filesByPath(
  files: readonly TreeFile[],
  kustomizationsOf: (file: TreeFile) => readonly FoundKustomization[],
): ReadonlyMap<string, readonly TreeFile[]> {
  const found = new Map<string, TreeFile[]>();
  for (const file of files) {
    const paths = file.isPrinted ? printedPaths(file) : kustomizationsOf(file).map(({ path }) => path);
    for (const path of new Set(paths)) addToGroup(found, path, file);
  }
  return found;
}

/** The paths that the Flux Kustomizations in a printed file build, including those inside a List. */
function printedPaths({ documents }: TreeFile): string[] {
  return documents.flatMap(({ object }) =>
    (object.kind === 'Kustomization' ? [object] : itemsOf(object).map(mapOf)).flatMap(builtPath),
  );
}

function builtPath(object: PlainMap): string[] {
  return isFluxKustomization(object) ? [sourcePath(textOf(mapOf(object.spec).path))] : [];
}

// The two sides of a diff have most files in common.
const mayHoldKustomization = once((file: TreeFile): boolean => mayHoldGroup(file, KUSTOMIZE_GROUP));

const kustomizationsOfFile = once((file: TreeFile) =>
  kustomizationsIn(file.path, loadManifests(file, new BuildLog())),
);

function kustomizationsIn(file: string, beside: readonly Resource[]): FoundKustomization[] {
  return beside
    .filter(({ object }) => isFluxKustomization(object))
    .map((resource) => ({
      resource,
      file,
      path: sourcePath(textOf(mapOf(resource.object.spec).path)),
      source: sourceOfObject(resource.object),
      beside,
    }));
}
