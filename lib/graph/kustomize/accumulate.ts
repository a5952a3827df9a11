import { resolvePath } from '../../tree/path';
import type { FindingCode } from '../../findings/codes';
import type { FindingLocation } from '../../findings/finding';
import { TreeFile } from '../../tree/tree-file';
import { mapOf, textOf, textsOf, type PlainMap } from '../../plain/plain-data';
import type { SharedBuilds } from '../sources/build-memo';
import type { RepositoryView } from '../sources/repository-view';
import { gather, type Accumulated } from './accumulated';
import { BuildLimit } from './build-limit';
import { BuildLog } from './build-log';
import type { BuildResult } from './build-result';
import { asPrinted, isApplied, withOrigin } from './transform/finish-build';
import { addGenerated, type GeneratorContext } from './generators/generators';
import { addHash } from './generators/hasher';
import { entryPlace, namespacePlace } from './read/entry-place';
import {
  fieldNaming,
  helmCharts,
  isLocalPath,
  kustomizationFile,
  type KustomizationFile,
} from './read/kustomization-file';
import { kustomizationOf } from './read/kustomization-of';
import { ListedFolders } from './read/listed-files';
import { loadKustomization } from './read/load-kustomization';
import { loadDocuments, loadManifests } from './read/load-manifests';
import { updateNameReferences } from './names/name-references';
import { noteDuplicates, type Duplicate } from './notes/note-duplicates';
import { runGenerators, runTransformers, runValidators } from './transform/plugins';
import { idKey, idOf, type Resource } from './resource';
import { addConfig, isWhole, join, noteMissing, pathHelp, readNamed, type Scope } from './scope';
import { ownPatchesStep, transform } from './transform/transform';
import type { TransformContext } from './fields/transform-context';
import { defaultConfig, withConfiguration, type TransformerConfig } from './fields/transformer-config';
import { noteManagedBy } from './notes/note-managed-by';
import { noteUnmatchedTargets } from './notes/unmatched-targets';
import { bindVars, resolveVars } from './replacements/vars';

const COMPONENT_HINT =
  'write a path that is relative to spec.path; list a component of another repository in the kustomization.yaml';

/** What a Flux Kustomization changes in the build of its path. */
export interface BuildOptions {
  /**
   * Changes the kustomization, as the fields of a Flux Kustomization do.
   *
   * @default - it is built as it stands
   */
  readonly change?: (kustomization: PlainMap) => PlainMap;
  /**
   * Where that stands which `change` adds.
   *
   * @default - the kustomization file
   */
  readonly location?: FindingLocation;
  /**
   * `spec.buildMetadata` of the Flux Kustomization, empty where it says nothing: then Flux sets `originAnnotations` where
   * a kustomization file lists no resources.
   *
   * @default - that of the kustomization file
   */
  readonly metadata?: readonly string[];
  /**
   * A text that is equal for an equal `change`, so that a build of another tree can be used.
   *
   * @default - each build is made anew
   */
  readonly key?: string;
}

/** What a component gets from the kustomization that uses it. */
interface Inherited {
  readonly resources: readonly Resource[];
  readonly config: TransformerConfig;
  readonly isWhole: boolean;
  /** The place where the component is listed again. */
  readonly repeated?: FindingLocation;
}

const nothing: Inherited = { resources: [], config: defaultConfig, isWhole: true };

/**
 * Evaluates kustomizations of a repository. A base is evaluated once, however many overlays use it.
 */
export class KustomizeBuilder {
  private readonly folders = new Map<string, Accumulated>();
  private readonly manifests = new Map<string, Pick<BuildResult, 'resources' | 'findings'>>();
  private readonly listed: ListedFolders;
  private readonly open = new Set<string>();
  private readonly limit = new BuildLimit();

  /** @param shared - where builds are remembered for other trees; by default they are not */
  constructor(
    private readonly view: RepositoryView,
    private readonly shared?: SharedBuilds,
  ) {
    this.listed = new ListedFolders(view, !shared);
  }

  /** Builds a folder as Flux does: with its kustomization file, or the one that Flux makes where there is none. */
  build(folder: string, options: BuildOptions = {}): BuildResult {
    const { key, location, metadata, change } = options;
    if (change && key === undefined) return this.buildNow(folder, options);
    return this.recall(['build', folder, change && [key, location], metadata], () =>
      this.buildNow(folder, options),
    );
  }

  /** A result of another tree, if nothing that it depends on differs. One with errors may depend on limits too. */
  private recall<T extends Pick<BuildResult, 'findings'>>(parts: readonly unknown[], work: () => T): T {
    if (!this.shared) return work();
    const { memo, view, key: start } = this.shared;
    const isSound = ({ findings }: T) => findings.every(({ severity }) => severity !== 'error');
    return memo.recall(view, `${start} ${JSON.stringify(parts)}`, work, isSound);
  }

  private buildNow(folder: string, options: BuildOptions): BuildResult {
    const { change, metadata = [] } = options;
    const listed = change || metadata.length > 0 ? undefined : this.listed.build(folder);
    if (listed) return listed;
    const result = change ? this.accumulate(folder, nothing, options) : this.folder(folder);
    const { findings, remotes, reads } = gather(result);
    const cut = findings.find(({ code }) => code === 'kustomization-too-large');
    if (cut) return { resources: [], findings: [cut], remotes, reads };
    const log = new BuildLog();
    const named = updateNameReferences(result.resources.map(addHash), result.config.nameReference, log);
    const printed = resolveVars(named, result.vars, result.config.varReference, log)
      .filter(isApplied)
      .map(asPrinted);
    const buildMetadata = metadataOf(result, options);
    const isMarked = buildMetadata.includes('originAnnotations');
    if (options.metadata && printed.length > 0) noteManagedBy(buildMetadata, result.location, log);
    const resources = isMarked ? printed.map((resource) => withOrigin(resource, folder)) : printed;
    return { resources, findings: [...findings, ...log.findings], remotes, reads };
  }

  /** A folder that is used as a base; evaluated once. */
  private folder(folder: string): Accumulated {
    const known = this.shared ? undefined : this.folders.get(folder);
    if (known) return known;
    const result = this.recall(['folder', folder], () => {
      this.limit.addFolder();
      return this.accumulate(folder, nothing);
    });
    this.folders.set(folder, result);
    return result;
  }

  private accumulate(folder: string, inherited: Inherited, options: BuildOptions = {}): Accumulated {
    const log = new BuildLog();
    const { data, location, isGenerated } = kustomizationOf(this.view, folder, log);
    const scope: Scope = {
      ...{ folder, data, location, log, remotes: [], reads: this.readsOf(folder), parts: [] },
      ...{
        config: inherited.config,
        repeated: inherited.repeated,
        vars: [],
        isStart: options.change !== undefined,
      },
    };
    this.open.add(folder);
    const kustomization = kustomizationFile(options.change?.(data) ?? data);
    const resources = this.run(kustomization, inherited, scope, options.location ?? location);
    this.open.delete(folder);
    const { remotes, reads, parts, config, vars } = scope;
    return {
      ...{ resources, findings: log.findings, remotes, reads, parts, config, vars, isWhole: isWhole(scope) },
      buildMetadata: textsOf(kustomization.data.buildMetadata),
      location,
      listsNothing: !isGenerated && textsOf(kustomization.data.resources).length === 0,
    };
  }

  /** A folder as it is in the repository. */
  private readsOf(folder: string): string[] {
    const path = this.view.sourcePath(folder);
    return path === undefined ? [] : [path];
  }

  /** Everything that a kustomization does, in kustomize's order. */
  private run(
    kustomization: KustomizationFile,
    inherited: Inherited,
    scope: Scope,
    changedBy: FindingLocation,
  ): readonly Resource[] {
    const { data } = kustomization;
    const read = (path: string) => readNamed(this.view, scope, path);
    let resources = this.addResources(kustomization.resources, inherited.resources, scope);
    this.readConfigurations(data, scope);
    const isComplete = inherited.isWhole && isWhole(scope);
    resources = this.generate(resources, data, scope, { read, isComplete });
    const own = textsOf(scope.data.components).length;
    const used = new Set<string>();
    for (const [index, component] of kustomization.components.entries()) {
      const listed = index < own ? scope.location : entryPlace(scope, changedBy, 'components', index);
      if (index >= own && !isLocalPath(component)) {
        const message = `${JSON.stringify(component)} must be a relative path in the same source`;
        scope.log.error('kustomization-invalid', message, listed, { hint: COMPONENT_HINT });
        continue;
      }
      const place = resolvePath(scope.folder, component) ?? component;
      const state = { resources, config: scope.config, isWhole: inherited.isWhole && isWhole(scope) };
      const repeated = used.has(place) ? listed : undefined;
      resources = this.addComponent(component, scope, { ...state, repeated }, listed);
      used.add(place);
    }
    scope.remotes.push(...helmCharts(data));
    const context: TransformContext = {
      ...{ read, location: scope.location, log: scope.log, config: scope.config },
      entryAt: (field, index) => entryPlace(scope, changedBy, field, index),
      namespaceAt: namespacePlace(scope, changedBy, data.namespace),
      ...pathHelp(this.view, scope),
      get isComplete() {
        return inherited.isWhole && isWhole(scope);
      },
    };
    const gathered = resources;
    if (scope.data.kind !== 'Component' && context.isComplete)
      noteUnmatchedTargets(resources, scope.data.patches, context, () =>
        ownPatchesStep(data, { ...context, log: new BuildLog() })(gathered),
      );
    resources = transform(resources, data, context);
    resources = runTransformers(resources, this.pluginsAt(data.transformers, scope), scope, context);
    runValidators(resources, this.pluginsAt(data.validators, scope), scope, context);
    const bound = bindVars(resources, data.vars, context);
    scope.vars.push(...bound.vars);
    return bound.resources;
  }

  private generate(
    resources: readonly Resource[],
    data: PlainMap,
    scope: Scope,
    { read, isComplete }: Pick<GeneratorContext, 'read' | 'isComplete'>,
  ): readonly Resource[] {
    const context: GeneratorContext = {
      ...{ read, isComplete },
      ...pathHelp(this.view, scope),
      location: scope.location,
      options: mapOf(data.generatorOptions),
      log: scope.log,
      limit: this.limit,
    };
    const configMaps = addGenerated(resources, 'ConfigMap', data.configMapGenerator, context);
    const secrets = addGenerated(configMaps, 'Secret', data.secretGenerator, context);
    return runGenerators(secrets, this.pluginsAt(data.generators, scope), scope, context);
  }

  /** The configurations of plugins: inline ones first, then those in files and folders. */
  private pluginsAt(entries: unknown, scope: Scope): readonly Resource[] {
    const written: Resource[] = [];
    const paths: string[] = [];
    for (const entry of textsOf(entries)) {
      if (!/\n|: |^\s*\{/.test(entry)) {
        paths.push(entry);
        continue;
      }
      const file = TreeFile.fromBytes(scope.location.file ?? '', entry);
      const configs = loadManifests(file, scope.log);
      written.push(...configs.map((config) => ({ ...config, location: scope.location })));
    }
    return this.addResources(paths, written, scope);
  }

  private readConfigurations(data: PlainMap, scope: Scope): void {
    for (const path of textsOf(data.configurations)) {
      const file = readNamed(this.view, scope, path);
      if (!file) noteMissing(this.view, path, scope);
      if (!file || file === 'remote') continue;
      for (const { value } of loadDocuments(file, scope.log) ?? [])
        addConfig(scope, () => withConfiguration(scope.config, value));
    }
    for (const path of [...textsOf(data.crds), ...textsOf([mapOf(data.openapi).path])])
      if (!readNamed(this.view, scope, path)) noteMissing(this.view, path, scope);
  }

  private addResources(
    paths: readonly string[],
    inherited: readonly Resource[],
    scope: Scope,
  ): readonly Resource[] {
    const resources = [...inherited];
    const seen = new Map(inherited.map((resource) => [idKey(idOf(resource)), resource]));
    const noted = new Set<string>();
    for (const path of paths) {
      const doubled: Duplicate[] = [];
      for (const resource of this.resourcesAt(path, scope)) {
        const key = idKey(idOf(resource));
        const before = seen.get(key);
        if (!before) resources.push(resource);
        else if (noted.size !== noted.add(key).size) doubled.push({ again: resource, before });
        seen.set(key, before ?? resource);
      }
      noteDuplicates(doubled, path, scope);
    }
    return resources;
  }

  private resourcesAt(path: string, scope: Scope): readonly Resource[] {
    const target = resolvePath(scope.folder, path);
    if (target !== undefined && this.view.file(target)) return this.manifestsAt(target, scope);
    if (target !== undefined && this.view.hasFolder(target)) return this.baseAt(target, path, scope);
    noteMissing(this.view, path, scope);
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
    scope.reads.push((this.view.file(path) as TreeFile).path);
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
    scope: Scope,
    inherited: Inherited,
    location: FindingLocation,
  ): readonly Resource[] {
    const { resources } = inherited;
    const listing = { ...scope, location };
    const folder = resolvePath(scope.folder, path);
    if (folder === undefined || !this.view.hasFolder(folder)) {
      noteMissing(this.view, path, listing);
      return resources;
    }
    if (!this.isKustomization(folder, path, 'Component', listing)) return resources;
    this.limit.useComponent(resources.length);
    const component = this.accumulate(folder, inherited);
    join(component, scope);
    return component.resources;
  }

  /** Whether a folder can be used as a base or component; the log says why not. */
  private isKustomization(folder: string, path: string, wanted: string, scope: Scope): boolean {
    const [file] = this.view.kustomizationFiles(folder);
    const field = fieldNaming(scope.data, path);
    const refuse = (code: FindingCode, message: string, hint: string) => {
      scope.log.error(code, message, scope.location, { hint, field });
      return false;
    };
    const name = JSON.stringify(path);
    if (file === undefined)
      return refuse(
        'listed-file-missing',
        `${name} is a folder without a kustomization file`,
        'add a kustomization.yaml, or list its files',
      );
    if (this.open.has(folder))
      return refuse(
        'kustomization-cycle',
        `${name} contains, directly or indirectly, the folder that lists it`,
        'remove one of the entries that make the cycle',
      );
    const problem = this.limit.problem(this.open.size);
    if (problem !== undefined)
      return refuse(
        'kustomization-too-large',
        problem,
        'list each base and component only once; kustomize cannot build this in reasonable time either',
      );
    const { data } = loadKustomization(this.view.file(file) as TreeFile, new BuildLog());
    const kind = textOf(data.kind) ?? 'Kustomization';
    if ((kind === 'Component') === (wanted === 'Component')) return true;
    return refuse(
      'component-as-resource',
      wanted === 'Component'
        ? `${name} is listed under "components" but is a ${kind}`
        : `${name} is a Component but is listed under "resources"`,
      'list Components under "components", and everything else under "resources"',
    );
  }
}

/** What the build records in the objects, as set by the Flux Kustomization or the kustomization file. */
function metadataOf(
  { buildMetadata, listsNothing }: Accumulated,
  { metadata }: BuildOptions,
): readonly string[] {
  if (metadata === undefined) return buildMetadata;
  if (metadata.length > 0) return metadata;
  return listsNothing ? ['originAnnotations'] : buildMetadata;
}
