import type { ManifestObject } from '../../../tree/manifest';
import { isMap, listOf, mapOf, textOf, type PlainMap } from '../../../plain/plain-data';
import { addHash } from '../generators/hasher';
import { addValue } from '../replacements/value-add';
import type { SubjectMode } from '../names/name-affixes';
import type { Resource } from '../resource';
import {
  affixStep,
  imageStep,
  labelStep,
  mergePatches,
  namespaceStep,
  patchesOf,
  patchStep,
  replacementStep,
  replicaStep,
} from './transform';
import type { Step, TransformContext } from '../fields/transform-context';
import { fieldsOf } from '../fields/transformer-config';

/** Says why the configuration of a plugin is refused. */
export class PluginError extends Error {}

/** Whether an object configures a plugin that is built into kustomize. Flux runs no others. */
export function isBuiltinPlugin({ apiVersion }: ManifestObject): boolean {
  return apiVersion === 'builtin';
}

/** The built-in generators whose configurations stand in files of their own. */
export const generatorKinds: ReadonlySet<string> = new Set([
  'ConfigMapGenerator',
  'SecretGenerator',
  'IAMPolicyGenerator',
  'HelmChartInflationGenerator',
]);

type Configure = (config: PlainMap, context: TransformContext, folder: string) => Step;

/**
 * What a built-in transformer does.
 *
 * @param folder - the name of the kustomization's folder
 * @throws PluginError where kustomize refuses the configuration
 */
export function transformerStep(config: ManifestObject, context: TransformContext, folder: string): Step {
  const configure = transformers.get(config.kind);
  if (!configure)
    throw new PluginError(`kustomize has no built-in transformer ${JSON.stringify(config.kind)}`);
  return configure(config, context, folder);
}

const transformers: ReadonlyMap<string, Configure> = new Map<string, Configure>([
  ['AnnotationsTransformer', ({ annotations, fieldSpecs }) => labels(annotations, fieldSpecs)],
  ['LabelTransformer', (config) => labels(config.labels, config.fieldSpecs)],
  // Names also get their hash at the end.
  [
    'HashTransformer',
    () => (resources) => resources.map((each) => ({ ...addHash(each), hashed: each.hashed })),
  ],
  ['ImageTagTransformer', imageTransformer],
  ['NamespaceTransformer', namespaceTransformer],
  ['PrefixTransformer', (config) => affix(config, 'prefixes')],
  ['SuffixTransformer', (config) => affix(config, 'suffixes')],
  [
    'PrefixSuffixTransformer',
    (config) => (resources) => affix(config, 'suffixes')(affix(config, 'prefixes')(resources)),
  ],
  ['PatchTransformer', patchTransformer],
  ['PatchJson6902Transformer', jsonPatchTransformer],
  ['PatchStrategicMergeTransformer', mergeTransformer],
  ['ReplicaCountTransformer', replicaTransformer],
  ['ReplacementTransformer', (config, context) => replacementStep(config.replacements, context)],
  ['ValueAddTransformer', valueAddTransformer],
]);

function labels(pairs: unknown, fieldSpecs: unknown): Step {
  return labelStep({ pairs: mapOf(pairs), fields: fieldsOf(fieldSpecs) });
}

function imageTransformer({ imageTag, fieldSpecs }: PlainMap, context: TransformContext): Step {
  return imageStep([mapOf(imageTag)], fieldsOf(fieldSpecs), context);
}

function namespaceTransformer(config: PlainMap, context: TransformContext): Step {
  const subjects = textOf(config.setRoleBindingSubjects) ?? 'defaultOnly';
  if (!['defaultOnly', 'allServiceAccounts', 'none'].includes(subjects))
    throw new PluginError(
      `"setRoleBindingSubjects" is ${JSON.stringify(subjects)}; it must be "defaultOnly", "allServiceAccounts" or "none"`,
    );
  const options = {
    fields: fieldsOf(config.fieldSpecs),
    unsetOnly: config.unsetOnly === true,
    subjects: subjects as SubjectMode,
  };
  return namespaceStep(textOf(mapOf(config.metadata).namespace), options, context);
}

function affix(config: PlainMap, part: 'prefixes' | 'suffixes'): Step {
  if (!Array.isArray(config.fieldSpecs)) throw new PluginError('it has no "fieldSpecs"');
  const text = textOf(part === 'prefixes' ? config.prefix : config.suffix);
  return affixStep(part, text, fieldsOf(config.fieldSpecs));
}

function patchTransformer(config: PlainMap, context: TransformContext): Step {
  return patchStep(patchesOf([config], 'patches', context), context);
}

function jsonPatchTransformer({ target, path, jsonOp }: PlainMap, context: TransformContext): Step {
  return patchStep(patchesOf([{ target, path, patch: jsonOp }], 'patchesJson6902', context), context);
}

function mergeTransformer({ paths, patches }: PlainMap, context: TransformContext): Step {
  const inline = textOf(patches);
  if (listOf(paths).length === 0 && inline === undefined) throw new PluginError('it has no patches');
  const entries = inline === undefined ? listOf(paths) : [...listOf(paths), `${inline}\n`];
  return patchStep(mergePatches(entries, context), context);
}

function replicaTransformer({ replica, fieldSpecs }: PlainMap, context: TransformContext): Step {
  return replicaStep(mapOf(replica), fieldsOf(fieldSpecs), context);
}

function valueAddTransformer(config: PlainMap, context: TransformContext, folder: string): Step {
  const targets = listOf(config.targets).filter(isMap);
  if (targets.length === 0) throw new PluginError('it has no "targets"');
  if (!targets.every(({ fieldPath }) => textOf(fieldPath)))
    throw new PluginError('a target has no "fieldPath"');
  const value = textOf(textOf(config.value)?.trim()) ?? folder;
  return (resources: readonly Resource[]) =>
    targets.reduce((current, target) => addValue(current, value, target), resources);
}
