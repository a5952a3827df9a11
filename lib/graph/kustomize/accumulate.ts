import { COMPONENTS_FILE } from '../../kinds/names';
import type { Finding, FindingLocation } from '../../findings/finding';
import type { ManifestObject } from '../../tree/manifest';
import { joinPath } from '../../tree/path';
import type { TreeFile } from '../../tree/tree-file';
import { isMap, mapOf, mapValues, textOf, textsOf, type PlainMap } from '../../plain/plain-data';
import type { RepositoryView } from '../sources/repository-view';
import { gather, type Accumulated, type UsedPart } from './accumulated';
import { BuildLimit } from './build-limit';
import { BuildLog } from './build-log';
import type { BuildResult } from './build-result';
import { addGenerated, type GeneratorContext } from './generators';
import {
  fieldNaming,
  helmCharts,
  isRemote,
  kustomizationFile,
  nameReferencesOf,
  unsupportedFields,
  type KustomizationFile,
} from './kustomization-file';
import { buildListedFiles } from './listed-files';
import { loadKustomization } from './load-kustomization';
import { loadDocuments, loadManifests, LOCAL_CONFIG } from './load-manifests';
import { addHash } from './hasher';
import type { NameReference } from './name-reference-table';
import { updateNameReferences } from './name-references';
import { withoutBlanks } from './printed-scalars';
import { idKey, idOf, metadataMap, withMetadata, withObject, type Resource } from './resource';
import { transform } from './transform';

/** The build of one folder in progress. */
interface Scope {
  readonly folder: string;
  /** The kustomization as it stands in its file. */
  readonly data: PlainMap;
  readonly location: FindingLocation;
  readonly log: BuildLog;
  readonly remotes: string[];
  readonly reads: string[];
  readonly references: NameReference[];
  readonly parts: UsedPart[];
}

/**
 * Evaluates kustomizations of a repository. A base is evaluated once, however many overlays use it.
 */
export class KustomizeBuilder {
  private readonly folders = new Map<string, Accumulated>();
  private readonly manifests = new Map<
    string,
    { resources: readonly Resource[]; findings: readonly Finding[] }
  >();
  private readonly open = new Set<string>();
  private readonly limit = new BuildLimit();

  constructor(private readonly view: RepositoryView) {}

  /**
   * Builds a folder as Flux does: with its kustomization file, or the one that Flux makes where there is none.
   *
   * @param change - changes the kustomization, as the fields of a Flux Kustomization do
   */
  build(folder: string, change?: (kustomization: PlainMap) => PlainMap): BuildResult {
    const listed = change ? undefined : buildListedFiles(this.view, folder);
    if (listed) return listed;
    const result = change ? this.accumulate(folder, [], change) : this.folder(folder);
    const { findings, remotes, reads, references } = gather(result);
    const hashed = result.resources.map(addHash);
    const log = new BuildLog();
    const resources = updateNameReferences(hashed, references, log).filter(isApplied).map(asPrinted);
    return { resources, findings: [...findings, ...log.findings], remotes, reads };
  }

  /** A folder that is used as a base; evaluated once. */
  private folder(folder: string): Accumulated {
    const known = this.folders.get(folder);
    if (known) return known;
    this.limit.addFolder();
    const result = this.accumulate(folder, []);
    this.folders.set(folder, result);
    return result;
  }

  private accumulate(
    folder: string,
    inherited: readonly Resource[],
    change: (kustomization: PlainMap) => PlainMap = (kustomization) => kustomization,
    inheritedWhole = true,
  ): Accumulated {
    const log = new BuildLog();
    const { data, location } = this.readKustomization(folder, log);
    const [remotes, references, parts]: [string[], NameReference[], UsedPart[]] = [[], [], []];
    const scope: Scope = { folder, data, location, log, remotes, reads: [folder], references, parts };
    this.open.add(folder);
    const kustomization = kustomizationFile(change(data));
    const resources = this.run(kustomization, inherited, scope, inheritedWhole);
    this.open.delete(folder);
    const { findings } = log;
    const { reads } = scope;
    return { resources, findings, remotes, reads, references, parts, isWhole: isWhole(scope) };
  }

  private readKustomization(folder: string, log: BuildLog): { data: PlainMap; location: FindingLocation } {
    const [path, ...others] = this.view.kustomizationFiles(folder);
    const file = path === undefined ? undefined : this.view.file(path);
    if (path === undefined || !file) {
      const start = folder === '' ? 0 : folder.length + 1;
      const resources = this.view.generatedResources(folder).map((resource) => resource.slice(start));
      return { data: { resources }, location: { file: folder } };
    }
    const location: FindingLocation = { file: path };
    if (others.length > 0) {
      const message = `${others.length + 1} kustomization files stand in one folder`;
      log.error('kustomization-invalid', message, location, { hint: 'keep one of them' });
    }
    return loadKustomization(file, log);
  }

  /** Everything that a kustomization does, in kustomize's order. */
  private run(
    kustomization: KustomizationFile,
    inherited: readonly Resource[],
    scope: Scope,
    inheritedWhole: boolean,
  ): readonly Resource[] {
    let resources = this.addResources(kustomization, inherited, scope);
    const context: GeneratorContext = {
      read: (path) => this.fileAt(scope, path)?.bytes,
      isUnseen: (path) => this.view.lacksKind(path),
      location: scope.location,
      options: mapOf(kustomization.data.generatorOptions),
      log: scope.log,
      limit: this.limit,
    };
    resources = addGenerated(resources, 'ConfigMap', kustomization.data.configMapGenerator, context);
    resources = addGenerated(resources, 'Secret', kustomization.data.secretGenerator, context);
    for (const component of kustomization.components)
      resources = this.addComponent(component, resources, scope, inheritedWhole && isWhole(scope));
    this.note(kustomization.data, scope);
    const read = (path: string) => this.fileAt(scope, path);
    const { location, log } = scope;
    const isComplete = inheritedWhole && isWhole(scope);
    return transform(resources, kustomization.data, { read, location, log, isComplete });
  }

  private note(data: PlainMap, scope: Scope): void {
    scope.remotes.push(...helmCharts(data));
    for (const [field, loss] of unsupportedFields(data)) {
      scope.log.info(
        'kustomize-unsupported',
        `${JSON.stringify(field)} is not evaluated: ${loss}`,
        scope.location,
        { field },
      );
    }
    for (const path of textsOf(data.configurations)) {
      const file = this.fileAt(scope, path);
      if (!file) this.missing(path, scope);
      for (const { value } of file ? (loadDocuments(file, scope.log) ?? []) : []) {
        scope.references.push(...nameReferencesOf(value));
      }
    }
  }

  private addResources(
    kustomization: KustomizationFile,
    inherited: readonly Resource[],
    scope: Scope,
  ): readonly Resource[] {
    const resources = [...inherited];
    const seen = new Set(inherited.map((resource) => idKey(idOf(resource))));
    const doubled = new Set<string>();
    for (const path of kustomization.resources) {
      for (const resource of this.resourcesAt(path, scope)) {
        const id = idOf(resource);
        const key = idKey(id);
        if (seen.has(key)) {
          if (doubled.has(key)) continue;
          doubled.add(key);
          const where = id.namespace === '' ? '' : ` in namespace ${JSON.stringify(id.namespace)}`;
          const message = `${id.kind} ${JSON.stringify(id.name)}${where} is in the build twice`;
          scope.log.error('object-duplicate', message, resource.location, {
            hint: 'kustomize refuses the whole build; remove one',
          });
        } else {
          seen.add(key);
          resources.push(resource);
        }
      }
    }
    return resources;
  }

  private resourcesAt(path: string, scope: Scope): readonly Resource[] {
    const target = resolve(scope.folder, path);
    if (target !== undefined && this.view.file(target)) return this.manifestsAt(target, scope);
    if (target !== undefined && this.view.hasFolder(target)) return this.baseAt(target, path, scope);
    if (isRemote(path)) scope.remotes.push(path);
    else this.missing(path, scope);
    return [];
  }

  private manifestsAt(path: string, scope: Scope): readonly Resource[] {
    let loaded = this.manifests.get(path);
    if (!loaded) {
      const log = new BuildLog();
      loaded = { resources: loadManifests(this.view.file(path) as TreeFile, log), findings: log.findings };
      this.limit.addObjects(loaded.resources.length);
      this.manifests.set(path, loaded);
    }
    scope.reads.push(path);
    scope.log.findings.push(...loaded.findings);
    return loaded.resources;
  }

  private baseAt(folder: string, path: string, scope: Scope): readonly Resource[] {
    if (!this.isKustomization(folder, path, 'Kustomization', scope)) return [];
    const base = this.folder(folder);
    this.limit.useBase(base.resources.length);
    join(base, scope);
    return base.resources;
  }

  private addComponent(
    path: string,
    resources: readonly Resource[],
    scope: Scope,
    isComplete: boolean,
  ): readonly Resource[] {
    const folder = resolve(scope.folder, path);
    if (folder === undefined || !this.view.hasFolder(folder)) {
      if (isRemote(path)) scope.remotes.push(path);
      else this.missing(path, scope);
      return resources;
    }
    if (!this.isKustomization(folder, path, 'Component', scope)) return resources;
    this.limit.useComponent(resources.length);
    const component = this.accumulate(folder, resources, undefined, isComplete);
    join(component, scope);
    return component.resources;
  }

  /** Whether a folder can be used as a base or component; the log says why not. */
  private isKustomization(folder: string, path: string, wanted: string, scope: Scope): boolean {
    const [file] = this.view.kustomizationFiles(folder);
    if (file === undefined) {
      const message = `${JSON.stringify(path)} is a folder without a kustomization file`;
      scope.log.error('listed-file-missing', message, scope.location, {
        hint: 'add a kustomization.yaml, or list its files',
        field: fieldNaming(scope.data, path),
      });
      return false;
    }
    if (this.open.has(folder)) {
      scope.log.error(
        'kustomization-cycle',
        `${JSON.stringify(path)} leads back to a folder that uses it`,
        scope.location,
        { hint: 'drop one of the entries of the loop', field: fieldNaming(scope.data, path) },
      );
      return false;
    }
    const problem = this.limit.problem(this.open.size);
    if (problem !== undefined) {
      scope.log.error('kustomization-too-large', problem, scope.location, {
        hint: 'list each base and component in one place; kustomize takes too long for it as well',
        field: fieldNaming(scope.data, path),
      });
      return false;
    }
    const { data } = loadKustomization(this.view.file(file) as TreeFile, new BuildLog());
    const kind = textOf(data.kind) ?? 'Kustomization';
    if ((kind === 'Component') === (wanted === 'Component')) return true;
    const message =
      wanted === 'Component'
        ? `${JSON.stringify(path)} is listed under components, but is a ${kind}`
        : `${JSON.stringify(path)} is a Component, and stands among the resources`;
    scope.log.error('component-as-resource', message, scope.location, {
      hint: 'list Components under components, and only them',
      field: fieldNaming(scope.data, path),
    });
    return false;
  }

  /** What bootstrap generates is often not kept beside the rest: Flux would not run without it. */
  private missing(path: string, scope: Scope): void {
    const message = `${JSON.stringify(path)} is listed, but does not exist`;
    if (path.endsWith(COMPONENTS_FILE)) {
      scope.log.info('listed-file-missing', `${message}; what it installs is not seen`, scope.location, {
        field: fieldNaming(scope.data, path),
      });
      return;
    }
    const target = resolve(scope.folder, path);
    const likely = target === undefined ? undefined : this.view.likely(target);
    const meant = likely?.startsWith(`${scope.folder}/`) ? likely.slice(scope.folder.length + 1) : likely;
    scope.log.error('listed-file-missing', message, scope.location, {
      hint: meant ? `did you mean ${JSON.stringify(meant)}?` : 'correct the path, or remove the entry',
      field: fieldNaming(scope.data, path),
    });
  }

  private fileAt(scope: Scope, path: string): TreeFile | undefined {
    const target = resolve(scope.folder, path);
    const file = target === undefined ? undefined : this.view.file(target);
    if (file && target !== undefined) scope.reads.push(target);
    return file;
  }
}

function join(part: Accumulated, { parts, log }: Scope): void {
  parts.push({ part, after: log.findings.length });
}

/** A path relative to a folder, from the repository's root; `undefined` where it leads out or is no path. */
function resolve(folder: string, path: string): string | undefined {
  const segments = path.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return joinPath(...segments);
}

/** Whether a build has all objects that it lists, so that what a patch does not find is not there. */
function isWhole({ log, remotes, parts }: Scope): boolean {
  const isLoss = ({ code, severity }: Finding) => severity === 'error' || code === 'listed-file-missing';
  return remotes.length === 0 && parts.every(({ part }) => part.isWhole) && !log.findings.some(isLoss);
}

/** The resource as it is printed: fields without a value are `null`, and all annotations are texts. */
function asPrinted(resource: Resource): Resource {
  const object = resource.hasBlanks ? (withoutBlanks(resource.object) as ManifestObject) : resource.object;
  const { annotations } = object.metadata ?? {};
  if (!isMap(annotations)) return withObject(resource, object);
  const texts = mapValues(annotations, (value) => (typeof value === 'string' ? value : String(value)));
  return withObject(resource, withMetadata(object, 'annotations', texts));
}

/** Whether an object is more than configuration for local tools. */
function isApplied(resource: Resource): boolean {
  const local = metadataMap(resource.object, 'annotations')[LOCAL_CONFIG];
  return local === undefined || String(local) === 'false';
}
