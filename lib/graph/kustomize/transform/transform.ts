import type { FindingLocation } from '../../../findings/finding';
import { isMap, listOf, mapOf, textOf, type PlainMap } from '../../../plain/plain-data';
import type { FieldSpec } from '../fields/field-spec';
import { applyImages, imageRules } from '../fields/images';
import { applyLabels, labelRules, type LabelRule } from '../fields/labels';
import { loadDocuments } from '../read/load-manifests';
import { addAffix, setNamespace, type NamespaceOptions } from '../names/name-affixes';
import { applyPatches } from '../patches/patches';
import { noteCollisions } from '../notes/note-duplicates';
import { noteWideTargets } from '../notes/wide-targets';
import {
  readPatch,
  type Patch,
  type PatchField,
  type PatchInput,
  type PatchPlace,
} from '../patches/read-patch';
import { applyReplacements, type Replacement } from '../replacements/replacements';
import { applyReplicas } from '../fields/replicas';
import type { Resource } from '../resource';
import type { Step, TransformContext } from '../fields/transform-context';
import { partOf } from '../read/entry-place';
import { noteUnmatchedImages } from '../notes/unmatched-images';
import { FieldConflictError } from '../fields/transformer-config';

/** Everything that the fields of a kustomization do to the resources that it gathered, in kustomize's order. */
export function transform(
  resources: readonly Resource[],
  data: PlainMap,
  context: TransformContext,
): readonly Resource[] {
  const { config } = context;
  const [namespace, prefix, suffix] = [data.namespace, data.namePrefix, data.nameSuffix].map(textOf);
  const steps: readonly Step[] = [
    ownPatchesStep(data, context),
    namespaceStep(namespace, { fields: config.namespace }, context),
    affixStep('prefixes', prefix, config.namePrefix),
    affixStep('suffixes', suffix, config.nameSuffix),
    ...labelsOf(data, context).map(labelStep),
    labelStep({ pairs: mapOf(data.commonAnnotations), fields: config.commonAnnotations }),
    (current) => patchStep(patchesOf(data.patchesJson6902, 'patchesJson6902', context), context)(current),
    ...listOf(data.replicas).map((entry, index): Step =>
      replicaStep(mapOf(entry), config.replicas, {
        ...context,
        location: context.entryAt('replicas', index),
      }),
    ),
    unmatchedImageStep(data, context),
    imageStep(data.images, config.images, context),
    replacementStep(data.replacements, context),
  ];
  return steps.reduce((current, step) => step(current), resources);
}

/** Applies the patches that come before all other changes. They are read at once. */
export function ownPatchesStep(
  { patches, patchesStrategicMerge }: PlainMap,
  context: TransformContext,
): Step {
  const merges = mergePatches(patchesStrategicMerge, context);
  const selecting = patchesOf(patches, 'patches', context);
  const step = patchStep([...merges, ...selecting], context);
  return (resources) => {
    noteWideTargets(resources, selecting, context.log);
    return step(resources);
  };
}

/** Applies patches in order. */
export function patchStep(patches: readonly Patch[], { log, isComplete }: TransformContext): Step {
  return (resources) => applyPatches(resources, patches, log, isComplete);
}

/** Sets the namespace, if there is one. */
export function namespaceStep(
  namespace: string | undefined,
  options: NamespaceOptions,
  context: TransformContext,
): Step {
  return (resources) => {
    if (namespace === undefined) return resources;
    const moved = mapEach(resources, (resource) => setNamespace(resource, namespace, options));
    noteCollisions(moved, namespace, context);
    return moved;
  };
}

/** Adds a prefix or suffix, if there is one. */
export function affixStep(
  part: 'prefixes' | 'suffixes',
  affix: string | undefined,
  fields: readonly FieldSpec[],
): Step {
  return (resources) =>
    affix === undefined
      ? resources
      : mapEach(resources, (resource) => addAffix(resource, part, affix, fields));
}

/** Sets labels or annotations. */
export function labelStep(rule: LabelRule): Step {
  if (Object.keys(rule.pairs).length === 0) return (resources) => resources;
  return (resources) => mapEach(resources, (resource) => applyLabels(resource, rule));
}

/** Sets the number of replicas of a workload. */
export function replicaStep(rule: PlainMap, fields: readonly FieldSpec[], context: TransformContext): Step {
  return (resources) => applyReplicas(resources, rule, fields, context);
}

/** Changes images. */
export function imageStep(
  images: unknown,
  fields: readonly FieldSpec[],
  { log, location }: TransformContext,
): Step {
  const rules = imageRules(images, (problem, index) =>
    log.error('kustomization-invalid', problem, location, {
      field: `images[${index}].name`,
      hint: 'kustomize crashes on this: write the name exactly as it is in the manifests',
    }),
  );
  if (rules.length === 0) return (resources) => resources;
  return (resources) => mapEach(resources, (resource) => applyImages(resource, rules, fields));
}

/** Changes nothing. The images that a component does not find may be in other builds that use it. */
function unmatchedImageStep({ kind, images }: PlainMap, context: TransformContext): Step {
  return (resources) => {
    if (kind !== 'Component' && context.isComplete)
      noteUnmatchedImages(resources, images, context.config.images, context);
    return resources;
  };
}

/** Copies fields from one object to others. */
export function replacementStep(replacements: unknown, context: TransformContext): Step {
  return (resources) => applyReplacements(resources, replacementsOf(replacements, context), context);
}

function mapEach(
  resources: readonly Resource[],
  change: (resource: Resource) => Resource,
): readonly Resource[] {
  return resources.map((resource) => change(resource));
}

function labelsOf(data: PlainMap, { config, location, log }: TransformContext): readonly LabelRule[] {
  try {
    return labelRules(data, config);
  } catch (error) {
    if (!(error instanceof FieldConflictError)) throw error;
    log.error('kustomization-invalid', error.message, location, {
      field: 'labels',
      hint: 'use the same "create" in both entries',
    });
    return [];
  }
}

/** The entries of `patches` or `patchesJson6902`. */
export function patchesOf(entries: unknown, origin: PatchField, context: TransformContext): Patch[] {
  return listOf(entries).flatMap((entry, index) =>
    isMap(entry) ? patchEntry(entry, { origin, entry: context.entryAt(origin, index) }, context) : [],
  );
}

function patchEntry(entry: PlainMap, place: PatchPlace, context: TransformContext): Patch[] {
  const { target, options } = entry;
  const path = textOf(entry.path);
  const inline = textOf(textOf(entry.patch)?.trim());
  if ((path === undefined) === (inline === undefined)) {
    const message = `an entry of "${place.origin}" has ${path === undefined ? 'neither a patch nor a path' : 'both a patch and a path'}`;
    context.log.error('patch-invalid', message, place.entry);
    return [];
  }
  if (path === undefined) return patchFrom({ ...place, content: inline ?? '', target, options }, context);
  const file = context.read(path);
  if (file === 'remote') return [];
  if (!file) return missingPatch(path, partOf(place.entry, 'path'), context);
  return patchFrom(
    { ...place, content: file.bytes.toString('utf8'), target, options, file: file.path },
    context,
  );
}

/** Entries of `patchesStrategicMerge`: files, or the patches themselves as text. */
export function mergePatches(entries: unknown, context: TransformContext): Patch[] {
  const origin = 'patchesStrategicMerge';
  return listOf(entries).flatMap((entry, index) =>
    typeof entry === 'string'
      ? mergePatch(entry, { origin, entry: context.entryAt(origin, index) }, context)
      : [],
  );
}

function mergePatch(text: string, place: PatchPlace, context: TransformContext): Patch[] {
  const file = text.includes('\n') ? undefined : context.read(text);
  if (file === 'remote') return [];
  if (file) return patchFrom({ ...place, content: file.bytes.toString('utf8'), file: file.path }, context);
  if (!text.includes(':')) return missingPatch(text, place.entry, context);
  return patchFrom({ ...place, content: text }, context);
}

function patchFrom(input: PatchInput, context: TransformContext): Patch[] {
  const patch = readPatch(input, context.log);
  return patch ? [patch] : [];
}

function missingPatch(path: string, entry: FindingLocation, context: TransformContext): never[] {
  return noteMissingFile(`the patch ${JSON.stringify(path)}`, path, entry, context);
}

function replacementsOf(entries: unknown, context: TransformContext): Replacement[] {
  return listOf(entries).flatMap((entry, index) =>
    isMap(entry) ? replacementEntry(entry, context.entryAt('replacements', index), context) : [],
  );
}

/** An entry of `replacements`, or those of the file that it names. */
function replacementEntry(
  entry: PlainMap,
  location: FindingLocation,
  context: TransformContext,
): readonly Replacement[] {
  const path = textOf(entry.path);
  if (path === undefined) return [{ data: entry, location }];
  const file = context.read(path);
  if (file === 'remote') return [];
  if (!file)
    return noteMissingFile(
      `the file ${JSON.stringify(path)} with replacements`,
      path,
      partOf(location, 'path'),
      context,
    );
  return (loadDocuments(file, context.log) ?? []).flatMap(({ value, line }) =>
    (Array.isArray(value) ? value.filter(isMap) : [mapOf(value)]).map((data) => ({
      data,
      location: { file: file.path, line },
    })),
  );
}

/** Notes that a file which an entry names does not exist. */
function noteMissingFile(
  what: string,
  path: string,
  entry: FindingLocation,
  { log, helpWith }: TransformContext,
): never[] {
  log.error('listed-file-missing', `${what} does not exist`, entry, helpWith(path));
  return [];
}
