import type { FindingLocation } from '../../findings/finding';
import type { TreeFile } from '../../tree/tree-file';
import { isMap, listOf, mapOf, textOf, textsOf, type PlainMap } from '../../plain/plain-data';
import type { BuildLog } from './build-log';
import { applyImages, imageRules } from './images';
import { annotationRule, applyLabels, labelRules } from './labels';
import { loadDocuments } from './load-manifests';
import { addPrefix, addSuffix, setNamespace } from './name-affixes';
import { applyPatches } from './patches';
import { readPatch, type Patch, type PatchField, type PatchInput } from './read-patch';
import { applyReplacements } from './replacements';
import { applyReplicas } from './replicas';
import { idKey, idOf, type Resource } from './resource';

/** What transformations need of their kustomization's folder. */
export interface TransformContext {
  /** Reads a file that is named relative to the folder. */
  readonly read: (path: string) => TreeFile | undefined;
  /** The kustomization file. */
  readonly location: FindingLocation;
  readonly log: BuildLog;
  /** Whether all that is listed was found: otherwise a patch may be for what was not. */
  readonly isComplete: boolean;
}

/** Everything that a kustomization does to the resources that it gathered, in kustomize's order. */
export function transform(
  resources: readonly Resource[],
  data: PlainMap,
  context: TransformContext,
): readonly Resource[] {
  const { log, location, isComplete } = context;
  const merges = textsOf(data.patchesStrategicMerge).flatMap((entry) => legacyMerge(entry, context));
  const patches = listOf(data.patches)
    .filter(isMap)
    .flatMap((entry) => patchEntry(entry, 'patches', context));
  let current = applyPatches(resources, [...merges, ...patches], log, isComplete);
  current = mapEach(current, nameChanges(data));
  if (textOf(data.namespace)) refuseCollisions(current, context);
  current = mapEach(current, labelChanges(data));
  const operations = listOf(data.patchesJson6902)
    .filter(isMap)
    .flatMap((entry) => patchEntry(entry, 'patchesJson6902', context));
  current = applyPatches(current, operations, log, isComplete);
  current = applyReplicas(current, data.replicas, location, isComplete ? log : undefined);
  const images = imageRules(data.images, (problem, index) =>
    log.error('kustomization-invalid', problem, location, {
      field: `images[${index}].name`,
      hint: 'kustomize crashes on it: write the name as it stands in the manifests',
    }),
  );
  if (images.length > 0) current = mapEach(current, [(resource) => applyImages(resource, images)]);
  return applyReplacements(current, replacementsOf(data, context), location, log);
}

type Change = (resource: Resource) => Resource;

function mapEach(resources: readonly Resource[], changes: readonly Change[]): readonly Resource[] {
  if (changes.length === 0) return resources;
  return resources.map((resource) => changes.reduce((current, change) => change(current), resource));
}

/** A namespace that is given to all may make two objects one. */
function refuseCollisions(resources: readonly Resource[], { log, location }: TransformContext): void {
  const seen = new Set<string>();
  for (const resource of resources) {
    const id = idOf(resource);
    const key = idKey(id);
    if (seen.has(key)) {
      const message = `the namespace makes two objects ${id.kind} ${JSON.stringify(id.name)} in ${JSON.stringify(id.namespace)}`;
      log.error('object-duplicate', message, location, {
        field: 'namespace',
        hint: 'rename or drop one of them',
      });
    }
    seen.add(key);
  }
}

function nameChanges(data: PlainMap): Change[] {
  const [namespace, prefix, suffix] = [data.namespace, data.namePrefix, data.nameSuffix].map(textOf);
  const changes: Change[] = [];
  if (namespace) changes.push((resource) => setNamespace(resource, namespace));
  if (prefix) changes.push((resource) => addPrefix(resource, prefix));
  if (suffix) changes.push((resource) => addSuffix(resource, suffix));
  return changes;
}

function labelChanges(data: PlainMap): Change[] {
  const rules = [...labelRules(data), annotationRule(data)].filter(
    ({ pairs }) => Object.keys(pairs).length > 0,
  );
  return rules.map((rule) => (resource: Resource) => applyLabels(resource, rule));
}

/** An entry of `patches` or `patchesJson6902`. */
function patchEntry(entry: PlainMap, origin: PatchField, context: TransformContext): Patch[] {
  const { target, options } = entry;
  const path = textOf(entry.path);
  const inline = textOf(entry.patch)?.trim();
  if ((path === undefined) === (inline === undefined)) {
    const message = `an entry of ${origin} has ${path === undefined ? 'neither a patch nor a path' : 'both a patch and a path'}`;
    context.log.error('patch-invalid', message, context.location);
    return [];
  }
  if (path === undefined)
    return patchFrom({ content: inline ?? '', target, options, origin, location: context.location }, context);
  const file = context.read(path);
  if (!file) return missingPatch(path, context);
  const content = file.bytes.toString('utf8');
  return patchFrom({ content, target, options, origin, location: { file: file.path } }, context);
}

/** An entry of `patchesStrategicMerge`: a file, or the patch itself as text. */
function legacyMerge(entry: string, context: TransformContext): Patch[] {
  const origin = 'patchesStrategicMerge';
  const file = entry.includes('\n') ? undefined : context.read(entry);
  if (file) {
    const content = file.bytes.toString('utf8');
    return patchFrom({ content, origin, location: { file: file.path } }, context);
  }
  if (!entry.includes(':')) return missingPatch(entry, context);
  return patchFrom({ content: entry, origin, location: context.location }, context);
}

function patchFrom(input: PatchInput, context: TransformContext): Patch[] {
  const patch = readPatch(input, context.log);
  return patch ? [patch] : [];
}

function missingPatch(path: string, context: TransformContext): Patch[] {
  context.log.error(
    'listed-file-missing',
    `the patch ${JSON.stringify(path)} does not exist`,
    context.location,
  );
  return [];
}

function replacementsOf(data: PlainMap, context: TransformContext): PlainMap[] {
  return listOf(data.replacements)
    .filter(isMap)
    .flatMap((entry) => {
      const path = textOf(entry.path);
      if (path === undefined) return [entry];
      const file = context.read(path);
      if (!file) return missingPatch(path, context) as never[];
      const values = (loadDocuments(file, context.log) ?? []).map(({ value }) => value);
      return values.flatMap((value) => (Array.isArray(value) ? value.filter(isMap) : [mapOf(value)]));
    });
}
