import { isMap, type PlainMap } from '../../../plain/plain-data';
import type { ManifestDocument, ManifestObject } from '../../../tree/manifest';
import type { TreeFile } from '../../../tree/tree-file';
import type { RepositoryView } from '../../sources/repository-view';
import type { BuildResult } from '../build-result';
import { holdsOddKey, LOCAL_CONFIG } from './load-manifests';
import { idKey, idOf, newResource, type Resource } from '../resource';

/** A path below its own folder, in the one spelling that needs no resolving. */
const plainPath = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;

const API_VERSION = 'kustomize.config.k8s.io/v1beta1';

/** Building a smaller folder again is faster than storing its build. */
const MANY = 100;

/** The folders of a view that only list files. An entry path is asked for several times, and may hold thousands. */
export class ListedFolders {
  private readonly known = new Map<string, BuildResult>();

  /** @param remembers - not where the view is to be asked for all that a build rests on */
  constructor(
    private readonly view: RepositoryView,
    private readonly remembers: boolean,
  ) {}

  /** The build of a folder; `undefined` where it does more than to list files that are printed from objects. */
  build(folder: string): BuildResult | undefined {
    const result = this.known.get(folder) ?? buildListedFiles(this.view, folder);
    if (this.remembers && result && result.resources.length > MANY) this.known.set(folder, result);
    return result;
  }
}

/**
 * The build of a folder whose kustomization does nothing but list files, or which has none, where all files are printed
 * from objects, as the folders of a plan are: the objects of these files, as they are. `undefined` where there is
 * anything that kustomize changes or refuses; the build itself tells what.
 */
export function buildListedFiles(view: RepositoryView, folder: string): BuildResult | undefined {
  const paths = listedPaths(view, folder);
  const files = paths?.map((path) => view.file(path));
  if (!paths || !files?.every(isPlainFile)) return undefined;
  const resources = files.flatMap(resourcesOf);
  const isDistinct = new Set(resources.map((resource) => idKey(idOf(resource)))).size === resources.length;
  return isDistinct ? { resources, findings: [], remotes: [], reads: [folder, ...paths] } : undefined;
}

function resourcesOf(file: TreeFile): Resource[] {
  return file.documents.map(({ object }) => newResource(object, { file: file.path, line: 1 }));
}

/** The files that a printed kustomization lists, if it contains nothing else; without a kustomization, all files. */
function listedPaths(view: RepositoryView, folder: string): readonly string[] | undefined {
  const [path, other] = view.kustomizationFiles(folder);
  if (path === undefined) return view.generatedResources(folder);
  const file = other === undefined ? view.file(path) : undefined;
  if (!file?.isPrinted || file.documents.length !== 1) return undefined;
  const { object } = file.documents[0] as ManifestDocument;
  const { apiVersion = API_VERSION, kind = 'Kustomization', resources, ...others } = object as PlainMap;
  if (apiVersion !== API_VERSION || kind !== 'Kustomization' || Object.keys(others).length > 0)
    return undefined;
  if (!Array.isArray(resources) || resources.length === 0) return undefined;
  const start = folder === '' ? '' : `${folder}/`;
  return resources.every(isPlainPath) ? resources.map((name) => start + name) : undefined;
}

function isPlainPath(path: unknown): path is string {
  return typeof path === 'string' && plainPath.test(path);
}

function isPlainFile(file: TreeFile | undefined): file is TreeFile {
  return (
    file !== undefined &&
    file.isPrinted &&
    !holdsOddKey(file) &&
    file.documents.every(({ object }) => isPlainObject(object))
  );
}

/** Whether a build does not change an object. */
function isPlainObject({ apiVersion, kind, metadata }: ManifestObject): boolean {
  if (!isText(apiVersion) || !isText(kind) || kind.endsWith('List') || !isText(metadata?.name)) return false;
  const annotations = metadata?.annotations;
  if (annotations === undefined) return true;
  return (
    isMap(annotations) &&
    Object.keys(annotations).length > 0 &&
    !Object.hasOwn(annotations, LOCAL_CONFIG) &&
    Object.values(annotations).every((value) => typeof value === 'string')
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
